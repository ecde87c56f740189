// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What no message tells: trees, events, what lies beside the servers, leases that run out, the
// index.
#include "shared/fleet/commandlist.h"
#include "shared/fleet/fleetwatcherprivate.h"
#include "shared/protocol/keys.h"

#include <algorithm>
#include <utility>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 indexEvery = 60'000, besidesEvery = 10'000, lookAgainAfter = 1'000; // ms

} // namespace

void FleetWatcher::Private::readTreesAgain()
{
    asker.ask({{"SMEMBERS", Keys::paasList}}, [this](const QList<RedisReply> &replies) {
        const QStringList ids = readIndex({{}, {}, {}, replies.first().value}).trees;
        QList<RedisConnection::Words> commands{{"PING"}};
        for (const QString &id : ids)
            commands << RedisConnection::Words{"GET", Keys::paas(id)};
        asker.ask(commands, [this, ids](const QList<RedisReply> &answers) {
            QList<RedisValue> values;
            for (qsizetype i = 1; i < answers.size(); ++i)
                values << answers[i].value;
            const auto before = std::exchange(target().trees, readTrees(ids, values));
            areTreesRead = true;
            if (mayTell() && target().trees != before)
                Q_EMIT q.treesChanged();
            finishSnapshot();
        });
    });
}

void FleetWatcher::Private::followCommands()
{
    wantsCommands = true;
    if (q.isLive())
        readNewestCommands();
}

/// Not among what a snapshot needs: without it the fleet is known all the same.
void FleetWatcher::Private::readNewestCommands()
{
    if (!wantsCommands)
        return;
    const auto take = [this](const RedisReply &reply) {
        if (reply.outcome == RedisReply::Outcome::Answered && !reply.isOk())
            complaints.complain(u"commands"_s,
                                u"the outcomes of commands cannot be read: "_s + reply.error);
        const QList<CommandMessage> newestFirst = readCommands(reply.value);
        for (auto command = newestFirst.crbegin(); command != newestFirst.crend(); ++command)
            takeCommand(*command);
    };
    connection.command({"XREVRANGE", Keys::commands, "+", "-", "COUNT",
                        QByteArray::number(qint64{maximumCommands})},
                       this, take, RedisConnection::Queueing::Never);
}

void FleetWatcher::Private::takeCommand(const CommandMessage &command)
{
    if (noteCommand(target().commands, command) && mayTell())
        Q_EMIT q.commandChanged(command);
}

void FleetWatcher::Private::addEvents(const QList<Event> &oldestFirst)
{
    QList<Event> newest(oldestFirst.crbegin(), oldestFirst.crend());
    state.events = (newest + state.events).mid(0, maximumEvents);
    Q_EMIT q.eventsAdded(oldestFirst);
}

void FleetWatcher::Private::planChecks()
{
    nextIndexCheck = steady() + indexEvery;
    nextBesides = steady() + besidesEvery;
}

void FleetWatcher::Private::readBesides()
{
    nextBesides = steady() + besidesEvery;
    asker.askBounded({{"HGETALL", Keys::serversPending}, {"HGETALL", Keys::maintenance}}, {"PING"},
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
    planChecks();
    const RedisConnection::Words newestEvent{"XREVRANGE", Keys::events, "+", "-", "COUNT", "1"};
    asker.askBounded(indexCommands(), newestEvent, [this](const QList<RedisReply> &replies) {
        if (!mayTell())
            return;
        QList<RedisValue> values;
        for (const RedisReply &reply : replies)
            values << reply.value;
        events.check(values.takeLast());
        const IndexReading index = readIndex(values);
        takeBesides(index);
        compareIndex(index);
        readTreesAgain();
        readNewestCommands();
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

void FleetWatcher::Private::tick()
{
    if (!mayTell())
        return;
    const qint64 present = steady();
    for (auto it = tracks.begin(); it != tracks.end(); ++it) {
        if (it->due <= present) {
            it->due = present + lookAgainAfter;
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

} // namespace Treewarden
