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
        if (isWrong
            && (m_excused.isEmpty() || !m_excused.contains(instanceKey(server.ip, service.id))))
            m_problems << serviceProblem(server, service, own);
    }
}

void ProblemCollector::indexProblems()
{
    for (; m_indexed < m_problems.size(); ++m_indexed) {
        if (m_indexed == 0 || m_problems[m_indexed].ip != m_problems[m_indexed - 1].ip)
            m_firstOf.insert(m_problems[m_indexed].ip, m_indexed);
    }
    m_worstRole.resize(size_t(m_indexed), Health::Alive);
}

/// What an instance suffers from: its own death, or its server's; -1: neither.
qsizetype ProblemCollector::problemOf(const PaasRole &role, const PaasInstance &instance) const
{
    const auto isOfIt = [&](const Problem &problem) {
        return !problem.service
            || (problem.service->role == role.role
                && problem.service->instance == instance.instance);
    };
    const qsizetype first = m_firstOf.value(instance.ip, m_problems.size());
    for (qsizetype i = first; i < m_problems.size() && m_problems[i].ip == instance.ip; ++i) {
        if (isOfIt(m_problems[i]))
            return i;
    }
    return -1;
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
        const qsizetype at = problemOf(role, *instance);
        if (at < 0)
            continue;
        note(m_problems[at], name, dependents);
        m_worstRole[size_t(at)] = std::max(m_worstRole[size_t(at)], health);
    }
}

/// Sorts what orders them instead of the problems: thousands of those are slow to move about.
QList<Problem> ProblemCollector::take()
{
    struct Rank
    {
        bool isNeeded;
        Health health;
        qint64 since;
        qsizetype at;
    };

    std::vector<Rank> ranks;
    ranks.reserve(size_t(m_problems.size()));
    indexProblems();
    for (qsizetype i = 0; i < m_problems.size(); ++i) {
        Problem &problem = m_problems[i];
        const Health worst = m_worstRole[size_t(i)];
        const bool isServing = worst != Health::Alive && worst != Health::Died;
        if (problem.service && problem.health == Health::Died && isServing)
            problem.health = Health::Degraded;
        ranks.push_back({!problem.dependents.isEmpty(), problem.health, problem.since, i});
    }
    std::sort(ranks.begin(), ranks.end(), [this](const Rank &a, const Rank &b) {
        if (std::tie(a.isNeeded, a.health, a.since) != std::tie(b.isNeeded, b.health, b.since))
            return std::tie(a.isNeeded, a.health, a.since)
                > std::tie(b.isNeeded, b.health, b.since);
        const Problem &one = m_problems[a.at], &other = m_problems[b.at];
        return std::tie(one.ip, one.service) < std::tie(other.ip, other.service);
    });
    QList<Problem> sorted;
    sorted.reserve(m_problems.size());
    for (const Rank &rank : ranks)
        sorted << std::move(m_problems[rank.at]);
    return sorted;
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
