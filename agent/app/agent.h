// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/agentoptions.h"
#include "agent/app/enrolment.h"
#include "agent/app/monitoringsession.h"
#include "agent/app/signalwatch.h"
#include "shared/core/servicenotify.h"

namespace Treewarden {

/// The agent's run flow, from connecting to its exit code: find out who this server is, ask to be
/// enrolled or monitor.
class Agent : public QObject
{
    Q_OBJECT
public:
    explicit Agent(AgentOptions options, ServiceNotify service = ServiceNotify(),
                   QObject *parent = nullptr);
    ~Agent() override;

    void start();

Q_SIGNALS:
    /// Nothing is left to do. The sentence, if there is one, was printed.
    void finished(Treewarden::ExitCode code);

private:
    void takeOutage(const QString &reason);
    void takeConnected();
    void takeNotEnrolled(const QString &ip, const QByteArray &tombstone);
    void takeEnrolled(const QString &ip, const QHash<QByteArray, QByteArray> &fields);
    void takeFailure(const QString &reason, ExitCode code);
    void waitForEnrolment(const QString &ip);
    void leaveAlarm(const QString &ip, const QString &expected, const QString &sentence);
    /// What is to be used of the hash in Redis; an error where only signed ones count and there is
    /// none.
    Result<ConfigFields> usableConfiguration(const ConfigFields &fields,
                                             ConfigurationTrust &trust) const;
    void beginMonitoring(const QString &ip, const ServerConfig &configuration);
    void finishCheck(const Result<void> &printed);
    void reload();
    void stop();
    void feedWatchdog();

    bool isService() const { return m_options.mode == AgentOptions::Mode::Serve; }

    void finish(const QString &reason, ExitCode code);

    const AgentOptions m_options;
    const ServiceNotify m_service;
    SignalWatch m_signals;
    RedisConnection m_connection;
    RedisSubscriber m_subscriber;
    Enrolment m_enrolment;
    std::unique_ptr<MonitoringSession> m_session;
    QTimer m_lookAgain, m_watchdog;
    bool m_isAway = false, m_isRefused = false, m_isWaiting = false, m_isFinished = false,
         m_isStarting = false;
};

} // namespace Treewarden
