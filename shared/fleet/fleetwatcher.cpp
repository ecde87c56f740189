// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetwatcher.h"

#include "shared/core/textformat.h"
#include "shared/fleet/complaints.h"
#include "shared/fleet/fleetreading.h"
#include "shared/fleet/fleetupdate.h"
#include "shared/fleet/serverreader.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redissubscriber.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <limits>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 never = std::numeric_limits<qint64>::max();
constexpr qint64 indexEvery = 60'000, besidesEvery = 10'000; // ms
constexpr qint64 leaseMargin = 2'000, leaseDefault = 15'000, leaseAgain = 1'000,
                 strangerFor = 5'000, crowdPause = 2'000;
constexpr qint64 mostIndexBytes = 12 << 20;
constexpr int mostStrangers = 1'000, mostLookUps = 256, mostEventRounds = 20;

/// A watcher that shows people the state must notice within about ten seconds that it hears nothing
/// any more.
RedisTimeouts watchful(RedisTimeouts timeouts)
{
    timeouts.idlePing = std::min<std::chrono::milliseconds>(timeouts.idlePing, 4s);
    timeouts.pingGrace = std::min<std::chrono::milliseconds>(timeouts.pingGrace, 3s);
    return timeouts;
}

bool isTransition(const UpdateMessage &message)
{
    return std::visit(
        [](const auto &m) {
            if constexpr (requires { m.told; })
                return m.told.has_value();
            else
                return false;
        },
        message);
}

/// Ids of stream entries in their order: milliseconds, then a number.
bool isEarlierId(const QString &left, const QString &right)
{
    const auto parts = [](const QString &id) {
        return std::pair(id.section(u'-', 0, 0).toULongLong(), id.section(u'-', 1).toULongLong());
    };
    return parts(left) < parts(right);
}

} // namespace

class FleetWatcher::Private : public QObject
{
public:
    Private(FleetWatcher &owner, const RedisUrl &url, RedisTimeouts timeouts, Now clock);

    void start();
    void stop();
    QString trouble() const;

    FleetWatcher &q;
    Now now;
    RedisConnection connection;
    RedisSubscriber subscriber;
    ServerReader reader;
    FleetState state;
    bool hasState = false, isLive = false;
    qint64 lastSign = 0, staleSince = 0, messageCount = 0;

private:
    /// What a server's messages leave behind beside its state.
    struct Track
    {
        LastTold last;
        qint64 due = never; ///< steady ms when its lease is looked at again
    };

    FleetState &target() { return building ? *building : state; }

    bool mayTell() const { return !building && isLive; }

    qint64 steady() const { return clock.elapsed(); }

    void connectSignals();
    void loseLive();
    void takeSnapshot();
    void startSnapshot(const QList<RedisReply> &replies);
    void failSnapshot(const QString &reason);
    void finishSnapshot();

    void take(const QByteArray &payload);
    void announce(const UpdateMessage &message);
    void apply(const UpdateMessage &message, const QString &ip);
    void lookUp(const UpdateMessage &message, const QString &ip);
    void takeReading(const QString &ip, const std::optional<ServerReading> &reading);
    void takeUnreadable(const QString &ip);
    void forgetServer(const QString &ip);
    void renewDue(const QString &ip);

    void readTreesAgain();
    void readEventsSoon();
    void readLaterEvents();
    void takeEvents(const QList<Event> &oldestFirst);
    void readBesides();
    void takeBesides(const IndexReading &index);
    void checkIndex();
    void compareIndex(const IndexReading &index);
    void checkNewestEvent(const RedisValue &newest);
    void tick();
    void planMaintenanceEnd();

    template<typename Handler>
    void ask(const QList<RedisConnection::Words> &commands, Handler handler);
    template<typename Handler>
    void askBounded(const QList<RedisConnection::Words> &commands,
                    const RedisConnection::Words &more, Handler handler);

    QElapsedTimer clock;
    QTimer tickTimer, retryTimer, eventsTimer;
    std::optional<FleetState> building; ///< the snapshot that is being taken
    bool isIndexRead = false, areTreesRead = false;
    QHash<QString, Track> tracks;
    QHash<QString, qint64>
        strangers; ///< ips that the index does not name → steady ms until they are looked up again
    QString lastEventId;
    bool isReadingEvents = false, mustReadEvents = false;
    int eventRounds = 0;
    qint64 nextIndexCheck = 0, nextBesides = 0, maintenanceEnd = never;
    quint64 generation = 0;
    std::chrono::milliseconds retryPause{500};
    QString snapshotTrouble;
    Complaints complaints;
    bool isStarted = false;
};

FleetWatcher::Private::Private(FleetWatcher &owner, const RedisUrl &url, RedisTimeouts timeouts,
                               Now givenNow)
    : q(owner)
    , now(std::move(givenNow))
    , connection(url, watchful(timeouts))
    , subscriber(url, watchful(timeouts))
    , reader(connection)
{
    clock.start();
    tickTimer.setInterval(500ms);
    retryTimer.setSingleShot(true);
    // Events come in bursts: one reading serves what came within a blink.
    eventsTimer.setSingleShot(true);
    eventsTimer.setInterval(20ms);
    subscriber.subscribe(Channels::updateInfo);
    connectSignals();
}

void FleetWatcher::Private::connectSignals()
{
    connect(&connection, &RedisConnection::connected, this, [this] { takeSnapshot(); });
    connect(&subscriber, &RedisSubscriber::ready, this, [this] { takeSnapshot(); });
    connect(&connection, &RedisConnection::disconnected, this, [this] { loseLive(); });
    connect(&subscriber, &RedisSubscriber::disconnected, this, [this] { loseLive(); });
    connect(&connection, &RedisConnection::stateChanged, this, [this] { Q_EMIT q.liveChanged(); });
    connect(&subscriber, &RedisSubscriber::stateChanged, this, [this] { Q_EMIT q.liveChanged(); });
    connect(&subscriber, &RedisSubscriber::message, this,
            [this](const QByteArray &, const QByteArray &payload) { take(payload); });
    connect(&reader, &ServerReader::hasRead, this, &Private::takeReading);
    connect(&reader, &ServerReader::idle, this, &Private::finishSnapshot);
    connect(&reader, &ServerReader::failed, this, [this](const QString &ip, const QString &reason) {
        if (building)
            failSnapshot(reason);
        else
            complaints.complain(u"reading"_s,
                                u"the keys of the server %1 cannot be read: %2"_s.arg(ip, reason),
                                steady());
    });
    connect(&reader, &ServerReader::unreadable, this, &Private::takeUnreadable);
    connect(&tickTimer, &QTimer::timeout, this, &Private::tick);
    connect(&retryTimer, &QTimer::timeout, this, &Private::takeSnapshot);
    connect(&eventsTimer, &QTimer::timeout, this, &Private::readLaterEvents);
}

void FleetWatcher::Private::start()
{
    if (isStarted)
        return;
    isStarted = true;
    connection.open();
    subscriber.open();
    tickTimer.start();
    Q_EMIT q.liveChanged();
}

void FleetWatcher::Private::stop()
{
    isStarted = false;
    tickTimer.stop();
    loseLive();
    subscriber.close();
    connection.close();
}

QString FleetWatcher::Private::trouble() const
{
    if (isLive)
        return {};
    for (const QString &error : {connection.lastError(), subscriber.lastError(), snapshotTrouble}) {
        if (!error.isEmpty())
            return error;
    }
    if (!isStarted)
        return QCoreApplication::translate("FleetWatcher", "Not connected");
    if (building)
        return QCoreApplication::translate("FleetWatcher", "Reading the state of the fleet");
    return QCoreApplication::translate("FleetWatcher", "Connecting to %1")
        .arg(connection.url().displayText());
}

void FleetWatcher::Private::loseLive()
{
    ++generation;
    building.reset();
    reader.clear();
    retryTimer.stop();
    eventsTimer.stop();
    isReadingEvents = mustReadEvents = false;
    if (isLive || staleSince == 0)
        staleSince = lastSign > 0 ? lastSign : now();
    isLive = false;
    Q_EMIT q.liveChanged();
}

/// Sends `commands` at once; `handler` gets the replies unless a gap came between.
template<typename Handler>
void FleetWatcher::Private::ask(const QList<RedisConnection::Words> &commands, Handler handler)
{
    connection.pipeline(
        commands, this,
        [this, handler, asked = generation](const QList<RedisReply> &replies) {
            if (asked != generation)
                return;
            for (const RedisReply &reply : replies) {
                if (reply.isOk())
                    continue;
                if (reply.outcome != RedisReply::Outcome::Answered)
                    return; // the gap that follows is told by `disconnected`
                if (building)
                    failSnapshot(oneLine(reply.error));
                else
                    complaints.complain(u"asking"_s,
                                        u"the fleet's keys cannot be read: "_s + reply.error,
                                        steady());
                return;
            }
            lastSign = now();
            handler(replies);
        },
        RedisConnection::Queueing::Never);
}

/// Asks for whole keys (`commands`) and `more`. Servers that nobody knows yet may write
/// servers:pending: a key larger than any reply may be is left out, or it would end the connection
/// each time.
template<typename Handler>
void FleetWatcher::Private::askBounded(const QList<RedisConnection::Words> &commands,
                                       const RedisConnection::Words &more, Handler handler)
{
    const auto readIt
        = [this, commands, more, handler, asked = generation](const QList<RedisReply> &sizes) {
              if (asked != generation)
                  return;
              QList<RedisConnection::Words> bounded = commands;
              for (qsizetype i = 0; i < bounded.size(); ++i) {
                  if (sizes[i].value.integer <= mostIndexBytes)
                      continue;
                  complaints.complain(
                      u"size"_s,
                      u"%1 takes %2 in Redis, more than is read: it is left out"_s.arg(
                          QString::fromLatin1(bounded[i][1]), formatBytes(sizes[i].value.integer)),
                      steady());
                  bounded[i] = {"PING"};
              }
              ask(bounded << more, handler);
          };
    QList<RedisConnection::Words> sizes;
    for (const RedisConnection::Words &command : commands)
        sizes << RedisConnection::Words{"MEMORY", "USAGE", command[1], "SAMPLES", "0"};
    connection.pipeline(sizes, this, readIt, RedisConnection::Queueing::Never);
}

void FleetWatcher::Private::takeSnapshot()
{
    if (!isStarted || !connection.isConnected() || !subscriber.isReady())
        return;
    if (isLive)
        loseLive();
    ++generation;
    reader.clear();
    tracks.clear();
    strangers.clear();
    building.emplace();
    isIndexRead = areTreesRead = false;
    Q_EMIT q.liveChanged();
    askBounded(indexCommands(), newestEventsCommand(),
               [this](const QList<RedisReply> &replies) { startSnapshot(replies); });
}

void FleetWatcher::Private::startSnapshot(const QList<RedisReply> &replies)
{
    QList<RedisValue> values;
    for (const RedisReply &reply : replies)
        values << reply.value;
    building->events = readEvents(values.takeLast(), false);
    lastEventId = building->events.isEmpty() ? QString() : building->events.first().id;
    building->events.removeIf([](const Event &event) { return event.type.isEmpty(); });
    const IndexReading index = readIndex(values);
    if (index.ignored > 0)
        complaints.complain(
            u"index"_s,
            u"%1 entries of the index are no servers, trees or the like"_s.arg(index.ignored),
            steady());
    building->pending = index.pending;
    building->maintenance = index.maintenance;
    for (auto it = index.alive.cbegin(); it != index.alive.cend(); ++it)
        reader.read(it.key());
    isIndexRead = true;
    nextIndexCheck = steady() + indexEvery;
    nextBesides = steady() + besidesEvery;
    readTreesAgain();
    finishSnapshot();
}

void FleetWatcher::Private::failSnapshot(const QString &reason)
{
    ++generation;
    building.reset();
    reader.clear();
    snapshotTrouble = reason;
    retryTimer.start(retryPause);
    retryPause = std::min<std::chrono::milliseconds>(2 * retryPause, 10s);
    Q_EMIT q.liveChanged();
}

void FleetWatcher::Private::finishSnapshot()
{
    if (!building || !isIndexRead || !areTreesRead || !reader.isIdle())
        return;
    state = std::move(*building);
    building.reset();
    planMaintenanceEnd();
    hasState = isLive = true;
    staleSince = 0;
    lastSign = now();
    snapshotTrouble.clear();
    retryPause = 500ms;
    Q_EMIT q.reset();
    Q_EMIT q.liveChanged();
    if (mustReadEvents)
        readEventsSoon();
}

void FleetWatcher::Private::take(const QByteArray &payload)
{
    ++messageCount;
    lastSign = now();
    const auto parsed = parseUpdateMessage(payload);
    if (!parsed) {
        complaints.complain(u"message"_s, parsed.error().text, steady());
        return;
    }
    // While neither stands, the snapshot that follows the gap tells everything.
    if (!*parsed || (!building && !isLive))
        return;
    announce(**parsed);
    const QString ip = ipOf(**parsed);
    if (!ip.isEmpty())
        apply(**parsed, ip);
}

void FleetWatcher::Private::announce(const UpdateMessage &message)
{
    const auto *config = std::get_if<ConfigMessage>(&message);
    if (config && config->ip.isEmpty())
        readTreesAgain();
    if (config || std::holds_alternative<EventMessage>(message))
        nextBesides = std::min(nextBesides, steady() + 200);
    if (std::holds_alternative<EventMessage>(message)
        || std::holds_alternative<CommandMessage>(message) || isTransition(message)) {
        readEventsSoon();
    }
}

void FleetWatcher::Private::apply(const UpdateMessage &message, const QString &ip)
{
    const auto server = target().servers.find(ip);
    if (server == target().servers.end()) {
        lookUp(message, ip);
        return;
    }
    const auto *alive = std::get_if<AliveMessage>(&message);
    const Effect effect = applyMessage(message, *server, tracks[ip].last);
    if (alive && alive->alive)
        renewDue(ip);
    if (effect == Effect::Doubtful)
        reader.read(ip);
    else if (effect == Effect::Changed || isTransition(message))
        reader.overtake(ip);
    if (!mayTell())
        return;
    if (effect == Effect::NewWorkload)
        Q_EMIT q.workloadChanged(ip);
    else if (effect == Effect::Changed || (effect == Effect::Doubtful && alive))
        Q_EMIT q.serverChanged(ip);
}

/// Somebody who is not in the state speaks: only the index says who belongs to the fleet.
void FleetWatcher::Private::lookUp(const UpdateMessage &message, const QString &ip)
{
    reader.overtake(ip);
    if (!isIndexRead && building)
        return;
    const bool isConfig = std::holds_alternative<ConfigMessage>(message);
    if ((strangers.value(ip, 0) > steady() && !isConfig)
        || target().servers.size() >= maximumServers)
        return;
    if (reader.waitingCount() >= mostLookUps) {
        complaints.complain(
            u"strangers"_s,
            u"more servers than can be looked up speak on update:info without being enrolled"_s,
            steady());
        // Among them may be one that belongs here: the index tells all at once.
        nextIndexCheck = std::min(nextIndexCheck, steady() + crowdPause);
        return;
    }
    reader.read(ip);
}

void FleetWatcher::Private::takeReading(const QString &ip,
                                        const std::optional<ServerReading> &reading)
{
    lastSign = now();
    if (!reading) {
        forgetServer(ip);
        return;
    }
    strangers.remove(ip);
    FleetServer server = reading->server;
    Track &track = tracks[ip];
    track.last = LastTold::parse(reading->told);
    if (server.alive == std::optional(false))
        track.due = never;
    else
        track.due
            = steady() + (reading->leaseLeft > 0 ? reading->leaseLeft + leaseMargin : leaseAgain);
    const auto known = target().servers.find(ip);
    const bool isNew = known == target().servers.end();
    if (!isNew) {
        if (known->workload.timestamp > server.workload.timestamp)
            server.workload = known->workload;
        for (FleetService &service : server.services)
            service.workload = known->services.value(service.id).workload;
    }
    target().servers.insert(ip, server);
    if (mayTell())
        isNew ? Q_EMIT q.serverAdded(ip) : Q_EMIT q.serverChanged(ip);
}

/// It is enrolled, but nothing more can be known of it than what it says itself.
void FleetWatcher::Private::takeUnreadable(const QString &ip)
{
    complaints.complain(u"unreadable"_s,
                        u"the keys of the server %1 break the connection to Redis: they are left "
                        u"out for 10 min; look at them with "
                        "redis-cli --bigkeys"_s.arg(ip),
                        steady());
    FleetServer &server = target().servers[ip];
    server.ip = ip;
    server.alive = std::nullopt;
    server.wasSeen = true;
    if (mayTell())
        Q_EMIT q.serverChanged(ip);
}

void FleetWatcher::Private::forgetServer(const QString &ip)
{
    strangers.removeIf([this](const auto &entry) { return entry.value() <= steady(); });
    if (strangers.size() < mostStrangers)
        strangers.insert(ip, steady() + strangerFor);
    tracks.remove(ip);
    if (target().servers.remove(ip) && mayTell())
        Q_EMIT q.serverRemoved(ip);
}

void FleetWatcher::Private::renewDue(const QString &ip)
{
    const auto server = target().servers.constFind(ip);
    const qint64 lease
        = std::clamp<qint64>(server->info.lease.value_or(leaseDefault), 100, 3'600'000);
    tracks[ip].due = steady() + lease + leaseMargin;
}

void FleetWatcher::Private::readTreesAgain()
{
    ask({{"SMEMBERS", Keys::paasList}}, [this](const QList<RedisReply> &replies) {
        const QStringList ids = readIndex({{}, {}, {}, replies.first().value}).trees;
        QList<RedisConnection::Words> commands{{"PING"}};
        for (const QString &id : ids)
            commands << RedisConnection::Words{"GET", Keys::paas(id)};
        ask(commands, [this, ids](const QList<RedisReply> &answers) {
            QList<RedisValue> values;
            for (qsizetype i = 1; i < answers.size(); ++i)
                values << answers[i].value;
            target().trees = readTrees(ids, values);
            areTreesRead = true;
            if (mayTell())
                Q_EMIT q.treesChanged();
            finishSnapshot();
        });
    });
}

void FleetWatcher::Private::readEventsSoon()
{
    mustReadEvents = true;
    if (mayTell() && !isReadingEvents && !eventsTimer.isActive())
        eventsTimer.start();
}

void FleetWatcher::Private::readLaterEvents()
{
    if (!mayTell() || isReadingEvents)
        return;
    isReadingEvents = true;
    mustReadEvents = false;
    // Who is too far behind takes the newest and leaves the rest.
    const bool isBehind = ++eventRounds > mostEventRounds;
    ask({isBehind ? newestEventsCommand() : laterEventsCommand(lastEventId)},
        [this, isBehind](const QList<RedisReply> &replies) {
            isReadingEvents = false;
            QList<Event> events = readEvents(replies.first().value, !isBehind);
            std::reverse(events.begin(), events.end());
            takeEvents(events);
            if (events.size() >= maximumEvents && !isBehind)
                mustReadEvents = true;
            else
                eventRounds = 0;
            if (mustReadEvents)
                readEventsSoon();
        });
}

void FleetWatcher::Private::takeEvents(const QList<Event> &oldestFirst)
{
    QList<Event> added;
    for (const Event &event : oldestFirst) {
        if (!lastEventId.isEmpty() && !isEarlierId(lastEventId, event.id))
            continue;
        lastEventId = event.id;
        if (event.type.isEmpty())
            complaints.complain(u"event"_s,
                                u"the event %1 cannot be read: it is left out"_s.arg(event.id),
                                steady());
        else
            added << event;
    }
    if (added.isEmpty())
        return;
    QList<Event> newest(added.crbegin(), added.crend());
    state.events = (newest + state.events).mid(0, maximumEvents);
    Q_EMIT q.eventsAdded(added);
}

void FleetWatcher::Private::readBesides()
{
    nextBesides = steady() + besidesEvery;
    askBounded({{"HGETALL", Keys::serversPending}, {"HGETALL", Keys::maintenance}}, {"PING"},
               [this](const QList<RedisReply> &replies) {
                   takeBesides(readIndex({{}, replies[0].value, replies[1].value, {}}));
               });
}

void FleetWatcher::Private::takeBesides(const IndexReading &index)
{
    if (!mayTell())
        return;
    if (index.pending != state.pending) {
        state.pending = index.pending;
        Q_EMIT q.pendingChanged();
    }
    if (index.maintenance != state.maintenance) {
        state.maintenance = index.maintenance;
        planMaintenanceEnd();
        Q_EMIT q.maintenanceChanged();
    }
}

void FleetWatcher::Private::checkIndex()
{
    nextIndexCheck = steady() + indexEvery;
    nextBesides = steady() + besidesEvery;
    const RedisConnection::Words newestEvent{"XREVRANGE", Keys::events, "+", "-", "COUNT", "1"};
    askBounded(indexCommands(), newestEvent, [this](const QList<RedisReply> &replies) {
        if (!mayTell())
            return;
        QList<RedisValue> values;
        for (const RedisReply &reply : replies)
            values << reply.value;
        checkNewestEvent(values.takeLast());
        const IndexReading index = readIndex(values);
        takeBesides(index);
        compareIndex(index);
        readTreesAgain();
    });
}

void FleetWatcher::Private::compareIndex(const IndexReading &index)
{
    for (auto it = index.alive.cbegin(); it != index.alive.cend(); ++it) {
        const auto known = state.servers.constFind(it.key());
        if (known == state.servers.cend() || known->alive != it.value())
            reader.read(it.key());
    }
    for (const FleetServer &server : std::as_const(state.servers)) {
        if (!index.alive.contains(server.ip))
            reader.read(server.ip);
    }
}

/// A stream that ends before what was read already is another one: flushed, or restored from a
/// copy.
void FleetWatcher::Private::checkNewestEvent(const RedisValue &newest)
{
    const QList<Event> events = readEvents(newest, false);
    const QString id = events.isEmpty() ? QString() : events.first().id;
    if (!lastEventId.isEmpty() && isEarlierId(id, lastEventId)) {
        lastEventId.clear();
        state.events.clear();
    }
    if (id != lastEventId)
        readEventsSoon();
}

void FleetWatcher::Private::tick()
{
    if (!mayTell())
        return;
    for (auto it = tracks.begin(); it != tracks.end(); ++it) {
        if (it->due <= steady()) {
            it->due = steady() + leaseAgain;
            reader.read(it.key());
        }
    }
    if (nextIndexCheck <= steady())
        checkIndex();
    else if (nextBesides <= steady())
        readBesides();
    if (maintenanceEnd <= now()) {
        planMaintenanceEnd();
        Q_EMIT q.maintenanceChanged();
    }
}

void FleetWatcher::Private::planMaintenanceEnd()
{
    maintenanceEnd = never;
    for (const Maintenance &maintenance : std::as_const(state.maintenance)) {
        if (maintenance.until > now())
            maintenanceEnd = std::min(maintenanceEnd, maintenance.until);
    }
}

FleetWatcher::FleetWatcher(const RedisUrl &url, RedisTimeouts timeouts, Now now, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, url, timeouts, std::move(now)))
{
}

FleetWatcher::~FleetWatcher() = default;

void FleetWatcher::start()
{
    d->start();
}

void FleetWatcher::stop()
{
    d->stop();
}

const FleetState &FleetWatcher::state() const
{
    return d->state;
}

RedisConnection &FleetWatcher::connection()
{
    return d->connection;
}

bool FleetWatcher::hasState() const
{
    return d->hasState;
}

bool FleetWatcher::isLive() const
{
    return d->isLive;
}

qint64 FleetWatcher::staleSince() const
{
    return d->isLive ? 0 : d->staleSince;
}

QString FleetWatcher::trouble() const
{
    return d->trouble();
}

qint64 FleetWatcher::retryIn() const
{
    return d->isLive ? 0 : std::max(d->connection.retryIn(), d->subscriber.retryIn());
}

qint64 FleetWatcher::messageCount() const
{
    return d->messageCount;
}

} // namespace Treewarden
