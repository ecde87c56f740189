// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/reporter.h"

#include "shared/core/textformat.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"

#include <QDebug>
#include <QTimer>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Words = RedisConnection::Words;

constexpr qsizetype batchSize = 64, maximumLeftovers = 100'000;
constexpr qsizetype mostTroubles = 8;
constexpr auto longestLeave = 1500ms;

// Keys that synchronize() reads, by the place of their answer, and of which type they have to be.
constexpr struct
{
    qsizetype place;
    const char *key, *cure;
} standingKeys[] = {
    {2, "server:info:{ip}", "the agent writes it again at once"},
    {3, "servers:removed", "who was removed is not remembered then"},
    {5, "servers:alive", "every running agent writes itself into it again within a heartbeat"},
};

// Where EXEC's answer stands in a round that starts with a heartbeat: MULTI, three commands, two
// messages, EXEC.
constexpr qsizetype heartbeatReply = 6;

/// What a server is told to be by then, when everything up to `transition` has been told.
class StateFollower
{
public:
    explicit StateFollower(StartState &state)
        : m_state(state)
    {
    }

    /// False when it says what is known already: an announcement or goodbye of a dead session.
    bool operator()(const AliveMessage &message) const
    {
        return std::exchange(m_state.countsAsAlive, message.alive) != message.alive;
    }

    bool operator()(const ServiceMessage &m) const
    {
        m_state.services.insert(m.service,
                                {m.alive, m.since, m.reason, m.code, m.args, m.timestamp,
                                 m.told.value_or(Told{}).session});
        return true;
    }

    bool operator()(const ServiceRemovedMessage &message) const
    {
        m_state.services.remove(message.service);
        return true;
    }

    bool operator()(const AddressMessage &) const { return true; }

    bool operator()(const CommandMessage &) const { return true; }

    bool operator()(const AgentNotice &) const { return true; }

private:
    StartState &m_state;
};

std::unique_ptr<OutboxFile> outboxFile(const Reporter::Identity &identity)
{
    return identity.stateDirectory.isEmpty()
        ? nullptr
        : std::make_unique<OutboxFile>(identity.stateDirectory, identity.ip);
}

} // namespace

Reporter::Reporter(RedisConnection &connection, Identity identity, Clock clock, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_identity(std::move(identity))
    , m_clock(std::move(clock))
    , m_outbox(m_identity.session, outboxFile(m_identity))
{
    connect(&m_connection, &RedisConnection::connected, this, &Reporter::synchronize);
    connect(&m_connection, &RedisConnection::disconnected, this, [this] {
        if (m_phase != Phase::Ended)
            m_phase = Phase::Away;
        finishLeaving();
    });
}

void Reporter::start(const ServerInfo &info, StartState state)
{
    m_info = info;
    // One that could not be kept in the state folder is later than all that could.
    if (!state.session.isEmpty() && !m_identity.earlierSessions.contains(state.session))
        m_identity.earlierSessions << state.session;
    takeLeftovers(state);
    m_book.restore(state.services);
    announce(!state.countsAsAlive);
    if (m_connection.isConnected())
        synchronize();
}

/// Earlier sessions of this server may have ended before they could tell everything.
void Reporter::takeLeftovers(StartState &state)
{
    m_outbox.restore(m_identity.earlierSessions, m_clock.steady());
    if (!m_outbox.hasWaiting() && m_outbox.lastTold().n == 0)
        return;
    if (state.isOfOtherMachine(m_info.machineId)) {
        qWarning().noquote()
            << u"another machine (%1) reported as %2 since this one's last run: what "
               "that run had not told is kept aside and not told any more"_s.arg(
                   oneLine(state.hostname, 80), m_identity.ip);
        return m_outbox.putAside();
    }
    if (const auto told = parseTold(state.told))
        m_outbox.settle(*told, m_clock.steady());
    m_outbox.revise([follow = StateFollower(state)](const Transition &transition) {
        return (transition.hasEvent || commandOf(transition))
            && std::visit(follow, transition.content);
    });
    if (const qsizetype count = m_outbox.waiting(maximumLeftovers).size(); count > 0)
        qInfo().noquote() << u"telling %1 transitions of an earlier run first"_s.arg(count);
}

void Reporter::leave(std::function<void()> done)
{
    m_left = std::move(done);
    // Without Redis the next session tells it.
    if (m_phase != Phase::Ended && m_announcement > 0)
        m_outbox.add({AliveMessage{m_identity.ip, false, m_clock.now(), {}}});
    if (m_phase != Phase::Live)
        return finishLeaving();
    QTimer::singleShot(longestLeave, this, &Reporter::finishLeaving);
    advance();
}

void Reporter::finishLeaving()
{
    if (!m_left)
        return;
    m_phase = Phase::Ended;
    std::exchange(m_left, {})();
}

void Reporter::deleteKeys(std::function<void()> done)
{
    m_phase = Phase::Ended;
    m_outbox.clear(); // nobody wants to hear of a server that was removed
    const QString &ip = m_identity.ip;
    const QByteArray text = ip.toUtf8();
    Words keys{"DEL",
               Keys::serverAlive(ip),
               Keys::serverInfo(ip),
               Keys::services(ip),
               Keys::serverWorkload(ip),
               Keys::serverWorkload(ip) + ":1s",
               Keys::serverWorkload(ip) + ":1m",
               Keys::serverWorkload(ip) + ":1h"};
    for (const auto &states : {m_book.states(), m_book.unconfirmed()}) {
        for (auto it = states.begin(); it != states.end(); ++it)
            keys << Keys::serviceAlive(ip, it.key()) << Keys::serviceWorkload(ip, it.key());
    }
    // Whoever removed the server changed what we watch: our transaction would not run.
    m_connection.command(
        {"UNWATCH"}, this, [](const RedisReply &) {}, RedisConnection::Queueing::Never);
    m_connection.transaction(
        {keys, Words{"HDEL", Keys::serversAlive, text}, Words{"HDEL", Keys::serversSince, text}},
        this, [done = std::move(done)](const RedisReply &) { done(); },
        RedisConnection::Queueing::Never);
}

void Reporter::setLease(std::chrono::milliseconds lease)
{
    if (lease == m_lease)
        return;
    m_lease = lease;
    m_mustWriteInfo = true;
    ++m_infoVersion;
    advance();
}

void Reporter::setInfo(const ServerInfo &info)
{
    m_info = info;
    m_mustWriteInfo = true;
    ++m_infoVersion;
    advance();
}

void Reporter::takeService(const ServiceId &service, ServiceState found)
{
    found.session = m_identity.session;
    const auto finding = m_book.take(service, std::move(found));
    if (finding == ServiceBook::Finding::Nothing)
        return;
    if (finding == ServiceBook::Finding::Confirmed) {
        m_firstStates.insert(service);
        return;
    }
    if (finding == ServiceBook::Finding::Explained) {
        m_otherReasons.insert(service);
        return;
    }
    m_firstStates.remove(service);
    m_otherReasons.remove(service);
    const ServiceState state = m_book.state(service);
    tell({ServiceMessage{m_identity.ip,
                         service,
                         state.alive,
                         state.timestamp,
                         state.since,
                         state.reason,
                         state.code,
                         state.args,
                         {},
                         state.flapping},
          finding == ServiceBook::Finding::Changed});
}

void Reporter::removeService(const ServiceId &service)
{
    m_firstStates.remove(service);
    m_otherReasons.remove(service);
    if (m_book.remove(service))
        tell({ServiceRemovedMessage{m_identity.ip, service, m_clock.now(), {}}});
}

qint64 Reporter::tell(Transition transition)
{
    m_outbox.add(std::move(transition));
    const qint64 n = m_outbox.lastAdded();
    advance();
    return n;
}

QList<CommandMessage> Reporter::rememberedOutcomes() const
{
    QList<CommandMessage> outcomes;
    m_outbox.forEach([&outcomes](const Transition &transition) {
        if (const CommandMessage *outcome = commandOf(transition))
            outcomes << *outcome;
    });
    return outcomes;
}

void Reporter::announce(bool hasEvent)
{
    m_announcement = m_outbox.lastAdded() + 1;
    tell({AliveMessage{m_identity.ip, true, m_clock.now(), {}}, hasEvent,
          std::min(m_lease, m_writtenLease)});
}

/// The announcement that waits says nothing new only as long as the server counts as alive.
void Reporter::rememberAnnouncement()
{
    if (m_outbox.lastOwnTold() >= m_announcement)
        return;
    m_outbox.revise([this](Transition &transition) {
        const Told told = transition.told();
        if (told.session == m_identity.session && told.n == m_announcement)
            transition.hasEvent = true;
        return true;
    });
}

void Reporter::synchronize()
{
    if (m_phase == Phase::Ended || m_announcement == 0)
        return;
    m_phase = Phase::Syncing;
    m_isExecuting = m_isRoundOut = false;
    const QString &ip = m_identity.ip;
    m_connection.pipeline(
        {Words{"UNWATCH"}, Words{"WATCH", Keys::serverInfo(ip)},
         Words{"HMGET", Keys::serverInfo(ip), "session", "told"},
         Words{"HGET", Keys::serversRemoved, ip.toUtf8()}, Words{"EXISTS", Keys::serverConfig(ip)},
         Words{"HGET", Keys::serversAlive, ip.toUtf8()}},
        this, [this](const QList<RedisReply> &replies) { takeStanding(replies); },
        RedisConnection::Queueing::Never);
}

void Reporter::takeStanding(const QList<RedisReply> &replies)
{
    if (m_phase != Phase::Syncing)
        return;
    for (qsizetype i = 0; i < replies.size(); ++i) {
        if (!replies.at(i).isOk())
            return noteTrouble(replies.at(i), wrongTypeAt(i)); // the next round tries again
    }
    if (replies.at(4).value.integer == 0
        && isTombstoneOf(replies.at(3).value.text, m_info.machineId)) {
        m_phase = Phase::Ended;
        Q_EMIT removed();
        return;
    }
    const RedisValue facts = replies.at(2).value;
    if (facts.elements.size() != 2)
        return;
    const Standing standing
        = judgeSession(facts.elements.at(0), m_identity.session, m_identity.earlierSessions);
    const auto told = parseTold(facts.elements.at(1).text);
    if (standing != Standing::TakenOver && told && m_outbox.settle(*told, m_clock.steady()))
        m_mustRewriteServices = true;
    if (replies.at(5).value.text != "1")
        rememberAnnouncement();
    if (standing == Standing::StateLost) {
        m_mustWriteInfo = true;
        m_mustRewriteServices = m_mustRewriteServices || m_outbox.lastOwnTold() > 0;
    }
    judge(standing);
    if (m_phase != Phase::Syncing)
        return;
    m_phase = Phase::Live;
    m_isAnnounced = false;
    advance();
    if (standing == Standing::StateLost && m_mustRewriteServices)
        Q_EMIT stateLost();
}

void Reporter::judge(Standing standing)
{
    switch (standing) {
    case Standing::Good:
        break;
    case Standing::TakenForDead:
        if (m_announcement <= m_outbox.lastOwnTold())
            announce(true);
        break;
    case Standing::StateLost:
    case Standing::Unreadable:
        if (m_phase == Phase::Live)
            synchronize();
        break;
    case Standing::TakenOver:
        m_phase = Phase::Ended;
        if (m_left)
            finishLeaving();
        else
            Q_EMIT takenOver();
        break;
    }
}

/// Sends what is due next; one guarded MULTI at a time keeps the order, whatever happens to the
/// connection.
void Reporter::advance()
{
    if (m_phase != Phase::Live)
        return;
    // The announcement comes before everything else.
    if (!m_isAnnounced && m_outbox.lastOwnTold() > 0) {
        m_isAnnounced = true;
        Q_EMIT live();
    }
    if (m_isExecuting)
        return;
    if (m_mustWriteInfo)
        return writeInfo();
    if (m_outbox.hasWaiting())
        return tellWaiting();
    if (const qint64 dropped = m_outbox.takeDropped(); dropped > 0) {
        qWarning().noquote()
            << u"%1 transitions were lost while Redis was away: the outbox was full"_s.arg(dropped);
        m_mustRewriteServices = true;
    }
    if (m_mustRewriteServices)
        return rewriteServices();
    m_isRefused = false;
    finishLeaving();
}

void Reporter::writeInfo()
{
    const QByteArray key = Keys::serverInfo(m_identity.ip);
    m_info.session = m_identity.session;
    m_info.lease = m_lease.count();
    m_info.updated = m_clock.now();
    QList<Words> commands{Words{"DEL", key},
                          Words{"HSET", key} + toHashFields(m_info)
                              + Words{"told", toldText(m_outbox.lastTold())},
                          Words{"PUBLISH", Channels::updateInfo,
                                toJson(UpdateMessage(InfoMessage{m_identity.ip, m_clock.now()}))}};
    if (m_isAnnounced && m_lease < m_writtenLease)
        commands << Words{"PEXPIRE", Keys::serverAlive(m_identity.ip),
                          QByteArray::number(m_lease.count())};
    execute(std::move(commands), [this, version = m_infoVersion, lease = m_lease] {
        m_mustWriteInfo = version != m_infoVersion;
        m_writtenLease = lease;
    });
}

void Reporter::tellWaiting()
{
    const QList<Transition> batch = m_outbox.waiting(batchSize);
    execute(transitionCommands(m_identity.ip, batch),
            [this, last = batch.last().told()] { m_outbox.acknowledge(last, m_clock.steady()); });
}

void Reporter::rewriteServices()
{
    QList<Words> commands{Words{"DEL", Keys::services(m_identity.ip)}};
    for (const auto &states : {m_book.unconfirmed(), m_book.states()}) {
        for (auto it = states.begin(); it != states.end(); ++it)
            commands << serviceStateCommands(m_identity.ip, it.key(), it.value());
    }
    execute(commands, [this] { m_mustRewriteServices = false; });
}

void Reporter::execute(QList<Words> commands, std::function<void()> done)
{
    m_isExecuting = true;
    commands.prepend(Words{"MULTI"});
    commands << Words{"EXEC"} << Words{"WATCH", Keys::serverInfo(m_identity.ip)};
    const qsizetype exec = commands.size() - 2;
    m_connection.pipeline(
        std::move(commands), this,
        [this, exec, done = std::move(done)](const QList<RedisReply> &replies) {
            m_isExecuting = false;
            if (m_phase == Phase::Ended && !m_left)
                return;
            const RedisReply &reply = replies.at(exec);
            if (reply.outcome != RedisReply::Outcome::Answered)
                return; // the connection is gone: synchronize() decides what ran
            if (!reply.isOk()) { // nothing ran: the next round tries again
                m_isRefused = true;
                // EXEC tells only that a command was refused, the command's own answer why.
                return noteTrouble(*std::find_if(replies.begin(), replies.end(),
                                                 [](const RedisReply &r) { return !r.isOk(); }));
            }
            if (reply.value.isNil())
                return synchronize(); // somebody wrote server:info since we looked
            done();
            advance();
        },
        RedisConnection::Queueing::Never);
}

bool Reporter::sendRound(const RoundReport &round)
{
    if (round.isHeartbeat || m_phase != Phase::Live)
        m_outbox.tidy(m_clock.steady(), m_phase != Phase::Live || !m_troubles.isEmpty());
    if (m_phase == Phase::Syncing && !m_troubles.isEmpty() && m_connection.isConnected())
        synchronize();
    if (!isLive())
        return false;
    if (m_isRoundOut) {
        m_skippedRounds += round.workload.isEmpty() ? 0 : 1;
        return false;
    }
    QList<Words> commands;
    if (round.isHeartbeat)
        commands = heartbeat(round.timestamp);
    commands << quietCommands() << telemetryCommands(m_identity.ip, round) << round.history;
    advance();
    if (commands.isEmpty())
        return true;
    m_isRoundOut = true;
    m_connection.pipeline(
        std::move(commands), this,
        [this, hadHeartbeat = round.isHeartbeat](const QList<RedisReply> &replies) {
            takeRound(replies, hadHeartbeat);
        },
        RedisConnection::Queueing::Never);
    return true;
}

QList<Words> Reporter::heartbeat(qint64 timestamp) const
{
    ServicesMessage services{m_identity.ip, {}, timestamp};
    for (auto it = m_book.states().begin(); it != m_book.states().end(); ++it)
        services.states.insert(it.key().text(), it->alive);
    QList<Words> commands{Words{"MULTI"}};
    commands << heartbeatCommands(m_identity.ip, std::min(m_lease, m_writtenLease))
             << Words{"PUBLISH", Channels::updateInfo,
                      toJson(UpdateMessage(AliveMessage{m_identity.ip, true, timestamp, {}}))}
             << Words{"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(services))}
             << Words{"EXEC"} << Words{"WATCH", Keys::serverInfo(m_identity.ip)};
    return commands;
}

QList<Words> Reporter::quietCommands()
{
    QList<Words> commands;
    for (const ServiceId &service : std::exchange(m_firstStates, {}))
        commands << firstStateCommands(m_identity.ip, service, m_book.state(service));
    // A transition that still waits carries an older reason and would be written over this one.
    if (m_outbox.hasWaiting())
        return commands;
    for (const ServiceId &service : std::exchange(m_otherReasons, {}))
        commands << reasonCommands(m_identity.ip, service, m_book.state(service));
    return commands;
}

void Reporter::takeRound(const QList<RedisReply> &replies, bool hadHeartbeat)
{
    m_isRoundOut = false;
    Q_EMIT roundAnswered(std::all_of(replies.begin(), replies.end(),
                                     [](const RedisReply &reply) { return reply.isOk(); }));
    if (m_phase != Phase::Live)
        return;
    for (const RedisReply &reply : replies) {
        if (reply.isOk())
            continue;
        // States that were written quietly may be lost with the round.
        m_mustRewriteServices = true;
        return noteTrouble(reply);
    }
    if (hadHeartbeat) {
        const RedisValue exec = replies.at(heartbeatReply).value;
        judge(exec.isNil() ? Standing::Unreadable
                           : judgeHeartbeat(exec, m_identity.session, m_identity.earlierSessions));
    }
    if (m_phase == Phase::Live)
        noteTroubleOver();
    advance();
}

/// The sentence for a key of another type where synchronize() reads a hash.
QString Reporter::wrongTypeAt(qsizetype place) const
{
    for (const auto &[number, key, cure] : standingKeys) {
        if (number == place)
            return u"%1 in Redis is no hash, somebody wrote another type over it, so nobody hears "
                   "of this server; delete it (DEL %1): %2"_s
                       .arg(QLatin1StringView(key), QLatin1StringView(cure))
                       .replace(u"{ip}"_s, m_identity.ip);
    }
    return {};
}

void Reporter::noteTrouble(const RedisReply &reply, const QString &wrongType)
{
    if (reply.outcome != RedisReply::Outcome::Answered)
        return;
    const QString trouble = reply.error.contains(u"WRONGTYPE") && !wrongType.isEmpty()
        ? wrongType
        : u"Redis refuses this server's reports: %1; trying again every round"_s.arg(
            oneLine(reply.error));
    // Several may come in turns, round after round.
    if (m_troubles.contains(trouble) || m_troubles.size() >= mostTroubles)
        return;
    m_troubles << trouble;
    qWarning().noquote() << trouble;
}

/// A round was taken whole: all is well again unless something due is still refused.
void Reporter::noteTroubleOver()
{
    if (m_troubles.isEmpty() || m_isRefused)
        return;
    qInfo().noquote() << u"Redis takes this server's reports again"_s;
    m_troubles.clear();
}

} // namespace Treewarden
