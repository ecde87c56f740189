// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/servicemonitor.h"

#include "agent/checks/checkfactory.h"
#include "agent/events/execwatch.h"
#include "agent/events/filewatch.h"
#include "agent/events/flapguard.h"
#include "agent/events/processwatch.h"
#include "shared/core/textformat.h"
#include "shared/core/tokenbucket.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// A service whose processes or files come and go all the time may be checked twenty times between
// rounds, then ten times a second.
constexpr int mostBetweenRounds = 20;
constexpr qint64 onceMoreAfter = 100; // ms

// When a daemon that was started just now may be listening.
constexpr std::array<std::chrono::milliseconds, 4> listensAfter{
    std::chrono::milliseconds(30), std::chrono::milliseconds(70), std::chrono::milliseconds(150),
    std::chrono::milliseconds(250)};

} // namespace

struct ServiceMonitor::Watched
{
    ServiceDefinition definition;
    std::unique_ptr<ServiceProbe> alive, workload;
    ProbeTime aliveTime, workloadTime;
    FlapGuard flaps;
    TokenBucket betweenRounds{mostBetweenRounds, onceMoreAfter};
    QList<pid_t> processes;
    QStringList files;
    QJsonObject info; ///< of the last alive check, where there is no workload check
    bool isChecking = false, isCheckingWorkload = false;
    bool isDied = false, isDue = false;
    qint64 askedAt = 0; ///< of the last alive check, steady ms
    quint64 checkedRevision = 0; ///< of the process table at the last alive check
};

struct ServiceMonitor::Events
{
    ProcessWatch deaths;
    FileWatch files;
    ExecWatch starts;
    QTimer afterStarts;
    size_t looksAfterStarts = 0;
    QSet<pid_t> watchedProcesses;
};

namespace {

bool hasTextCheck(const ServiceDefinition &service)
{
    const auto isText = [](const std::optional<Check> &check) {
        return check && std::holds_alternative<TextCheck>(*check);
    };
    return isText(service.alive) || isText(service.workload);
}

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
    m_later.setSingleShot(true);
    m_later.setInterval(onceMoreAfter);
    connect(&m_later, &QTimer::timeout, this, &ServiceMonitor::checkDue);
    // The pids of a saved tree mean other processes here.
    if (m_context.procRoot == u"/proc")
        listen();
}

ServiceMonitor::~ServiceMonitor() = default;

void ServiceMonitor::listen()
{
    m_events = std::make_unique<Events>();
    m_events->afterStarts.setSingleShot(true);
    m_events->afterStarts.setTimerType(Qt::PreciseTimer);
    connect(&m_events->deaths, &ProcessWatch::died, this, &ServiceMonitor::takeDeaths);
    connect(&m_events->files, &FileWatch::changed, this, &ServiceMonitor::takeFileChanges);
    connect(&m_events->starts, &ExecWatch::started, this, &ServiceMonitor::takeStarts);
    connect(&m_events->afterStarts, &QTimer::timeout, this, &ServiceMonitor::checkDiedAgain);
}

Result<std::unique_ptr<ServiceMonitor::Watched>>
ServiceMonitor::make(const ServiceDefinition &service, bool mayRunText) const
{
    ProbeContext context = m_context;
    context.mayRunText = mayRunText;
    auto watched = std::make_unique<Watched>();
    watched->definition = service;
    watched->aliveTime.name = service.id.text();
    watched->workloadTime.name = service.id.text() + u" workload"_s;
    for (const auto &[check, probe] : {std::pair(&service.alive, &watched->alive),
                                       std::pair(&service.workload, &watched->workload)}) {
        if (!*check)
            continue;
        auto made = makeServiceProbe(service, **check, context);
        if (!made)
            return made.error();
        *probe = std::move(*made);
    }
    return watched;
}

QStringList ServiceMonitor::setServices(const QList<ServiceDefinition> &services, bool mayRunText)
{
    std::vector<std::unique_ptr<Watched>> added;
    QList<ServiceDefinition> kept;
    QStringList errors;
    for (const ServiceDefinition &service : services) {
        const bool isKept = std::any_of(m_services.begin(), m_services.end(), [&](const auto &one) {
            return one->definition == service
                && (mayRunText == m_mayRunText || !hasTextCheck(service));
        });
        if (isKept) {
            kept << service;
        } else if (auto made = make(service, mayRunText)) {
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
        m_hasOtherProcesses = m_hasOtherFiles = true;
        return true;
    });
    m_mayRunText = mayRunText;
    for (auto &service : added) {
        if (service->alive)
            service->alive->changed = [this, one = service.get()] { checkSoon(*one); };
        gone.removeOne(service->definition.id);
        m_services.push_back(std::move(service));
    }
    for (const ServiceId &service : gone)
        Q_EMIT removed(service);
    watch();
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

QList<WatchedCheck> ServiceMonitor::descriptions() const
{
    QList<WatchedCheck> checks;
    for (const auto &service : m_services) {
        const ServiceId &id = service->definition.id;
        if (service->alive)
            checks << WatchedCheck{id, false, oneLine(service->alive->description(), 400)};
        if (service->workload)
            checks << WatchedCheck{id, true, oneLine(service->workload->description(), 400)};
    }
    std::stable_sort(checks.begin(), checks.end(),
                     [](const auto &a, const auto &b) { return a.service < b.service; });
    return checks;
}

void ServiceMonitor::check()
{
    m_isRound = true;
    for (const auto &service : m_services) {
        if (!isAnswered(*service))
            check(*service);
    }
    m_isRound = false;
    watch();
}

ServiceMonitor::Watched *ServiceMonitor::find(const ServiceId &service) const
{
    const auto found = std::find_if(m_services.begin(), m_services.end(),
                                    [&](const auto &one) { return one->definition.id == service; });
    return found == m_services.end() ? nullptr : found->get();
}

bool ServiceMonitor::hasAliveCheck(const ServiceId &service) const
{
    const Watched *watched = find(service);
    return watched && watched->alive;
}

QList<pid_t> ServiceMonitor::processes(const ServiceId &service) const
{
    const Watched *watched = find(service);
    return watched ? watched->processes : QList<pid_t>();
}

void ServiceMonitor::checkNow(const ServiceId &service)
{
    Watched *watched = find(service);
    if (!watched || !watched->alive)
        return;
    m_processes.refresh(m_clock.steady());
    checkSoon(*watched);
}

/// The last answer still holds: no process came or went since.
bool ServiceMonitor::isAnswered(const Watched &service) const
{
    return service.alive && service.alive->isProcessCheck()
        && service.checkedRevision == m_processes.revision() && !service.flaps.isFlapping();
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
    service.checkedRevision = m_processes.revision();
    service.askedAt = m_clock.steady();
    const ProbeTimer timer(service.aliveTime);
    service.alive->check(
        m_processes, [this, &service](const CheckResult &result) { takeResult(service, result); });
}

void ServiceMonitor::takeResult(Watched &service, const CheckResult &result)
{
    service.isChecking = false;
    const bool isLate = !m_isRound;
    const bool isDied = result.alive == false;
    if (!std::exchange(service.isDied, isDied) && isDied && m_events)
        m_events->starts.expect();
    if (service.processes != result.processes) {
        service.processes = result.processes;
        m_hasOtherProcesses = true;
    }
    if (service.files != result.files) {
        service.files = result.files;
        m_hasOtherFiles = true;
    }
    if (!service.workload)
        service.info = result.info;
    tell(service, result);
    Q_EMIT answered(service.definition.id, result, service.askedAt);
    if (isLate)
        watch();
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

/// An event may use up only so many checks of a service; what is left over is checked a moment
/// later, and so is what is being asked: the answer may be older than the event.
void ServiceMonitor::checkSoon(Watched &service)
{
    if (!service.isChecking && service.betweenRounds.take(m_clock.steady()))
        return check(service);
    service.isDue = true;
    if (!m_later.isActive())
        m_later.start();
}

void ServiceMonitor::checkDue()
{
    for (const auto &service : m_services) {
        if (std::exchange(service->isDue, false))
            check(*service);
    }
}

void ServiceMonitor::takeDeaths(const QList<pid_t> &pids)
{
    for (const pid_t pid : pids)
        m_processes.markDead(pid);
    for (const auto &service : m_services) {
        if (std::any_of(pids.begin(), pids.end(),
                        [&](pid_t pid) { return service->processes.contains(pid); }))
            checkSoon(*service);
    }
}

void ServiceMonitor::takeFileChanges(const QSet<QString> &paths)
{
    m_processes.refresh(m_clock.steady()); // a pid file names a process that is new
    for (const auto &service : m_services) {
        if (std::any_of(service->files.begin(), service->files.end(),
                        [&](const QString &path) { return paths.contains(path); }))
            checkSoon(*service);
    }
}

/// One of the programs that were started may be what a died service waits for.
void ServiceMonitor::takeStarts()
{
    if (!m_processes.refresh(m_clock.steady()))
        return;
    for (const auto &service : m_services) {
        if (service->isDied)
            checkSoon(*service);
    }
    m_events->looksAfterStarts = 0;
    m_events->afterStarts.start(listensAfter.front());
}

/// A daemon listens a moment after it was started.
void ServiceMonitor::checkDiedAgain()
{
    bool isAnyLeft = false;
    for (const auto &service : m_services) {
        if (!service->isDied || service->alive->isProcessCheck())
            continue;
        isAnyLeft = true;
        checkSoon(*service);
    }
    if (isAnyLeft && ++m_events->looksAfterStarts < listensAfter.size())
        m_events->afterStarts.start(listensAfter[m_events->looksAfterStarts]);
}

bool ServiceMonitor::isAnyDied() const
{
    return std::any_of(m_services.begin(), m_services.end(),
                       [](const auto &one) { return one->isDied; });
}

/// Hands what the answers depend on to those who hear of it.
void ServiceMonitor::watch()
{
    if (!m_events)
        return;
    if (std::exchange(m_hasOtherProcesses, false)) {
        QSet<pid_t> pids;
        for (const auto &service : m_services)
            pids += QSet<pid_t>(service->processes.begin(), service->processes.end());
        if (pids != m_events->watchedProcesses) {
            m_events->watchedProcesses = pids;
            m_events->deaths.setWatched(pids);
        }
    }
    if (std::exchange(m_hasOtherFiles, false)) {
        QSet<QString> files;
        for (const auto &service : m_services)
            files += QSet<QString>(service->files.begin(), service->files.end());
        m_events->files.setWatched(files);
    }
    m_events->starts.setListening(isAnyDied());
}

} // namespace Treewarden
