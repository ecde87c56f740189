// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetstate.h"

#include "shared/fleet/rolecount.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QString serviceKey(const QString &ip, const ServiceId &service)
{
    return ip + u'/' + service.role + u'/' + service.instance;
}

Health ownHealth(const ServiceState &state)
{
    if (!state.alive)
        return Health::Unknown;
    return *state.alive ? Health::Alive : Health::Died;
}

} // namespace

QString healthWord(Health health)
{
    switch (health) {
    case Health::Alive:
        return u"alive"_s;
    case Health::Maintenance:
        return u"maintenance"_s;
    case Health::Unknown:
        return u"unknown"_s;
    case Health::Degraded:
        return u"degraded"_s;
    case Health::Died:
        return u"died"_s;
    }
    return {};
}

Health FleetServer::health() const
{
    if (!alive || (!*alive && !wasSeen))
        return Health::Unknown;
    if (!*alive)
        return Health::Died;
    const bool isWhole
        = std::all_of(services.begin(), services.end(), [](const FleetService &service) {
              return service.state.alive.value_or(false);
          });
    return isWhole ? Health::Alive : Health::Degraded;
}

Health FleetServer::serviceHealth(const FleetService &service) const
{
    return alive.value_or(false) ? ownHealth(service.state) : Health::Unknown;
}

bool isInMaintenance(const FleetState &state, const QString &key, qint64 now)
{
    const auto found = state.maintenance.constFind(key);
    return found != state.maintenance.cend() && found->until > now;
}

Health serverHealth(const FleetState &state, const FleetServer &server, qint64 now)
{
    if (isInMaintenance(state, server.ip, now))
        return Health::Maintenance;
    const Health own = server.health();
    if (own != Health::Degraded || state.maintenance.isEmpty())
        return own;
    Health worst = Health::Alive;
    for (const FleetService &service : server.services)
        worst = std::max(worst, serviceHealth(state, server, service, now));
    return worst > Health::Maintenance ? Health::Degraded : worst;
}

Health serviceHealth(const FleetState &state, const FleetServer &server,
                     const FleetService &service, qint64 now)
{
    if (!state.maintenance.isEmpty()
        && (isInMaintenance(state, server.ip, now)
            || isInMaintenance(state, serviceKey(server.ip, service.id), now))) {
        return Health::Maintenance;
    }
    return server.serviceHealth(service);
}

Health instanceHealth(const FleetState &state, const PaasRole &role, const PaasInstance &instance,
                      qint64 now)
{
    if (!state.maintenance.isEmpty()
        && (isInMaintenance(state, instance.ip, now)
            || isInMaintenance(state, serviceKey(instance.ip, {role.role, instance.instance}),
                               now))) {
        return Health::Maintenance;
    }
    const auto server = state.servers.constFind(instance.ip);
    if (server == state.servers.cend())
        return Health::Unknown;
    const auto service = server->services.constFind({role.role, instance.instance});
    return service == server->services.cend() ? Health::Unknown : server->serviceHealth(*service);
}

void countServer(FleetTotals &totals, Health health, int times)
{
    totals.servers += times;
    switch (health) {
    case Health::Alive:
    case Health::Degraded:
        totals.serversAlive += times;
        break;
    case Health::Maintenance:
        totals.serversMaintenance += times;
        break;
    case Health::Unknown:
        totals.serversUnknown += times;
        break;
    case Health::Died:
        totals.serversDied += times;
        break;
    }
}

void countService(FleetTotals &totals, Health health, int times)
{
    totals.services += times;
    switch (health) {
    case Health::Alive:
        totals.servicesAlive += times;
        break;
    case Health::Maintenance:
        totals.servicesMaintenance += times;
        break;
    case Health::Unknown:
        totals.servicesUnknown += times;
        break;
    case Health::Degraded:
    case Health::Died:
        totals.servicesDied += times;
        break;
    }
}

void RoleCount::add(Health health, bool isHeard, int times)
{
    total += times;
    alive += health == Health::Alive ? times : 0;
    maintenance += health == Health::Maintenance ? times : 0;
    unheard += isHeard ? 0 : times;
}

Health RoleCount::health(int least) const
{
    if (total == 0 || unheard == total)
        return Health::Unknown;
    if (alive == total)
        return Health::Alive;
    if (alive + maintenance == total)
        return Health::Maintenance;
    return alive < least ? Health::Died : Health::Degraded;
}

bool isHeard(const FleetState &state, const PaasInstance &instance, Health health)
{
    if (health != Health::Unknown)
        return true;
    // The services of a dead server are unknown, but that it is dead was told.
    const auto server = state.servers.constFind(instance.ip);
    return server != state.servers.cend() && server->health() == Health::Died;
}

bool isInMaintenance(const FleetState &state, const PaasTree &tree, const PaasRole &role,
                     qint64 now)
{
    const QString treeKey = u"paas/"_s + tree.id;
    return isInMaintenance(state, treeKey, now)
        || isInMaintenance(state, treeKey + u'/' + role.role, now);
}

RoleHealth roleHealth(const FleetState &state, const PaasTree &tree, const PaasRole &role,
                      qint64 now)
{
    RoleCount count;
    for (const PaasInstance &instance : role.instances) {
        const Health health = instanceHealth(state, role, instance, now);
        count.add(health, isHeard(state, instance, health));
    }
    return {isInMaintenance(state, tree, role, now) ? Health::Maintenance
                                                    : count.health(role.least),
            count.alive, count.total};
}

Health treeHealth(const FleetState &state, const PaasTree &tree, qint64 now)
{
    if (isInMaintenance(state, u"paas/"_s + tree.id, now))
        return Health::Maintenance;
    std::optional<Health> worst;
    for (const PaasRole &role : tree.roles) {
        if (!role.instances.isEmpty())
            worst = std::max(worst.value_or(Health::Alive),
                             roleHealth(state, tree, role, now).health);
    }
    return worst.value_or(Health::Unknown);
}

FleetTotals fleetTotals(const FleetState &state, qint64 now)
{
    FleetTotals totals;
    for (const FleetServer &server : state.servers) {
        countServer(totals, serverHealth(state, server, now));
        for (const FleetService &service : server.services)
            countService(totals, serviceHealth(state, server, service, now));
    }
    for (const PaasTree &tree : state.trees) {
        ++totals.trees;
        totals.treesAlive += treeHealth(state, tree, now) == Health::Alive;
    }
    return totals;
}

} // namespace Treewarden
