// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/monitoringsession.h"

#include "agent/app/enrolmentrequest.h"
#include "agent/app/serverfacts.h"
#include "agent/reporting/sessionfile.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"

#include <QDebug>
#include <QUuid>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// A skew that is worth telling; Redis' clock and the server's may differ by the time an answer
// takes.
constexpr qint64 toleratedSkew = 2000;

// A round that comes later than this was not delayed by others: the host stood still.
constexpr qint64 standstill = 10'000;

// The kernel counts back from the present time, which is adjusted all the time.
constexpr qint64 bootTimeJitter = 5000;

constexpr std::chrono::milliseconds longestPing{5000}, maintenanceInterval{60'000};

constexpr qsizetype longestNotice = 16; // members

/// A new session; the earlier ones are those of the state folder.
Reporter::Identity makeIdentity(const QString &ip, const QString &stateDirectory)
{
    const SessionFile file(stateDirectory);
    Reporter::Identity identity{ip, QUuid::createUuid().toString(QUuid::WithoutBraces), file.read(),
                                stateDirectory};
    if (const auto kept = file.add(identity.session); !kept)
        qWarning().noquote() << kept.error().text;
    return identity;
}

} // namespace

MonitoringSession::MonitoringSession(RedisConnection &connection, RedisSubscriber &subscriber,
                                     const AgentOptions &options, QString ip,
                                     ServerConfig configuration, ServerInfo facts,
                                     const StartState &startState, Clock clock, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_subscriber(subscriber)
    , m_options(options)
    , m_ip(std::move(ip))
    , m_clock(std::move(clock))
    , m_facts(std::move(facts))
    , m_addresses(m_ip)
    , m_startState(startState)
    , m_processes(options.context.procRoot)
    , m_services(m_processes, options.context, m_clock)
    , m_host(options.context, m_processes)
    , m_updates(options.context.procRoot == u"/proc" ? PackageUpdates::Places{}
                                                     : PackageUpdates::Places{{}, {}, {}})
    , m_reporter(connection, makeIdentity(m_ip, options.stateDirectory), m_clock)
    , m_history(connection, m_ip)
    , m_trust({options.trustedKeysFile, options.policyFile, options.stateDirectory}, m_ip)
    , m_configuration(connection, m_trust, m_ip, m_facts.machineId, std::move(configuration))
    , m_commands(connection,
                 {m_ip, m_facts.machineId, options.stateDirectory, options.executorSocket}, *this,
                 m_clock)
    , m_recoveries(m_services, m_clock)
    , m_maintenance(connection, m_ip)
{
    m_wallLead = m_clock.now() - m_clock.steady();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connectParts();
    connectCommands();
}

MonitoringSession::~MonitoringSession() = default;

void MonitoringSession::connectParts()
{
    connect(&m_timer, &QTimer::timeout, this, &MonitoringSession::runDueRounds);
    connect(&m_updates, &PackageUpdates::changed, this, &MonitoringSession::refreshFacts);
    connect(&m_services, &ServiceMonitor::checked, &m_reporter, &Reporter::takeService);
    connect(&m_services, &ServiceMonitor::removed, &m_reporter, &Reporter::removeService);
    connect(&m_services, &ServiceMonitor::workloadChecked, this,
            [this](const ServiceId &service, const QJsonObject &info) {
                m_serviceWorkloads << ServiceWorkloadMessage{m_ip, service, info, m_clock.now()};
            });
    connect(&m_services, &ServiceMonitor::settled, this, [this] {
        m_reporter.sendRound({});
        m_refreshes.noteSettled();
    });

    connect(&m_addresses, &AddressMonitor::changed, this, &MonitoringSession::takeAddresses);

    connect(&m_reporter, &Reporter::live, this, [this] {
        m_isHeartbeatWanted = true;
        m_timer.start(0);
        m_configuration.read();
        checkClock();
    });
    connect(&m_reporter, &Reporter::roundAnswered, this,
            [this](bool isComplete) { m_history.noteAnswer(isComplete); });
    connect(&m_reporter, &Reporter::stateLost, &m_configuration, &ConfigurationWatch::read);
    connect(&m_reporter, &Reporter::takenOver, this, [this] {
        Q_EMIT ended(
            u"another agent reports as %1 now: this one stops, so that they do not overwrite each other"_s
                .arg(m_ip),
            ExitCode::BadConfiguration);
    });
    connect(&m_reporter, &Reporter::removed, this, &MonitoringSession::takeRemoved);

    connect(&m_configuration, &ConfigurationWatch::changed, this,
            &MonitoringSession::applyConfiguration);
    connect(&m_configuration, &ConfigurationWatch::refused, this,
            &MonitoringSession::refuseConfiguration);
    connect(&m_configuration, &ConfigurationWatch::vanished, this,
            &MonitoringSession::takeVanished);
    connect(&m_configuration, &ConfigurationWatch::settled, this, [this] {
        if (std::exchange(m_isReloading, false))
            Q_EMIT reloaded();
    });
    connect(&m_configuration, &ConfigurationWatch::removed, this, &MonitoringSession::takeRemoved);

    // A reload that was told during a gap is made up for.
    connect(&m_subscriber, &RedisSubscriber::ready, &m_configuration, &ConfigurationWatch::read);
    connect(&m_subscriber, &RedisSubscriber::message, this,
            [this](const QByteArray &, const QByteArray &payload) { takeSignal(payload); });
}

void MonitoringSession::connectCommands()
{
    connect(&m_subscriber, &RedisSubscriber::ready, &m_commands, &CommandRouter::look);
    connect(&m_commands, &CommandRouter::refreshAsked, &m_refreshes, &RefreshRounds::ask);
    connect(&m_refreshes, &RefreshRounds::due, this, &MonitoringSession::makeRefreshRound);
    connect(&m_refreshes, &RefreshRounds::ended, &m_commands, &CommandRouter::endRefresh);
    connect(&m_commands, &CommandRouter::stateTold, &m_recoveries, &RecoveryWatch::takeState);
    connect(&m_recoveries, &RecoveryWatch::told, this,
            [this](const CommandMessage &message) { tell(message); });
    connect(&m_configuration, &ConfigurationWatch::settled, &m_maintenance,
            &MaintenanceWatch::read);
    connect(&m_maintenance, &MaintenanceWatch::changed, this,
            [this](const QMap<QString, qint64> &scopes) {
                m_commands.executor().setMaintenance(m_ip, scopes);
            });
    connect(&m_commands.executor(), &ExecutorLink::configurationAnswered, this,
            [this](qint64 version, bool isAccepted, const QString &detail) {
                if (isAccepted || !m_trust.isRequired())
                    return;
                qWarning().noquote() << u"the executor refuses the configuration: %1"_s.arg(detail);
                notice(u"config"_s,
                       {{u"state"_s, u"refused"_s},
                        {u"version"_s, version},
                        {u"detail"_s, u"the executor: "_s + detail}});
            });
}

void MonitoringSession::startCommands()
{
    const QList<CommandMessage> remembered = m_reporter.rememberedOutcomes();
    m_commands.setKeys(m_trust.keys());
    m_commands.executor().setConfiguration(m_ip, m_configuration.current().fields);
    m_commands.start(remembered);
    m_recoveries.resume(remembered);
}

QStringList MonitoringSession::start()
{
    if (const auto read = m_trust.read(); !read)
        return {read.error().text};
    const ServerConfig &first = m_configuration.current();
    if (const QStringList errors
        = m_services.setServices(first.services, m_trust.mayRunText(first.fields));
        !errors.isEmpty())
        return errors;
    m_facts.started = m_clock.now();
    const qint64 now = m_clock.steady();
    const Intervals &intervals = m_configuration.current().intervals;
    m_workloadCadence.start(intervals.workload, now);
    m_servicesCadence.start(intervals.services, now);
    m_heartbeatCadence.start(intervals.heartbeat, now);
    m_pingCadence.start(intervals.ping, now);
    m_infoCadence.start(intervals.info, now + intervals.info.count());
    m_maintenanceCadence.start(maintenanceInterval, now + maintenanceInterval.count());
    m_host.setPingHosts(m_configuration.current().ping, m_connection.url().host);
    useLease(intervals.lease);
    m_history.setIntervals(intervals.workload, intervals.keep);
    m_reporter.start(m_facts, m_startState);
    startCommands();

    QSet<ServiceId> configured;
    for (const ServiceDefinition &service : m_configuration.current().services)
        configured << service.id;
    for (const ServiceId &service : m_reporter.book().unconfirmed().keys()) {
        if (!configured.contains(service))
            m_reporter.removeService(service);
    }
    m_subscriber.subscribe(Channels::manage(m_ip));
    m_subscriber.subscribe(Channels::manageAll);
    m_subscriber.open();
    qInfo().noquote() << summary();
    return {};
}

QString MonitoringSession::summary() const
{
    return u"watching %1 services of %2 (%3), reporting to %4"_s
        .arg(m_configuration.current().services.size())
        .arg(m_facts.hostname, m_ip, m_connection.url().displayText());
}

bool MonitoringSession::isOnTime() const
{
    return m_clock.steady() - nextDue() < standstill;
}

void MonitoringSession::reload()
{
    m_isReloading = true;
    readLocalTrust();
    m_configuration.read();
}

void MonitoringSession::stop(std::function<void()> done)
{
    m_timer.stop();
    m_commands.persist();
    m_reporter.leave(std::move(done));
}

void MonitoringSession::takeSignal(const QByteArray &signal)
{
    if (signal == Channels::commandSignal) {
        m_commands.look();
    } else if (signal == Channels::reloadSignal) {
        readLocalTrust();
        m_configuration.read();
    } else if (signal == Channels::refreshSignal) {
        runRound(true, true, true);
    } else {
        qDebug().noquote() << u"ignoring the unknown signal '%1'"_s.arg(
            oneLine(QString::fromUtf8(signal.left(80))));
    }
}

void MonitoringSession::applyConfiguration(const ServerConfig &configuration)
{
    if (const QStringList errors
        = m_services.setServices(configuration.services, m_trust.mayRunText(configuration.fields));
        !errors.isEmpty())
        return refuseConfiguration(errors);
    const bool hasOtherPings = configuration.ping != m_configuration.current().ping;
    m_configuration.accept(configuration);
    m_commands.executor().setConfiguration(m_ip, configuration.fields);
    useIntervals();
    if (hasOtherPings) {
        m_host.setPingHosts(configuration.ping, m_connection.url().host);
        ping();
    }
    qInfo().noquote() << u"using the configuration of %1, version %2, with %3 services"_s.arg(m_ip)
                             .arg(configuration.version)
                             .arg(configuration.services.size());
    runRound(false, true, true);
}

/// What this server's administrators changed in its own files.
void MonitoringSession::readLocalTrust()
{
    const auto isChanged = m_trust.read();
    if (!isChanged) {
        if (m_trustTrouble != isChanged.error().text)
            refuseConfiguration({isChanged.error().text});
        m_trustTrouble = isChanged.error().text;
        return;
    }
    m_trustTrouble.clear();
    if (!*isChanged)
        return;
    m_commands.setKeys(m_trust.keys());
    m_configuration.judgeAgain();
    const ServerConfig &current = m_configuration.current();
    m_services.setServices(current.services, m_trust.mayRunText(current.fields));
    qInfo().noquote() << u"this server trusts %1 keys"_s.arg(m_trust.keys().size());
}

void MonitoringSession::makeRefreshRound()
{
    m_commands.beginRefresh();
    runRound(true, true, true);
    m_refreshes.noteBegun(m_services.isChecking());
}

void MonitoringSession::useIntervals()
{
    const Intervals &intervals = m_configuration.current().intervals;
    const qint64 now = m_clock.steady();
    m_workloadCadence.setInterval(intervals.workload, now);
    m_servicesCadence.setInterval(intervals.services, now);
    m_heartbeatCadence.setInterval(intervals.heartbeat, now);
    m_pingCadence.setInterval(intervals.ping, now);
    m_infoCadence.setInterval(intervals.info, now);
    useLease(intervals.lease);
    m_history.setIntervals(intervals.workload, intervals.keep);
    scheduleNext();
}

void MonitoringSession::ping()
{
    m_host.pinger().ask(std::min(m_configuration.current().intervals.ping, longestPing));
}

/// An agent with a short lease must notice a dead connection, and be back after an outage, before
/// its lease runs out.
void MonitoringSession::useLease(std::chrono::milliseconds lease)
{
    RedisTimeouts timeouts;
    timeouts.connect = timeouts.command = timeouts.pingGrace
        = std::min(timeouts.command, lease / 3);
    timeouts.longestRetry = std::min(timeouts.longestRetry, lease / 2);
    m_connection.setTimeouts(timeouts);
    m_reporter.setLease(lease);
}

void MonitoringSession::refuseConfiguration(const QStringList &errors)
{
    for (const QString &error : errors)
        qCritical().noquote() << u"configuration of %1: %2"_s.arg(m_ip, error);
    qCritical().noquote() << u"the new configuration of %1 is not used: going on with %2"_s.arg(
        m_ip,
        m_configuration.current().fields.isEmpty() ? u"the host alone, without services"_s
                                                   : u"the last good one"_s);
    notice(u"config"_s,
           {{u"state"_s, u"refused"_s},
            {u"version"_s, m_configuration.current().version},
            {u"detail"_s, oneLine(errors.join(u"; "_s), 2000)}});
}

void MonitoringSession::takeVanished()
{
    qWarning().noquote() << u"the configuration of %1 is gone from Redis: going on with the last "
                            u"good one; enrol it again "
                            "with: treewarden enrol %1"_s.arg(m_ip);
    notice(
        u"config"_s,
        {{u"state"_s, u"vanished"_s},
         {u"version"_s, m_configuration.current().version},
         {u"detail"_s,
          u"the configuration is gone from Redis; the agent goes on with its last good copy"_s}});
    const QJsonObject request
        = enrolmentRequest(m_facts, m_configuration.current().fields, m_clock.now());
    m_connection.command({"HSET", Keys::serversPending, m_ip.toUtf8(), compactJson(request)}, this,
                         [](const RedisReply &) {});
}

void MonitoringSession::takeRemoved()
{
    m_timer.stop();
    m_commands.executor().tellRemoved(m_ip);
    m_reporter.deleteKeys([this] {
        Q_EMIT ended(
            u"%1 was removed from the fleet; take it in again with: treewarden enrol %1"_s.arg(
                m_ip),
            ExitCode::NotEnrolled);
    });
}

void MonitoringSession::runDueRounds()
{
    const qint64 now = m_clock.steady();
    noticeLeaps(now);
    const bool isWorkloadDue = m_workloadCadence.take(now),
               isServicesDue = m_servicesCadence.take(now);
    const bool isHeartbeatDue = m_heartbeatCadence.take(now) || m_isHeartbeatWanted;
    if (m_infoCadence.take(now))
        refreshFacts();
    if (m_maintenanceCadence.take(now))
        m_maintenance.read();
    runRound(isWorkloadDue, isServicesDue, isHeartbeatDue);
    if (m_pingCadence.take(now))
        ping(); // last, so that nothing stands between a request and its reply
    scheduleNext();
}

void MonitoringSession::runRound(bool isWorkloadDue, bool isServicesDue, bool isHeartbeatDue)
{
    const qint64 now = m_clock.steady();
    const ProbeTimer timer = m_self.timeRound();
    if (isWorkloadDue || isServicesDue) {
        const ProbeTimer processTimer(m_processTime);
        m_processes.refresh(now);
    }
    if (isServicesDue)
        m_services.check();
    if (isHeartbeatDue) {
        m_services.checkWorkload();
        lookAtSelf();
        m_commands.upkeep();
    }
    RoundReport report{isHeartbeatDue, m_clock.now(), {}, {}, {}};
    // A sample is known by its time. A late round and the next, or two that are asked for, may
    // share a millisecond: nothing was measured between them.
    if (isWorkloadDue && std::exchange(m_sampled, report.timestamp) != report.timestamp) {
        report.workload = m_host.sample(now, m_self.takeCost(skippedRounds()));
        m_history.add(report.timestamp, m_host.last());
    }
    // Nobody can take it; history goes on.
    if (!m_reporter.isLive()) {
        m_reporter.sendRound({});
        return;
    }
    report.serviceWorkloads = std::exchange(m_serviceWorkloads, {});
    report.history = m_history.commands();
    const bool isSent = m_reporter.sendRound(report);
    if (isSent)
        m_history.noteSent();
    m_isHeartbeatWanted = isHeartbeatDue && !isSent;
}

void MonitoringSession::lookAtSelf()
{
    QList<ProbeTime *> times = m_host.probeTimes() + m_services.probeTimes();
    times << &m_processTime;
    for (const SlowProbe &probe : m_self.look(times)) {
        qWarning().noquote() << probe.sentence;
        notice(u"slow"_s,
               {{u"probe"_s, probe.name}, {u"took"_s, probe.took}, {u"detail"_s, probe.sentence}});
    }
}

qint64 MonitoringSession::nextDue() const
{
    const qint64 next
        = std::min({m_workloadCadence.next(), m_servicesCadence.next(), m_heartbeatCadence.next(),
                    m_infoCadence.next(), m_maintenanceCadence.next()});
    return m_host.pinger().hasHosts() ? std::min(next, m_pingCadence.next()) : next;
}

qint64 MonitoringSession::skippedRounds() const
{
    return m_workloadCadence.skipped() + m_servicesCadence.skipped() + m_reporter.skippedRounds();
}

void MonitoringSession::scheduleNext()
{
    m_timer.start(std::chrono::milliseconds(qMax<qint64>(nextDue() - m_clock.steady(), 0)));
    tellSkipped();
}

/// A host that was suspended or stopped, and a clock that was set, explain what readers see.
void MonitoringSession::noticeLeaps(qint64 now)
{
    if (const qint64 late = now - m_workloadCadence.next(); late > standstill) {
        qWarning().noquote() << u"this agent stood still for %1 s, because its host was stopped or "
                                u"could not keep up; one "
                                "round makes up for those that were skipped"_s.arg(late / 1000);
    }
    const qint64 leap = m_clock.now() - now - m_wallLead;
    m_wallLead += leap;
    if (qAbs(leap) <= toleratedSkew)
        return;
    qWarning().noquote()
        << u"this host's clock leapt by %1 s: it was set, or the host was suspended"_s.arg(
               double(leap) / 1000, 0, 'f', 1);
    checkClock();
}

void MonitoringSession::tellSkipped()
{
    const qint64 skipped = skippedRounds();
    if (skipped >= 2 * m_skippedTold + 10) {
        qWarning().noquote()
            << u"%1 rounds were skipped since the start, because this host or Redis could not keep up"_s
                   .arg(skipped);
        m_skippedTold = skipped;
    }
}

void MonitoringSession::refreshFacts()
{
    m_addresses.look(); // where the kernel does not tell changes
    m_updates.lookIfDue(m_clock.steady());
    const ServerInfo facts = presentFacts();
    checkClock();
    m_host.setPingHosts(m_configuration.current().ping, m_connection.url().host);
    if (haveSameFacts(facts, m_facts))
        return;
    m_facts = facts;
    m_reporter.setInfo(m_facts);
}

ServerInfo MonitoringSession::presentFacts() const
{
    ServerInfo facts = collectServerFacts(m_options.context, m_options.stateDirectory);
    facts.addresses = m_facts.addresses;
    facts.started = m_facts.started;
    if (facts.bootTime && m_facts.bootTime
        && qAbs(*facts.bootTime - *m_facts.bootTime) <= bootTimeJitter)
        facts.bootTime = m_facts.bootTime;
    if (const auto found = m_updates.found()) {
        facts.updates = found->all;
        facts.securityUpdates = found->security;
    }
    return facts;
}

void MonitoringSession::takeAddresses(const QStringList &addresses, std::optional<bool> hasEnrolled,
                                      const QString &reason)
{
    m_facts.addresses = addresses;
    m_reporter.setInfo(m_facts);
    m_reporter.tell({AddressMessage{m_ip, addresses, m_clock.now(), {}, hasEnrolled, reason}});
}

void MonitoringSession::checkClock()
{
    m_connection.command(
        {"TIME"}, this,
        [this](const RedisReply &reply) {
            const QList<QByteArray> time = reply.value.toList();
            if (!reply.isOk() || time.size() != 2)
                return;
            const qint64 skew
                = m_clock.now() - (time.at(0).toLongLong() * 1000 + time.at(1).toLongLong() / 1000);
            const bool isOff = qAbs(skew) > toleratedSkew;
            if (isOff == std::exchange(m_isClockOff, isOff) || !isOff)
                return;
            const QString detail
                = u"this server's clock and Redis' differ by %1 s: check the time synchronization of both"_s
                      .arg(double(skew) / 1000, 0, 'f', 1);
            qWarning().noquote() << detail;
            notice(u"clock"_s, {{u"skew"_s, skew}, {u"detail"_s, detail}});
        },
        RedisConnection::Queueing::Never);
}

void MonitoringSession::notice(const QString &type, const QJsonObject &details)
{
    m_reporter.tell({AgentNotice{m_ip, type, details, m_clock.now(), {}}});
}

qint64 MonitoringSession::tell(const CommandMessage &message)
{
    return m_reporter.tell(commandTransition(message));
}

void MonitoringSession::publish(const CommandMessage &message)
{
    m_connection.command(
        {"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))}, this,
        [](const RedisReply &) {}, RedisConnection::Queueing::Never);
}

/// From the executor or about a stranger's entry: bounded, and nothing that an event has itself.
void MonitoringSession::notice(const QJsonObject &details)
{
    QJsonObject shown;
    for (auto it = details.begin(); it != details.end() && shown.size() < longestNotice; ++it) {
        const bool isOwn = it.key() == u"type" || it.key() == u"ip" || it.key() == u"timestamp"
            || it.key() == u"session" || it.key() == u"n";
        if (isOwn || !isValidName(it.key()))
            continue;
        if (const auto number = jsonInteger(it.value()))
            shown.insert(it.key(), *number);
        else if (it.value().isString())
            shown.insert(it.key(), oneLine(it.value().toString()));
    }
    if (!shown.contains(u"detail"))
        shown.insert(u"detail"_s, shown.take(u"reason"));
    notice(u"trust"_s, shown);
}

} // namespace Treewarden
