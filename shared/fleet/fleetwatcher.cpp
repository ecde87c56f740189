// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetwatcher.h"

#include "shared/core/textformat.h"
#include "shared/fleet/commandlist.h"
#include "shared/fleet/fleetwatcherprivate.h"
#include "shared/protocol/channels.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// any more.
RedisTimeouts watchful(RedisTimeouts timeouts)
{
    timeouts.idlePing = std::min<std::chrono::milliseconds>(timeouts.idlePing, 4s);
    timeouts.pingGrace = std::min<std::chrono::milliseconds>(timeouts.pingGrace, 3s);
    return timeouts;
}

} // namespace

FleetWatcher::Private::Private(FleetWatcher &owner, const RedisUrl &url, RedisTimeouts timeouts,
                               Now givenNow)
    : q(owner)
    , now(std::move(givenNow))
    , connection(url, watchful(timeouts))
    , subscriber(url, watchful(timeouts))
    , asker(connection, complaints)
    , reader(connection)
    , events(asker, complaints)
{
    clock.start();
    tickTimer.setInterval(500ms);
    retryTimer.setSingleShot(true);
    subscriber.subscribe(Channels::updateInfo);
    connectTransport();
    connectReaders();
}

/// The connections go last and must not tell what is gone already.
FleetWatcher::Private::~Private()
{
    connection.blockSignals(true);
    subscriber.blockSignals(true);
}

void FleetWatcher::Private::connectTransport()
{
    connect(&connection, &RedisConnection::connected, this, &Private::takeSnapshot);
    connect(&subscriber, &RedisSubscriber::ready, this, &Private::takeSnapshot);
    connect(&connection, &RedisConnection::disconnected, this, &Private::loseLive);
    connect(&subscriber, &RedisSubscriber::disconnected, this, &Private::loseLive);
    connect(&connection, &RedisConnection::stateChanged, &q, &FleetWatcher::liveChanged);
    connect(&subscriber, &RedisSubscriber::stateChanged, &q, &FleetWatcher::liveChanged);
    connect(&subscriber, &RedisSubscriber::message, this,
            [this](const QByteArray &, const QByteArray &payload) { take(payload); });
    connect(&tickTimer, &QTimer::timeout, this, &Private::tick);
    connect(&retryTimer, &QTimer::timeout, this, &Private::takeSnapshot);
}

void FleetWatcher::Private::connectReaders()
{
    const auto fail = [this](const QString &reason) {
        if (building)
            failSnapshot(reason);
        else
            complaints.complain(u"keys"_s, u"the fleet's keys cannot be read: "_s + reason);
    };
    connect(&asker, &KeyAsker::answered, this, [this] { lastSign = now(); });
    connect(&asker, &KeyAsker::failed, this, fail);
    connect(&reader, &ServerReader::hasRead, this, &Private::takeReading);
    connect(&reader, &ServerReader::unreadable, this, &Private::takeUnreadable);
    connect(&reader, &ServerReader::idle, this, &Private::finishSnapshot);
    connect(&reader, &ServerReader::failed, this, [fail](const QString &ip, const QString &reason) {
        fail(u"%1, of the server %2"_s.arg(reason, ip));
    });
    connect(&events, &EventTail::added, this, &Private::addEvents);
    connect(&events, &EventTail::restarted, this, [this] { state.events.clear(); });
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

qint64 FleetWatcher::Private::retryIn() const
{
    const qint64 snapshot = retryTimer.isActive() ? retryTimer.remainingTime() : 0;
    return std::max({connection.retryIn(), subscriber.retryIn(), snapshot});
}

void FleetWatcher::Private::loseLive()
{
    asker.forget();
    reader.clear();
    events.pause();
    building.reset();
    retryTimer.stop();
    if (isLive || staleSince == 0)
        staleSince = lastSign > 0 ? lastSign : now();
    isLive = false;
    Q_EMIT q.liveChanged();
}

void FleetWatcher::Private::takeSnapshot()
{
    if (!isStarted || !connection.isConnected() || !subscriber.isReady())
        return;
    if (isLive)
        loseLive();
    asker.forget();
    reader.clear();
    events.pause();
    tracks.clear();
    strangers.clear();
    building.emplace();
    building->commands = recentCommands(state.commands, now());
    isIndexRead = areTreesRead = false;
    Q_EMIT q.liveChanged();
    asker.askBounded(indexCommands(), newestEventsCommand(),
                     [this](const QList<RedisReply> &replies) { startSnapshot(replies); });
}

void FleetWatcher::Private::startSnapshot(const QList<RedisReply> &replies)
{
    QList<RedisValue> values;
    for (const RedisReply &reply : replies)
        values << reply.value;
    building->events = events.begin(values.takeLast());
    const IndexReading index = readIndex(values);
    if (index.ignored > 0)
        complaints.complain(
            u"index"_s,
            u"%1 entries of the index are no servers, trees or the like"_s.arg(index.ignored));
    building->pending = index.pending;
    building->maintenance = index.maintenance;
    for (auto it = index.alive.cbegin(); it != index.alive.cend(); ++it)
        reader.read(it.key());
    isIndexRead = true;
    planChecks();
    readTreesAgain();
    readNewestCommands();
    finishSnapshot();
}

void FleetWatcher::Private::failSnapshot(const QString &reason)
{
    asker.forget();
    reader.clear();
    building.reset();
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
    events.resume();
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

void FleetWatcher::followCommands()
{
    d->followCommands();
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
    return d->isLive ? 0 : d->retryIn();
}

qint64 FleetWatcher::messageCount() const
{
    return d->messageCount;
}

} // namespace Treewarden
