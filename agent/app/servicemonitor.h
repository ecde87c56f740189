// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/probetime.h"
#include "agent/probes/probe.h"
#include "agent/probes/procsnapshot.h"
#include "shared/core/clock.h"
#include "shared/protocol/servicestate.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <vector>

namespace Treewarden {

/// One check of a service, in words.
struct WatchedCheck
{
    ServiceId service;
    bool isWorkload = false;
    QString description;
};

/// Checks the services of the configuration: all of them once a round from one look at the process
/// table, and between rounds those that an event concerns: a process behind it died, a file of it
/// changed, its connection ended, or, while it is died, a program was started.
class ServiceMonitor : public QObject
{
    Q_OBJECT
public:
    ServiceMonitor(ProcSnapshot &processes, ProbeContext context, Clock clock,
                   QObject *parent = nullptr);
    ~ServiceMonitor() override;

    /// Watches exactly these from now on; a service whose definition is unchanged keeps its probe
    /// with all it knows. When a check cannot be made nothing changes, and every error is told.
    /// `mayRunText`: texts that are not recognised run in a shell.
    QStringList setServices(const QList<ServiceDefinition> &services, bool mayRunText = false);

    /// Checks every service; the snapshot is fresh. One whose last check has not ended is left out.
    void check();
    /// Asks every service that has a workload check for it.
    void checkWorkload();

    /// Checks one service now, or a moment later when it is being checked: the answer is newer than
    /// the call.
    void checkNow(const ServiceId &service);
    bool hasAliveCheck(const ServiceId &service) const;
    /// Those behind its last answer.
    QList<pid_t> processes(const ServiceId &service) const;

    bool isChecking() const;
    /// How long each service's checks kept the caller; for reading and resetting.
    QList<ProbeTime *> probeTimes();
    /// What is watched, for --check, in the order of the services.
    QList<WatchedCheck> descriptions() const;

Q_SIGNALS:
    void checked(const Treewarden::ServiceId &service, const Treewarden::ServiceState &state);
    /// Every answer of an alive check, told or not, and when it was asked for (steady ms).
    void answered(const Treewarden::ServiceId &service, const Treewarden::CheckResult &result,
                  qint64 asked);
    void workloadChecked(const Treewarden::ServiceId &service, const QJsonObject &info);
    /// A service left the configuration.
    void removed(const Treewarden::ServiceId &service);
    /// A check that was out has ended, and none is out any more.
    void settled();

private:
    struct Watched;
    struct Events;

    Result<std::unique_ptr<Watched>> make(const ServiceDefinition &service, bool mayRunText) const;
    void listen();
    Watched *find(const ServiceId &service) const;
    bool isAnswered(const Watched &service) const;
    void check(Watched &service);
    void checkSoon(Watched &service);
    void checkDue();
    void takeResult(Watched &service, const CheckResult &result);
    void tell(Watched &service, const CheckResult &result);
    void takeDeaths(const QList<pid_t> &pids);
    void takeFileChanges(const QSet<QString> &paths);
    void takeStarts();
    void checkDiedAgain();
    bool isAnyDied() const;
    void watch();

    ProcSnapshot &m_processes;
    const ProbeContext m_context;
    const Clock m_clock;
    std::unique_ptr<Events> m_events; ///< none when /proc is a saved tree
    std::vector<std::unique_ptr<Watched>> m_services;
    bool m_mayRunText = false;
    QTimer m_later; ///< checks what could not be checked at once
    bool m_isRound = false, m_hasOtherProcesses = false, m_hasOtherFiles = false;
};

} // namespace Treewarden
