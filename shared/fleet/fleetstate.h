// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/paastree.h"
#include "shared/protocol/event.h"
#include "shared/protocol/serverinfo.h"
#include "shared/protocol/servicestate.h"
#include "shared/protocol/toldobject.h"
#include "shared/protocol/updatemessage.h"
#include "shared/protocol/workloadtext.h"

#include <QHash>
#include <QList>
#include <QMap>

#include <optional>

namespace Treewarden {

/// How something stands, worst last by weight: died > degraded > unknown > maintenance > alive.
enum class Health { Alive, Maintenance, Unknown, Degraded, Died };

/// "alive", "maintenance", "unknown", "degraded", "died": the words of the wire; windows translate
/// them.
QString healthWord(Health health);

/// One service as the keys and messages tell it.
struct FleetService
{
    ServiceId id;
    ServiceState state;
    ToldObject workload; ///< newest, or empty
};

/// One enrolled server.
struct FleetServer
{
    QString ip;
    std::optional<bool>
        alive; ///< servers:alive; absent: never seen, or its lease is missing while nobody sweeps
    bool wasSeen = false; ///< it has a server:info
    qint64 since = 0; ///< ms of the last change
    ServerInfo info;
    ToldWorkload workload; ///< newest; timestamp 0: none
    QMap<ServiceId, FleetService> services;

    QString displayName() const { return info.hostname.isEmpty() ? ip : info.hostname; }

    /// Died, Unknown (also: never seen), Degraded (a service is not alive) or Alive; maintenance is
    /// serverHealth()'s.
    Health health() const;
    /// The service's own state, unknown while the server is not alive.
    Health serviceHealth(const FleetService &service) const;
};

struct Maintenance
{
    qint64 until = 0;
    QString by, reason;

    friend bool operator==(const Maintenance &, const Maintenance &) = default;
};

/// A server that asks to be enrolled: servers:pending.
struct PendingServer
{
    QString ip, machineId, hostname;
    QJsonObject json; ///< everything it told, with `services`

    friend bool operator==(const PendingServer &, const PendingServer &) = default;
};

/// The whole fleet at one moment, plain data without behaviour of its own.
struct FleetState
{
    QHash<QString, FleetServer> servers; ///< by ip
    QMap<QString, PaasTree> trees; ///< by id
    QHash<QString, Maintenance> maintenance; ///< by `ip`, `ip/role/instance`, `paas/id[/role]`
    QList<PendingServer> pending;
    QList<Event> events; ///< the newest 200, newest first
    QList<CommandMessage> commands; ///< what runs and what ended, the newest 200, newest first
};

/// True while `key` (a key of FleetState::maintenance) has a maintenance that has not ended.
bool isInMaintenance(const FleetState &state, const QString &key, qint64 now);
/// FleetServer::health(), or Maintenance when declared. `now` in ms, as everywhere here.
Health serverHealth(const FleetState &state, const FleetServer &server, qint64 now);
/// FleetServer::serviceHealth(), or Maintenance when declared for the service or its server.
Health serviceHealth(const FleetState &state, const FleetServer &server,
                     const FleetService &service, qint64 now);

/// A role of a tree, rolled up over its instances.
struct RoleHealth
{
    Health health = Health::Unknown;
    int alive = 0, total = 0;
};

/// The contract's section 6: alive when all instances are, died when fewer than `least` live, else
/// degraded; unknown when nobody tells; maintenance when declared, or when nothing but maintenance
/// keeps an instance from living. A role without instances is unknown with a total of 0.
RoleHealth roleHealth(const FleetState &state, const PaasTree &tree, const PaasRole &role,
                      qint64 now);
/// The state of one instance of a role.
Health instanceHealth(const FleetState &state, const PaasRole &role, const PaasInstance &instance,
                      qint64 now);
/// A tree shows its worst role; roles without instances don't count.
Health treeHealth(const FleetState &state, const PaasTree &tree, qint64 now);

struct FleetTotals
{
    int servers = 0, serversAlive = 0, serversDied = 0, serversUnknown = 0, serversMaintenance = 0;
    int services = 0, servicesAlive = 0, servicesDied = 0, servicesUnknown = 0,
        servicesMaintenance = 0;
    int trees = 0, treesAlive = 0;

    friend bool operator==(const FleetTotals &, const FleetTotals &) = default;
};

/// A degraded server counts as alive; the services of a server that is not alive count as unknown.
FleetTotals fleetTotals(const FleetState &state, qint64 now);

/// One thing that is wrong now, grouped by cause: a server that died hides the deaths of its
/// services.
struct Problem
{
    Health health = Health::Died;
    QString ip;
    std::optional<ServiceId> service; ///< absent: the server itself
    qint64 since = 0;
    QString reason, code; ///< of the service, English, and its code
    QJsonObject args; ///< what the code's sentence is filled with
    QStringList services; ///< that went with a server, "mysql:3306"
    QStringList roles; ///< of trees that it degrades, "dev/mysql"
    QStringList dependents; ///< roles that need one that is dead of it, "dev/nginx"
};

/// What others need and is dead comes first, then worst and newest first; nothing that is in
/// maintenance, by itself, its server, or all the roles and trees it belongs to. A died service
/// whose roles all go on serving is Degraded.
QList<Problem> fleetProblems(const FleetState &state, qint64 now);

} // namespace Treewarden
