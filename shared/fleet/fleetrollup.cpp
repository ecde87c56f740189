// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetrollup.h"

#include "shared/fleet/problemcollector.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;

Health FleetRollup::RolePart::health() const
{
    return isExcused ? Health::Maintenance : count.health(least);
}

Health FleetRollup::TreePart::health() const
{
    if (isExcused)
        return Health::Maintenance;
    std::optional<Health> worst;
    for (const RolePart &role : roles) {
        if (!role.instances.empty())
            worst = std::max(worst.value_or(Health::Alive), role.health());
    }
    return worst.value_or(Health::Unknown);
}

void FleetRollup::rebuild(const FleetState &state, qint64 now)
{
    *this = {};
    m_validUntil = std::numeric_limits<qint64>::max();
    for (const Maintenance &maintenance : state.maintenance) {
        if (maintenance.until > now)
            m_validUntil = std::min(m_validUntil, maintenance.until);
    }
    m_servers.reserve(state.servers.size());
    for (const FleetServer &server : state.servers)
        countServer(state, server, now);
    for (const PaasTree &tree : state.trees)
        addTree(state, tree, now);
}

void FleetRollup::rebuild(const FleetState &state, const PaasTree &tree, qint64 now)
{
    *this = {};
    addTree(state, tree, now);
}

void FleetRollup::count(const ServerPart &part, int times)
{
    Treewarden::countServer(m_totals, part.health, times);
    for (const Health health : part.services)
        countService(m_totals, health, times);
}

void FleetRollup::countServer(const FleetState &state, const FleetServer &server, qint64 now)
{
    ServerPart part{serverHealth(state, server, now), {}};
    part.services.reserve(server.services.size());
    for (const FleetService &service : server.services)
        part.services << serviceHealth(state, server, service, now);
    count(part, 1);
    if (part.health != Health::Alive && part.health != Health::Maintenance)
        m_sick.insert(server.ip);
    m_servers.insert(server.ip, std::move(part));
}

void FleetRollup::addTree(const FleetState &state, const PaasTree &tree, qint64 now)
{
    TreePart &part = m_trees[tree.id];
    part.isExcused = isInMaintenance(state, u"paas/"_s + tree.id, now);
    part.roles.resize(size_t(tree.roles.size()));
    for (qsizetype i = 0; i < tree.roles.size(); ++i) {
        const PaasRole &role = tree.roles[i];
        RolePart &counted = part.roles[size_t(i)];
        counted.least = role.least;
        counted.isExcused = isInMaintenance(state, tree, role, now);
        counted.count.total = int(role.instances.size());
        counted.count.unheard = counted.count.total; // as InstancePart begins
        counted.instances.resize(size_t(role.instances.size()));
        for (qsizetype k = 0; k < role.instances.size(); ++k) {
            const PaasInstance &instance = role.instances[k];
            m_places[instance.ip].append({tree.id, i, k});
            look(state, role, instance, now, counted, counted.instances[size_t(k)]);
        }
    }
    ++m_totals.trees;
    m_totals.treesAlive += part.health() == Health::Alive;
}

void FleetRollup::look(const FleetState &state, const PaasRole &role, const PaasInstance &instance,
                       qint64 now, RolePart &part, InstancePart &known)
{
    const Health health = instanceHealth(state, role, instance, now);
    part.count.add(known.health, known.isHeard, -1);
    known = {health, Treewarden::isHeard(state, instance, health)};
    part.count.add(known.health, known.isHeard);
}

void FleetRollup::update(const FleetState &state, const QString &ip, qint64 now)
{
    if (const auto known = m_servers.constFind(ip); known != m_servers.cend()) {
        count(*known, -1);
        m_servers.erase(known);
        m_sick.remove(ip);
    }
    if (const auto server = state.servers.constFind(ip); server != state.servers.cend())
        countServer(state, *server, now);
    for (const Place &place : m_places.value(ip)) {
        const auto tree = state.trees.constFind(place.tree);
        TreePart &part = m_trees[place.tree];
        if (tree == state.trees.cend() || place.role >= tree->roles.size()
            || place.instance >= tree->roles[place.role].instances.size())
            continue; // another tree than at the rebuild: the next one is near
        const PaasRole &role = tree->roles[place.role];
        RolePart &counted = part.roles[size_t(place.role)];
        const bool wasAlive = part.health() == Health::Alive;
        look(state, role, role.instances[place.instance], now, counted,
             counted.instances[size_t(place.instance)]);
        m_totals.treesAlive += int(part.health() == Health::Alive) - int(wasAlive);
    }
}

RoleHealth FleetRollup::role(const QString &tree, qsizetype place) const
{
    const auto found = m_trees.constFind(tree);
    if (found == m_trees.cend() || size_t(place) >= found->roles.size())
        return {};
    const RolePart &part = found->roles[size_t(place)];
    return {part.health(), part.count.alive, part.count.total};
}

Health FleetRollup::tree(const QString &id) const
{
    const auto found = m_trees.constFind(id);
    return found == m_trees.cend() ? Health::Unknown : found->health();
}

QList<Problem> FleetRollup::problems(const FleetState &state, qint64 now) const
{
    ProblemCollector collector(state, now);
    for (const QString &ip : m_sick) {
        if (const auto server = state.servers.constFind(ip); server != state.servers.cend())
            collector.addServer(*server);
    }
    addRoles(collector, state);
    return collector.take();
}

void FleetRollup::addRoles(ProblemCollector &collector, const FleetState &state) const
{
    for (const PaasTree &tree : state.trees) {
        const auto part = m_trees.constFind(tree.id);
        const size_t known = part == m_trees.cend() ? 0 : part->roles.size();
        for (size_t i = 0; i < std::min(known, size_t(tree.roles.size())); ++i) {
            const PaasRole &role = tree.roles[qsizetype(i)];
            const RolePart &counted = part->roles[i];
            if (counted.health() == Health::Alive || counted.health() == Health::Maintenance)
                continue;
            QList<const PaasInstance *> sick;
            const size_t count = std::min(counted.instances.size(), size_t(role.instances.size()));
            for (size_t k = 0; k < count; ++k) {
                if (counted.instances[k].health != Health::Alive)
                    sick << &role.instances[qsizetype(k)];
            }
            collector.addRole(tree, role, counted.health(), sick);
        }
    }
}

} // namespace Treewarden
