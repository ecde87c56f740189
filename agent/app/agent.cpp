// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/agent.h"

#include "agent/app/configurationreport.h"
#include "agent/app/enrolmentrequest.h"
#include "agent/app/oneround.h"
#include "agent/app/serverfacts.h"
#include "agent/discovery/discovery.h"
#include "agent/reporting/heartbeat.h"
#include "agent/reporting/outbox.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/machineid.h"
#include "shared/core/programoptions.h"
#include "shared/core/steadyclock.h"
#include "shared/core/textformat.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/event.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/updatemessage.h"

#include <QDebug>
#include <QSysInfo>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Enrolling publishes a signal; looking again by itself is for one that was missed.
constexpr auto lookAgainInterval = 10s;

/// When a server was removed, as its tombstone says; 1 when it says nothing that can be read.
qint64 removalTime(const QByteArray &tombstone)
{
    const auto object = parseJsonObject(tombstone, u"servers:removed"_s, 4096);
    const auto time = object ? jsonInteger(object->value(u"timestamp")) : std::nullopt;
    return std::max<qint64>(time.value_or(1), 1);
}

} // namespace

Agent::Agent(AgentOptions options, ServiceNotify service, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_service(std::move(service))
    , m_connection(m_options.redis)
    , m_subscriber(m_options.redis)
    , m_enrolment(m_connection, m_options.ip)
{
    connect(&m_signals, &SignalWatch::stopAsked, this, &Agent::stop);
    connect(&m_signals, &SignalWatch::reloadAsked, this, &Agent::reload);
    connect(&m_connection, &RedisConnection::connected, this, &Agent::takeConnected);
    connect(&m_connection, &RedisConnection::disconnected, this, &Agent::takeOutage);
    connect(&m_connection, &RedisConnection::retrying, this,
            [this](qint64, const QString &reason) { takeOutage(reason); });
    connect(&m_enrolment, &Enrolment::enrolled, this, &Agent::takeEnrolled);
    connect(&m_enrolment, &Enrolment::notEnrolled, this, &Agent::takeNotEnrolled);
    connect(&m_enrolment, &Enrolment::failed, this, &Agent::takeFailure);
    connect(&m_subscriber, &RedisSubscriber::message, this, [this] {
        if (m_isWaiting)
            m_enrolment.look();
    });
    connect(&m_lookAgain, &QTimer::timeout, &m_enrolment, &Enrolment::look);
    connect(&m_watchdog, &QTimer::timeout, this, &Agent::feedWatchdog);
}

Agent::~Agent() = default;

void Agent::start()
{
    m_connection.open();
    if (!isService())
        return;
    // A service that waits for Redis has started: nothing else could be done about it.
    m_service.tellReady();
    m_service.tellStatus(u"connecting to Redis at %1"_s.arg(m_options.redis.displayText()));
    if (m_service.watchdogInterval().count() > 0)
        m_watchdog.start(m_service.watchdogInterval());
}

/// Rounds that are late are not fed for: something holds them up.
void Agent::feedWatchdog()
{
    if (!m_session || m_session->isOnTime())
        m_service.feedWatchdog();
}

void Agent::takeOutage(const QString &reason)
{
    if (!isService())
        return finish(
            u"Redis at %1 is not available: %2"_s.arg(m_options.redis.displayText(), reason),
            ExitCode::Unavailable);
    // A refused login mends itself as little as it explains itself by what came before.
    const bool isRefused = m_connection.isRefused();
    const bool isNews = !m_isAway || (isRefused && !m_isRefused);
    m_isAway = true;
    m_isRefused = isRefused;
    if (!isNews)
        return;
    const QString sentence = u"Redis at %1 is away: %2; trying again until it is back"_s.arg(
        m_options.redis.displayText(), oneLine(reason));
    qWarning().noquote() << sentence;
    m_service.tellStatus(sentence);
}

void Agent::takeConnected()
{
    if (std::exchange(m_isAway, false))
        qInfo().noquote() << u"Redis at %1 is back"_s.arg(m_options.redis.displayText());
    m_isWaiting = false; // this Redis may never have heard of us
    if (m_session)
        m_service.tellStatus(m_session->summary());
    else
        m_enrolment.look();
}

void Agent::takeFailure(const QString &reason, ExitCode code)
{
    if (!isService() || code != ExitCode::Unavailable)
        return finish(reason, code);
    qWarning().noquote() << u"Redis refuses to tell this server's configuration: %1; asking again"_s
                                .arg(oneLine(reason));
    m_lookAgain.start(lookAgainInterval);
}

void Agent::takeNotEnrolled(const QString &ip, const QByteArray &tombstone)
{
    if (m_session || m_isWaiting)
        return;
    const QString id = machineId(m_options.stateDirectory);
    const qint64 removed = isTombstoneOf(tombstone, id) ? removalTime(tombstone) : 0;
    const QString sentence = removed > 0
        ? u"this server was removed from the fleet as %1; take it in again with: treewarden enrol %1"_s
              .arg(ip)
        : u"this server is not enrolled as %1; enrol it with: treewarden enrol %1"_s.arg(ip);
    if (m_options.mode == AgentOptions::Mode::Check)
        return finish(sentence, ExitCode::NotEnrolled);
    // What an earlier run had not told concerns a server that is no more.
    if (removed > 0 && isService())
        Outbox({}, std::make_unique<OutboxFile>(m_options.stateDirectory, ip)).clear();
    ProcSnapshot processes(m_options.context.procRoot);
    processes.refresh(steadyMilliseconds());
    const QJsonObject services = discoverServices(processes, m_options.context.procRoot);
    const ServerInfo facts = collectServerFacts(m_options.context, m_options.stateDirectory);
    m_enrolment.ask(ip, enrolmentRequest(facts, services, systemNow()(), removed),
                    [this, ip, sentence, isRemoved = removed > 0](const RedisReply &reply) {
                        if (reply.outcome != RedisReply::Outcome::Answered)
                            return; // looked up again when Redis is back
                        if (!reply.isOk())
                            qWarning().noquote()
                                << u"cannot write servers:pending: %1"_s.arg(oneLine(reply.error));
                        if (!m_options.waitsForEnrolment)
                            return finish(sentence, ExitCode::NotEnrolled);
                        if (isRemoved)
                            qInfo().noquote() << sentence;
                        waitForEnrolment(ip);
                    });
}

void Agent::waitForEnrolment(const QString &ip)
{
    m_isWaiting = true;
    const QString sentence = u"waiting to be enrolled as %1: treewarden enrol %1"_s.arg(ip);
    qInfo().noquote() << sentence;
    m_service.tellStatus(sentence);
    m_subscriber.subscribe(Channels::manage(ip));
    m_subscriber.subscribe(Channels::manageAll);
    m_subscriber.open();
    m_lookAgain.start(lookAgainInterval);
}

void Agent::takeEnrolled(const QString &ip, const QHash<QByteArray, QByteArray> &fields)
{
    if (m_session || std::exchange(m_isStarting, true))
        return;
    m_lookAgain.stop();
    m_isWaiting = false;
    ConfigurationTrust trust(
        {m_options.trustedKeysFile, m_options.policyFile, m_options.stateDirectory}, ip);
    const auto usable = usableConfiguration(fields, trust);
    if (!usable)
        return finish(usable.error().text, ExitCode::BadConfiguration);
    const ParsedConfig parsed = parseServerConfig(ip, *usable, ConfigReader::Server);
    for (const QString &warning : warningSentences(parsed))
        qWarning().noquote() << u"configuration of %1: %2"_s.arg(ip, warning);
    if (!parsed.config)
        return finish(wrongConfigurationSentence(ip, errorSentences(parsed)),
                      ExitCode::BadConfiguration);
    const QString id = machineId(m_options.stateDirectory);
    if (const QString sentence = foreignConfigurationSentence(ip, *parsed.config, id);
        !sentence.isEmpty())
        return leaveAlarm(ip, parsed.config->machineId, sentence);
    if (!usable->isEmpty())
        trust.keep(*usable);
    const bool mayRunText = trust.mayRunText(*usable);
    switch (m_options.mode) {
    case AgentOptions::Mode::Check:
        return finishCheck(printWatched(m_options, ip, *parsed.config, mayRunText));
    case AgentOptions::Mode::Once: {
        auto *round = new OneRound(m_connection, m_options, ip, *parsed.config, mayRunText, this);
        connect(round, &OneRound::ended, this, &Agent::finish);
        return round->start();
    }
    default:
        return beginMonitoring(ip, *parsed.config);
    }
}

/// Where keys are trusted and what stands in Redis is not signed by one, the last that was is used;
/// a service without any monitors its host and waits. The session tells the refusal.
Result<ConfigFields> Agent::usableConfiguration(const ConfigFields &fields,
                                                ConfigurationTrust &trust) const
{
    if (const auto read = trust.read(); !read)
        return read.error();
    const auto judged = trust.judge(fields);
    if (judged)
        return fields;
    const bool isCheck = m_options.mode == AgentOptions::Mode::Check;
    if (isCheck || (trust.kept().isEmpty() && !isService()))
        return judged.error();
    qWarning().noquote() << judged.error().text;
    return trust.kept();
}

/// This machine is not the one that the fleet knows under `ip`: that is worth an event, though it
/// is nobody's transition.
void Agent::leaveAlarm(const QString &ip, const QString &expected, const QString &sentence)
{
    if (!isService())
        return finish(sentence, ExitCode::BadConfiguration);
    const auto brief = [](const QString &id) { return oneLine(id.left(8), 20); };
    JsonWriter writer;
    writer.beginObject().member(u"type", u"machine").member(u"ip", QStringView(ip));
    writer.member(u"state", u"refused").member(u"expected", QStringView(brief(expected)));
    writer.member(u"machine_id", QStringView(brief(machineId(m_options.stateDirectory))));
    writer.member(u"hostname", QStringView(oneLine(QSysInfo::machineHostName(), 80)));
    writer.member(u"detail", QStringView(oneLine(sentence))).member(u"timestamp", systemNow()());
    writer.endObject();
    m_connection.pipeline(
        {RedisConnection::Words{"XADD", Keys::events}
             + eventWords("machine", ip, writer.takeBytes()),
         RedisConnection::Words{"PUBLISH", Channels::updateInfo,
                                toJson(UpdateMessage(EventMessage{ip}))}},
        this,
        [this, sentence](const QList<RedisReply> &) {
            finish(sentence, ExitCode::BadConfiguration);
        },
        RedisConnection::Queueing::Never);
}

void Agent::beginMonitoring(const QString &ip, const ServerConfig &configuration)
{
    m_connection.pipeline(
        startStateCommands(ip), this, [this, ip, configuration](const QList<RedisReply> &replies) {
            m_isStarting = false;
            if (replies.first().outcome != RedisReply::Outcome::Answered)
                return; // looked up again when Redis is back
            const auto state = readStartState(replies);
            if (!state)
                return takeFailure(state.error().text, ExitCode::Unavailable);
            const ServerInfo facts
                = collectServerFacts(m_options.context, m_options.stateDirectory);
            if (state->isOtherMachine(facts.machineId)) {
                return leaveAlarm(
                    ip, state->machineId,
                    u"%1 is alive on another host: %2 (machine %3), and this one is %4 "
                    u"(machine %5); give one of them "
                    "another ip or stop it"_s.arg(ip, oneLine(state->hostname, 80),
                                                  oneLine(state->machineId, 40), facts.hostname,
                                                  facts.machineId));
            }
            m_session = std::make_unique<MonitoringSession>(m_connection, m_subscriber, m_options,
                                                            ip, configuration, facts, *state);
            connect(m_session.get(), &MonitoringSession::ended, this, &Agent::finish);
            connect(m_session.get(), &MonitoringSession::reloaded, this, [this] {
                m_service.tellReady();
                m_service.tellStatus(m_session->summary());
            });
            if (const QStringList errors = m_session->start(); !errors.isEmpty())
                return finish(wrongConfigurationSentence(ip, errors), ExitCode::BadConfiguration);
            m_service.tellStatus(m_session->summary());
        });
}

void Agent::finishCheck(const Result<void> &printed)
{
    finish(printed ? QString() : printed.error().text,
           printed ? ExitCode::Done : ExitCode::BadConfiguration);
}

void Agent::reload()
{
    m_service.tellReloading();
    if (m_session)
        return m_session->reload();
    if (m_connection.isConnected())
        m_enrolment.look();
    m_service.tellReady();
}

void Agent::stop()
{
    m_service.tellStopping();
    if (!m_session)
        return finish({}, ExitCode::Done);
    m_session->stop([this] { finish({}, ExitCode::Done); });
}

void Agent::finish(const QString &reason, ExitCode code)
{
    if (std::exchange(m_isFinished, true))
        return;
    if (!reason.isEmpty() && isService())
        m_service.tellStatus(reason);
    if (!reason.isEmpty())
        fail(agentProgram.toString(), Error{reason}, code);
    Q_EMIT finished(code);
}

} // namespace Treewarden
