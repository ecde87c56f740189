// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetstate.h"
#include "shared/fleet/rolecount.h"

#include <QSet>

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

void collectProblems(const FleetState &state, const FleetServer &server,
                     const QSet<QString> &excused, qint64 now, QList<Problem> &problems)
{
    const Health health = serverHealth(state, server, now);
    if (health == Health::Died || health == Health::Unknown) {
        problems << serverProblem(server, health);
        return;
    }
    if (health != Health::Degraded)
        return;
    for (const FleetService &service : server.services) {
        const Health own = serviceHealth(state, server, service, now);
        const bool isWrong = own == Health::Died || own == Health::Unknown;
        if (isWrong && !excused.contains(instanceKey(server.ip, service.id)))
            problems << serviceProblem(server, service, own);
    }
}

/// Which problem an instance suffers from, by `ip` for a server's and `ip/role/instance` for a
/// service's.
using ProblemIndex = QHash<QString, qsizetype>;

ProblemIndex indexOf(const QList<Problem> &problems)
{
    ProblemIndex index;
    for (qsizetype i = 0; i < problems.size(); ++i)
        index.insert(problems[i].service ? instanceKey(problems[i].ip, *problems[i].service)
                                         : problems[i].ip,
                     i);
    return index;
}

/// The roles of a tree that cannot work without `role`, directly or not.
QStringList dependentsOf(const PaasTree &tree, const QString &role)
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

/// Notes at each problem the roles that it keeps from being alive, and whether one of them is dead
/// of it.
void noteRoles(const FleetState &state, qint64 now, QList<Problem> &problems,
               QHash<qsizetype, Health> &worstRole)
{
    const ProblemIndex index = indexOf(problems);
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
            const Health health = count.health(role.least);
            if (health == Health::Alive || health == Health::Maintenance
                || isInMaintenance(state, tree, role, now))
                continue;
            const QString name = tree.id + u'/' + role.role;
            const QStringList dependents
                = health == Health::Died ? dependentsOf(tree, role.role) : QStringList();
            for (const PaasInstance *instance : std::as_const(sick)) {
                const QString key = instanceKey(instance->ip, {role.role, instance->instance});
                const qsizetype at = index.value(key, index.value(instance->ip, -1));
                if (at < 0)
                    continue;
                if (!problems[at].roles.contains(name))
                    problems[at].roles << name;
                for (const QString &dependent : dependents) {
                    if (!problems[at].dependents.contains(dependent))
                        problems[at].dependents << dependent;
                }
                worstRole[at] = std::max(worstRole.value(at, Health::Alive), health);
            }
        }
    }
}

} // namespace

QList<Problem> fleetProblems(const FleetState &state, qint64 now)
{
    QList<Problem> problems;
    const QSet<QString> excused = excusedInstances(state, now);
    for (const FleetServer &server : state.servers)
        collectProblems(state, server, excused, now, problems);
    QHash<qsizetype, Health> worstRole;
    noteRoles(state, now, problems, worstRole);
    for (auto it = worstRole.cbegin(); it != worstRole.cend(); ++it) {
        Problem &problem = problems[it.key()];
        if (problem.service && problem.health == Health::Died && it.value() != Health::Died)
            problem.health = Health::Degraded;
    }
    std::sort(problems.begin(), problems.end(), [](const Problem &a, const Problem &b) {
        if (a.dependents.isEmpty() != b.dependents.isEmpty())
            return b.dependents.isEmpty();
        if (a.health != b.health)
            return a.health > b.health;
        return a.since != b.since ? a.since > b.since
                                  : std::tie(a.ip, a.service) < std::tie(b.ip, b.service);
    });
    return problems;
}

} // namespace Treewarden
