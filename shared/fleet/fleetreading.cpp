// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetreading.h"

#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 sweeperIsAwayAfter = 5'000; // ms
constexpr qsizetype maximumJson = 64 * 1024, maximumServiceWorkload = 16 * 1024,
                    maximumServiceWorkloads = 512;

enum ServerReply {
    InIndex,
    Since,
    Info,
    Services,
    NewestWorkload,
    Alive,
    LeaseLeft,
    Swept,
    Time,
    ServerReplyCount
};

enum IndexReply { AliveHash, PendingHash, MaintenanceHash, TreeIds, IndexReplyCount };

qint64 milliseconds(const RedisValue &time)
{
    const QList<QByteArray> parts = time.toList();
    return parts.size() == 2 ? parts[0].toLongLong() * 1000 + parts[1].toLongLong() / 1000 : 0;
}

bool isSweeperAway(const RedisValue &swept, const RedisValue &time)
{
    bool isNumber = false;
    const qint64 last = swept.toBytes().left(24).toLongLong(&isNumber);
    return !isNumber || milliseconds(time) - last > sweeperIsAwayAfter;
}

QMap<ServiceId, FleetService> readServices(const QHash<QByteArray, QByteArray> &hash)
{
    QMap<ServiceId, FleetService> services;
    for (auto it = hash.cbegin(); it != hash.cend() && services.size() < maximumServices; ++it) {
        const auto id = ServiceId::parse(QString::fromUtf8(it.key().left(256)));
        if (!id || id->instance == allInstances)
            continue;
        // A state that cannot be read is a service nobody knows anything about, not one that is
        // missing.
        const auto state = parseServiceState(it.value());
        services.insert(*id, {*id, state ? *state : ServiceState{}, {}});
    }
    return services;
}

/// servers:alive says 1, but no lease stands behind it and nobody is there to sweep: nobody knows.
bool isLeaseMissed(const ServerReading &reading, const QList<RedisValue> &replies)
{
    return reading.server.alive.value_or(false) && reading.leaseLeft == 0
        && isSweeperAway(replies[Swept], replies[Time]);
}

} // namespace

QList<RedisConnection::Words> serverCommands(const QString &ip)
{
    return {{"HGET", Keys::serversAlive, ip.toUtf8()},
            {"HGET", Keys::serversSince, ip.toUtf8()},
            {"HGETALL", Keys::serverInfo(ip)},
            {"HGETALL", Keys::services(ip)},
            {"LINDEX", Keys::serverWorkload(ip), "-1"},
            {"GET", Keys::serverAlive(ip)},
            {"PTTL", Keys::serverAlive(ip)},
            {"HGET", Keys::sweeper, "last"},
            {"TIME"}};
}

std::optional<ServerReading> readServer(const QString &ip, const QList<RedisValue> &replies)
{
    if (replies.size() != ServerReplyCount || replies[InIndex].isNil()
        || replies[InIndex].isError())
        return std::nullopt;
    ServerReading reading;
    FleetServer &server = reading.server;
    server.ip = ip;
    server.alive = replies[InIndex].toBytes() == "1";
    server.since = std::max<qint64>(replies[Since].toBytes().left(24).toLongLong(), 0);
    const auto info = replies[Info].toHash();
    server.info = serverInfoFromHash(info);
    server.wasSeen = !info.isEmpty();
    server.services = readServices(replies[Services].toHash());
    if (const auto sample = parseToldWorkload(replies[NewestWorkload].toBytes()))
        server.workload = *sample;
    reading.told = server.info.told;
    if (replies[Alive].toBytes() == "1")
        reading.leaseLeft = std::max<qint64>(replies[LeaseLeft].integer, 0);
    if (isLeaseMissed(reading, replies)) {
        server.alive = std::nullopt;
        server.since = std::max(server.since, server.workload.timestamp);
    }
    return reading;
}

QList<RedisConnection::Words> serviceWorkloadCommands(const FleetServer &server)
{
    QList<RedisConnection::Words> commands;
    for (const FleetService &service : server.services) {
        if (commands.size() < maximumServiceWorkloads)
            commands.append({"GETRANGE", Keys::serviceWorkload(server.ip, service.id), "0",
                             QByteArray::number(maximumServiceWorkload - 1)});
    }
    return commands;
}

void readServiceWorkloads(const QList<RedisValue> &replies, FleetServer *server)
{
    auto service = server->services.begin();
    for (const RedisValue &reply : replies) {
        if (service == server->services.end())
            return;
        const auto sample
            = parseJsonObject(reply.toBytes(), u"a service's workload"_s, maximumServiceWorkload);
        if (!reply.isError() && sample)
            service->workload = sample->value(u"info").toObject();
        ++service;
    }
}

QList<RedisConnection::Words> indexCommands()
{
    return {{"HGETALL", Keys::serversAlive},
            {"HGETALL", Keys::serversPending},
            {"HGETALL", Keys::maintenance},
            {"SMEMBERS", Keys::paasList}};
}

IndexReading readIndex(const QList<RedisValue> &replies)
{
    IndexReading index;
    if (replies.size() != IndexReplyCount)
        return index;
    const auto alive = replies[AliveHash].toHash();
    for (auto it = alive.cbegin(); it != alive.cend(); ++it) {
        const QString ip = QString::fromUtf8(it.key().left(64));
        if (isCanonicalIp(ip) && index.alive.size() < maximumServers)
            index.alive.insert(ip, it.value() == "1");
        else
            ++index.ignored;
    }
    const auto pending = replies[PendingHash].toHash();
    for (auto it = pending.cbegin(); it != pending.cend(); ++it) {
        const QString ip = QString::fromUtf8(it.key().left(64));
        const auto json = parseJsonObject(it.value(), u"servers:pending"_s, maximumJson);
        if (isCanonicalIp(ip) && json && index.pending.size() < maximumPending) {
            index.pending.append({ip, json->value(u"machine_id").toString().left(64),
                                  json->value(u"hostname").toString().left(256), *json});
        } else {
            ++index.ignored;
        }
    }
    std::sort(
        index.pending.begin(), index.pending.end(),
        [](const PendingServer &a, const PendingServer &b) { return ipLessThan(a.ip, b.ip); });
    const auto maintenance = replies[MaintenanceHash].toHash();
    for (auto it = maintenance.cbegin(); it != maintenance.cend(); ++it) {
        const auto json = parseJsonObject(it.value(), u"maintenance"_s, maximumJson);
        const auto until = json ? jsonInteger(json->value(u"until")) : std::nullopt;
        if (until && it.key().size() <= 256 && index.maintenance.size() < maximumMaintenance) {
            index.maintenance.insert(QString::fromUtf8(it.key()),
                                     {*until, json->value(u"by").toString().left(256),
                                      json->value(u"reason").toString().left(500)});
        } else {
            ++index.ignored;
        }
    }
    for (const QByteArray &id : replies[TreeIds].toList()) {
        if (isValidName(QString::fromUtf8(id.left(256))) && index.trees.size() < maximumTrees)
            index.trees << QString::fromUtf8(id);
        else
            ++index.ignored;
    }
    index.trees.sort();
    return index;
}

RedisConnection::Words newestEventsCommand()
{
    return {"XREVRANGE", Keys::events, "+", "-", "COUNT", QByteArray::number(maximumEvents)};
}

RedisConnection::Words laterEventsCommand(const QString &id)
{
    return {"XRANGE", Keys::events, id.isEmpty() ? QByteArray("-") : '(' + id.toLatin1(),
            "+",      "COUNT",      QByteArray::number(maximumEvents)};
}

QList<Event> readEvents(const RedisValue &reply, bool isOldestFirst)
{
    QList<Event> events;
    for (const RedisValue &entry : reply.elements) {
        if (entry.elements.size() != 2)
            continue;
        const QByteArray id = entry.elements[0].toBytes();
        auto event = parseEvent(id, entry.elements[1].toList());
        // What cannot be read keeps its place, so that a reader's last id moves past it.
        events << (event ? *event : Event{QString::fromLatin1(id.left(64)), {}, {}, {}});
    }
    if (isOldestFirst)
        std::reverse(events.begin(), events.end());
    return events;
}

QMap<QString, PaasTree> readTrees(const QStringList &ids, const QList<RedisValue> &replies)
{
    QMap<QString, PaasTree> trees;
    for (qsizetype i = 0; i < std::min(ids.size(), replies.size()); ++i) {
        if (replies[i].isNil() || replies[i].isError())
            continue;
        auto parsed = parsePaasTree(replies[i].toBytes());
        if (parsed.tree) {
            parsed.tree->id = ids[i];
            trees.insert(ids[i], *parsed.tree);
        }
    }
    return trees;
}

} // namespace Treewarden
