// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"
#include "shared/redis/redisconnection.h"

#include <optional>

/// Which keys a reader asks for, and what their content means (docs/protocol.md, section 2). Pure:
/// no connection here, every reply is taken as hostile and bounded.
namespace Treewarden {

/// What one transaction told about one server.
struct ServerReading
{
    FleetServer server;
    QString told; ///< session:n of its last transition
    qint64 leaseLeft = 0; ///< ms until its lease runs out; 0: it has none
};

QList<RedisConnection::Words> serverCommands(const QString &ip);
/// Nothing when the server is not enrolled (the index does not name it).
std::optional<ServerReading> readServer(const QString &ip, const QList<RedisValue> &replies);

/// The newest workload of each service, for who shows one server right after its snapshot: later
/// ones come with messages. At most 512 services, and of each no more than is ever shown.
QList<RedisConnection::Words> serviceWorkloadCommands(const FleetServer &server);
void readServiceWorkloads(const QList<RedisValue> &replies, FleetServer *server);

/// What lies beside the servers themselves.
struct IndexReading
{
    QHash<QString, bool> alive; ///< servers:alive, the index
    QList<PendingServer> pending;
    QHash<QString, Maintenance> maintenance;
    QStringList trees; ///< ids
    int ignored = 0; ///< entries that are no such thing, or beyond the bounds
};

QList<RedisConnection::Words> indexCommands();
IndexReading readIndex(const QList<RedisValue> &replies);

/// The newest events as XREVRANGE answers them or, `isOldestFirst`, as XRANGE does; always newest
/// first here.
RedisConnection::Words newestEventsCommand();
/// Those after `id`, oldest first in the reply.
RedisConnection::Words laterEventsCommand(const QString &id);
QList<Event> readEvents(const RedisValue &reply, bool isOldestFirst);

/// The trees of GET paas:{id} …; broken ones are left out.
QMap<QString, PaasTree> readTrees(const QStringList &ids, const QList<RedisValue> &replies);

inline constexpr int maximumServers = 100'000, maximumServices = 4'096, maximumTrees = 1'000,
                     maximumPending = 1'000, maximumMaintenance = 100'000, maximumEvents = 200;

} // namespace Treewarden
