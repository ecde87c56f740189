// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/addressmonitor.h"
#include "agent/app/agentoptions.h"
#include "agent/app/cadence.h"
#include "agent/app/configurationtrust.h"
#include "agent/app/configurationwatch.h"
#include "agent/app/hostmonitor.h"
#include "agent/app/packageupdates.h"
#include "agent/app/recoverywatch.h"
#include "agent/app/refreshrounds.h"
#include "agent/app/selfmonitor.h"
#include "agent/app/servicemonitor.h"
#include "agent/commands/commandrouter.h"
#include "agent/commands/maintenancewatch.h"
#include "agent/reporting/historywriter.h"
#include "agent/reporting/reporter.h"
#include "agent/reporting/startstate.h"
#include "shared/redis/redissubscriber.h"

#include <QTimer>

namespace Treewarden {

/// One run of an enrolled server's agent, from its announcement to its goodbye: rounds, reloads,
/// and what ends it.
class MonitoringSession : public QObject, private CommandTeller
{
    Q_OBJECT
public:
    MonitoringSession(RedisConnection &connection, RedisSubscriber &subscriber,
                      const AgentOptions &options, QString ip, ServerConfig configuration,
                      ServerInfo facts, const StartState &startState, Clock clock = {},
                      QObject *parent = nullptr);
    ~MonitoringSession() override;

    /// Announces the server and begins to monitor. The errors are those of checks that cannot be
    /// made.
    QStringList start();

    /// Reads the configuration again; reloaded() follows.
    void reload();

    /// What it does, for a line of status.
    QString summary() const;
    /// False when rounds that are due are not being run.
    bool isOnTime() const;

    /// Says goodbye, then calls `done`.
    void stop(std::function<void()> done);

    /// When something is due next, on the steady clock.
    qint64 nextDue() const;
    /// Does what is due: called by the session's own timer, and by who simulates time.
    void runDueRounds();
    /// Rounds that were due and not made since the start.
    qint64 skippedRounds() const;

Q_SIGNALS:
    /// What reload() asked for is done, whatever came of it.
    void reloaded();
    /// It cannot go on: the sentence and the exit code.
    void ended(const QString &reason, Treewarden::ExitCode code);

private:
    void connectParts();
    void connectCommands();
    void startCommands();
    void takeSignal(const QByteArray &signal);
    void applyConfiguration(const ServerConfig &configuration);
    void useIntervals();
    void readLocalTrust();
    void makeRefreshRound();
    void ping();
    void useLease(std::chrono::milliseconds lease);
    void refuseConfiguration(const QStringList &errors);
    void takeVanished();
    void takeRemoved();
    void runRound(bool isWorkloadDue, bool isServicesDue, bool isHeartbeatDue);
    void lookAtSelf();
    void scheduleNext();
    void tellSkipped();
    void noticeLeaps(qint64 now);
    void refreshFacts();
    ServerInfo presentFacts() const;
    void takeAddresses(const QStringList &addresses, std::optional<bool> hasEnrolled,
                       const QString &reason);
    void checkClock();
    void notice(const QString &type, const QJsonObject &details);

    qint64 tell(const CommandMessage &message) override;

    bool isSafe(qint64 number) const override { return m_reporter.isSafe(number); }

    void publish(const CommandMessage &message) override;
    void notice(const QJsonObject &details) override;

    RedisConnection &m_connection;
    RedisSubscriber &m_subscriber;
    const AgentOptions m_options;
    const QString m_ip;
    const Clock m_clock;
    ServerInfo m_facts;
    AddressMonitor m_addresses;
    StartState m_startState;
    ProcSnapshot m_processes;
    ServiceMonitor m_services;
    HostMonitor m_host;
    SelfMonitor m_self;
    PackageUpdates m_updates;
    ProbeTime m_processTime{QStringLiteral("process table"), {}, false};
    Reporter m_reporter;
    HistoryWriter m_history;
    ConfigurationTrust m_trust;
    ConfigurationWatch m_configuration;
    CommandRouter m_commands;
    RecoveryWatch m_recoveries;
    RefreshRounds m_refreshes;
    QString m_trustTrouble; ///< with this server's own files, told once
    MaintenanceWatch m_maintenance;
    Cadence m_workloadCadence, m_servicesCadence, m_heartbeatCadence, m_pingCadence, m_infoCadence,
        m_maintenanceCadence;
    QTimer m_timer;
    QList<ServiceWorkloadMessage> m_serviceWorkloads;
    bool m_isReloading = false, m_isHeartbeatWanted = false, m_isClockOff = false;
    qint64 m_skippedTold = 0;
    qint64 m_sampled = 0; ///< the time of the last sample
    qint64 m_wallLead; ///< of the clock that can be set before the one that cannot
};

} // namespace Treewarden
