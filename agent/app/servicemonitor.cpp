// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/servicemonitor.h"

#include "agent/checks/checkfactory.h"
#include "agent/events/flapguard.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

struct ServiceMonitor::Watched
{
    ServiceDefinition definition;
    std::unique_ptr<ServiceProbe> alive, workload;
    ProbeTime aliveTime, workloadTime;
    FlapGuard flaps;
    QList<pid_t> processes;
    QJsonObject info; ///< of the last alive check, where there is no workload check
    bool isChecking = false, isCheckingWorkload = false;
};

namespace {

/// What it was last stands behind it, for whoever reads the English sentence.
void explainFlapping(ServiceState &state)
{
    const QString last = state.reason.isEmpty() ? QString() : u"; last: "_s + state.reason;
    state.reason = u"flapping: it changed its state %1 times within %2 s"_s.arg(state.flapping)
                       .arg(FlapGuard::windowSeconds)
        + last;
    state.code = u"service.flapping"_s;
    state.args = {{u"changes"_s, state.flapping}, {u"seconds"_s, FlapGuard::windowSeconds}};
}

} // namespace

ServiceMonitor::ServiceMonitor(ProcSnapshot &processes, ProbeContext context, Clock clock,
                               QObject *parent)
    : QObject(parent)
    , m_processes(processes)
    , m_context(std::move(context))
    , m_clock(std::move(clock))
{
    // The pids of a saved tree mean other processes here.
    if (m_context.procRoot != u"/proc")
        return;
    m_watch = std::make_unique<ProcessWatch>();
    connect(m_watch.get(), &ProcessWatch::died, this, &ServiceMonitor::checkAfterDeath);
}

ServiceMonitor::~ServiceMonitor() = default;

Result<std::unique_ptr<ServiceMonitor::Watched>>
ServiceMonitor::make(const ServiceDefinition &service)
{
    auto watched = std::make_unique<Watched>();
    watched->definition = service;
    watched->aliveTime.name = service.id.text();
    watched->workloadTime.name = service.id.text() + u" workload"_s;
    for (const auto &[check, probe] : {std::pair(&service.alive, &watched->alive),
                                       std::pair(&service.workload, &watched->workload)}) {
        if (!*check)
            continue;
        auto made = makeServiceProbe(service, **check, m_context);
        if (!made)
            return made.error();
        *probe = std::move(*made);
    }
    if (watched->alive)
        watched->alive->changed = [this, one = watched.get()] { check(*one); };
    return watched;
}

QStringList ServiceMonitor::setServices(const QList<ServiceDefinition> &services)
{
    std::vector<std::unique_ptr<Watched>> added;
    QList<ServiceDefinition> kept;
    QStringList errors;
    for (const ServiceDefinition &service : services) {
        const bool isKept = std::any_of(m_services.begin(), m_services.end(), [&](const auto &one) {
            return one->definition == service;
        });
        if (isKept) {
            kept << service;
        } else if (auto made = make(service)) {
            added.push_back(std::move(*made));
        } else {
            errors << u"services.%1.%2: %3"_s.arg(service.id.role, service.id.instance,
                                                  made.error().text);
        }
    }
    if (!errors.isEmpty())
        return errors;

    QList<ServiceId> gone;
    std::erase_if(m_services, [&](const auto &one) {
        if (kept.contains(one->definition))
            return false;
        gone << one->definition.id;
        m_hasOtherProcesses = true;
        return true;
    });
    for (auto &service : added) {
        gone.removeOne(service->definition.id);
        m_services.push_back(std::move(service));
    }
    for (const ServiceId &service : gone)
        Q_EMIT removed(service);
    watchProcesses();
    return {};
}

bool ServiceMonitor::isChecking() const
{
    return std::any_of(m_services.begin(), m_services.end(),
                       [](const auto &one) { return one->isChecking || one->isCheckingWorkload; });
}

QList<ProbeTime *> ServiceMonitor::probeTimes()
{
    QList<ProbeTime *> times;
    for (const auto &service : m_services) {
        if (service->alive)
            times << &service->aliveTime;
        if (service->workload)
            times << &service->workloadTime;
    }
    return times;
}

QStringList ServiceMonitor::descriptions() const
{
    QStringList lines;
    for (const auto &service : m_services) {
        const QString id = service->definition.id.text();
        if (service->alive)
            lines << u"%1  alive: %2"_s.arg(id, oneLine(service->alive->description(), 400));
        if (service->workload)
            lines << u"%1  workload: %2"_s.arg(id, oneLine(service->workload->description(), 400));
    }
    lines.sort();
    return lines;
}

void ServiceMonitor::check()
{
    m_isRound = true;
    for (const auto &service : m_services)
        check(*service);
    m_isRound = false;
    watchProcesses();
}

void ServiceMonitor::checkWorkload()
{
    for (const auto &service : m_services) {
        if (!service->info.isEmpty())
            Q_EMIT workloadChecked(service->definition.id, service->info);
        if (!service->workload || service->isCheckingWorkload)
            continue;
        service->isCheckingWorkload = true;
        const ProbeTimer timer(service->workloadTime);
        service->workload->check(
            m_processes, [this, watched = service.get()](const CheckResult &result) {
                watched->isCheckingWorkload = false;
                if (!result.info.isEmpty())
                    Q_EMIT workloadChecked(watched->definition.id, result.info);
                if (!m_isRound && !isChecking())
                    Q_EMIT settled();
            });
    }
}

void ServiceMonitor::check(Watched &service)
{
    if (!service.alive || service.isChecking)
        return;
    service.isChecking = true;
    const ProbeTimer timer(service.aliveTime);
    service.alive->check(
        m_processes, [this, &service](const CheckResult &result) { takeResult(service, result); });
}

void ServiceMonitor::takeResult(Watched &service, const CheckResult &result)
{
    service.isChecking = false;
    const bool isLate = !m_isRound;
    if (service.processes != result.processes) {
        service.processes = result.processes;
        m_hasOtherProcesses = true;
    }
    if (!service.workload)
        service.info = result.info;
    tell(service, result);
    if (isLate)
        watchProcesses();
    if (isLate && !isChecking())
        Q_EMIT settled();
}

void ServiceMonitor::tell(Watched &service, const CheckResult &result)
{
    const bool wasFlapping = service.flaps.isFlapping();
    const qint64 steady = m_clock.steady();
    const auto flapping = service.flaps.take(result.alive, steady);
    if (!flapping)
        return; // counted
    ServiceState state;
    state.alive = result.alive;
    state.timestamp = m_clock.now();
    state.flapping = *flapping;
    if (result.alive != true) {
        state.reason = oneLine(result.reason);
        state.code = result.code;
        state.args = result.args;
    }
    if (state.flapping > 0)
        explainFlapping(state);
    else if (wasFlapping)
        state.since = state.timestamp - (steady - service.flaps.changedAt());
    Q_EMIT checked(service.definition.id, state);
}

void ServiceMonitor::checkAfterDeath(pid_t pid)
{
    m_processes.markDead(pid);
    for (const auto &service : m_services) {
        if (service->processes.contains(pid))
            check(*service);
    }
}

void ServiceMonitor::watchProcesses()
{
    if (!m_watch || !std::exchange(m_hasOtherProcesses, false))
        return;
    QSet<pid_t> pids;
    for (const auto &service : m_services)
        pids += QSet<pid_t>(service->processes.begin(), service->processes.end());
    if (pids == m_watchedProcesses)
        return;
    m_watchedProcesses = pids;
    m_watch->setWatched(pids);
}

} // namespace Treewarden
