// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/problemcollector.h"
#include "shared/fleet/rolecount.h"

#include <algorithm>
#include <tuple>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QString instanceKey(const QString &ip, const ServiceId &service)
{
    return ip + u'/' + service.role + u'/' + service.instance;
}

Problem serverProblem(const FleetServer &server, Health health)
{
    Problem problem;
    problem.health = health;
    problem.ip = server.ip;
    problem.since = server.since;
    for (const FleetService &service : server.services)
        problem.services << service.id.text();
    return problem;
}

Problem serviceProblem(const FleetServer &server, const FleetService &service, Health health)
{
    Problem problem;
    problem.health = health;
    problem.ip = server.ip;
    problem.service = service.id;
    problem.since = service.state.since;
    problem.reason = service.state.reason;
    problem.code = service.state.code;
    problem.args = service.state.args;
    return problem;
}

/// The instances (`ip/role/instance`) that belong to roles or trees in maintenance, and to none
/// that is not.
QSet<QString> excusedInstances(const FleetState &state, qint64 now)
{
    QSet<QString> excused, needed;
    const bool isAny = std::any_of(
        state.maintenance.keyBegin(), state.maintenance.keyEnd(), [&](const QString &key) {
            return key.startsWith(u"paas/"_s) && isInMaintenance(state, key, now);
        });
    if (!isAny)
        return excused;
    for (const PaasTree &tree : state.trees) {
        const QString treeKey = u"paas/"_s + tree.id;
        const bool isTreeExcused = isInMaintenance(state, treeKey, now);
        for (const PaasRole &role : tree.roles) {
            const bool isExcused
                = isTreeExcused || isInMaintenance(state, treeKey + u'/' + role.role, now);
            for (const PaasInstance &instance : role.instances)
                (isExcused ? excused : needed)
                    << instanceKey(instance.ip, {role.role, instance.instance});
        }
    }
    return excused.subtract(needed);
}

} // namespace

ProblemCollector::ProblemCollector(const FleetState &state, qint64 now)
    : m_state(state)
    , m_now(now)
    , m_excused(excusedInstances(state, now))
{
}

void ProblemCollector::addServer(const FleetServer &server)
{
    const Health health = serverHealth(m_state, server, m_now);
    if (health == Health::Died || health == Health::Unknown) {
        m_problems << serverProblem(server, health);
        return;
    }
    if (health != Health::Degraded)
        return;
    for (const FleetService &service : server.services) {
        const Health own = serviceHealth(m_state, server, service, m_now);
        const bool isWrong = own == Health::Died || own == Health::Unknown;
        if (isWrong && !m_excused.contains(instanceKey(server.ip, service.id)))
            m_problems << serviceProblem(server, service, own);
    }
}

void ProblemCollector::indexProblems()
{
    for (qsizetype i = m_index.size(); i < m_problems.size(); ++i) {
        const Problem &problem = m_problems[i];
        m_index.insert(problem.service ? instanceKey(problem.ip, *problem.service) : problem.ip, i);
    }
}

/// The roles of a tree that cannot work without `role`, directly or not.
QStringList ProblemCollector::dependentsOf(const PaasTree &tree, const QString &role) const
{
    QStringList found{role};
    for (qsizetype i = 0; i < found.size(); ++i) { // grows while it goes
        for (const PaasRole &other : tree.roles) {
            if (other.needs.contains(found[i]) && !found.contains(other.role))
                found << other.role;
        }
    }
    found.removeFirst();
    for (QString &name : found)
        name = tree.id + u'/' + name;
    return found;
}

void ProblemCollector::note(Problem &problem, const QString &role,
                            const QStringList &dependents) const
{
    if (!problem.roles.contains(role))
        problem.roles << role;
    for (const QString &dependent : dependents) {
        if (!problem.dependents.contains(dependent))
            problem.dependents << dependent;
    }
}

/// Notes at each problem the roles that it keeps from being alive, and whether one of them is dead
/// of it.
void ProblemCollector::addRole(const PaasTree &tree, const PaasRole &role, Health health,
                               const QList<const PaasInstance *> &sick)
{
    if (health == Health::Alive || health == Health::Maintenance
        || isInMaintenance(m_state, tree, role, m_now))
        return;
    indexProblems();
    const QString name = tree.id + u'/' + role.role;
    const QStringList dependents
        = health == Health::Died ? dependentsOf(tree, role.role) : QStringList();
    for (const PaasInstance *instance : sick) {
        const QString key = instanceKey(instance->ip, {role.role, instance->instance});
        const qsizetype at = m_index.value(key, m_index.value(instance->ip, -1));
        if (at < 0)
            continue;
        note(m_problems[at], name, dependents);
        m_worstRole[at] = std::max(m_worstRole.value(at, Health::Alive), health);
    }
}

QList<Problem> ProblemCollector::take()
{
    for (auto it = m_worstRole.cbegin(); it != m_worstRole.cend(); ++it) {
        Problem &problem = m_problems[it.key()];
        if (problem.service && problem.health == Health::Died && it.value() != Health::Died)
            problem.health = Health::Degraded;
    }
    std::sort(m_problems.begin(), m_problems.end(), [](const Problem &a, const Problem &b) {
        if (a.dependents.isEmpty() != b.dependents.isEmpty())
            return b.dependents.isEmpty();
        if (a.health != b.health)
            return a.health > b.health;
        return a.since != b.since ? a.since > b.since
                                  : std::tie(a.ip, a.service) < std::tie(b.ip, b.service);
    });
    return std::move(m_problems);
}

QList<Problem> fleetProblems(const FleetState &state, qint64 now)
{
    ProblemCollector collector(state, now);
    for (const FleetServer &server : state.servers)
        collector.addServer(server);
    for (const PaasTree &tree : state.trees) {
        for (const PaasRole &role : tree.roles) {
            RoleCount count;
            QList<const PaasInstance *> sick;
            for (const PaasInstance &instance : role.instances) {
                const Health own = instanceHealth(state, role, instance, now);
                count.add(own, isHeard(state, instance, own));
                if (own != Health::Alive)
                    sick << &instance;
            }
            collector.addRole(tree, role, count.health(role.least), sick);
        }
    }
    return collector.take();
}

} // namespace Treewarden
