// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/rolecount.h"

#include <QSet>

#include <vector>

namespace Treewarden {

class ProblemCollector;

/// What fleetTotals(), fleetProblems(), roleHealth() and treeHealth() say, kept up to date server
/// by server: a change of one needs no walk over the ten thousand others.
class FleetRollup
{
public:
    /// Counts everything anew: another state, other trees, other maintenance.
    void rebuild(const FleetState &state, qint64 now);
    /// Counts this tree alone, which need not be one of the fleet's.
    void rebuild(const FleetState &state, const PaasTree &tree, qint64 now);
    /// Counts a server anew that changed, came or went.
    void update(const FleetState &state, const QString &ip, qint64 now);

    /// From then on, ms, something in maintenance is so no more: only rebuild() takes note of it.
    qint64 validUntil() const { return m_validUntil; }

    const FleetTotals &totals() const { return m_totals; }

    /// Of a role by its place in PaasTree::roles; unknown where there is none.
    RoleHealth role(const QString &tree, qsizetype place) const;
    Health tree(const QString &id) const;
    /// `state` is the one of the last rebuild() or update().
    QList<Problem> problems(const FleetState &state, qint64 now) const;

    /// The parts of problems(), for who puts them together in slices.
    const QSet<QString> &sickServers() const { return m_sick; }

    void addRoles(ProblemCollector &collector, const FleetState &state) const;

private:
    /// What a server adds to the totals.
    struct ServerPart
    {
        Health health = Health::Unknown;
        QList<Health> services;
    };

    struct InstancePart
    {
        Health health = Health::Unknown;
        bool isHeard = false;
    };

    struct RolePart
    {
        RoleCount count;
        int least = 1;
        bool isExcused = false; ///< the role or its tree is in maintenance
        std::vector<InstancePart> instances;

        Health health() const;
    };

    struct TreePart
    {
        bool isExcused = false;
        std::vector<RolePart> roles;

        Health health() const;
    };

    struct Place
    {
        QString tree;
        qsizetype role, instance;
    };

    void count(const ServerPart &part, int times);
    void countServer(const FleetState &state, const FleetServer &server, qint64 now);
    void addTree(const FleetState &state, const PaasTree &tree, qint64 now);
    void look(const FleetState &state, const PaasRole &role, const PaasInstance &instance,
              qint64 now, RolePart &part, InstancePart &known);

    FleetTotals m_totals;
    QHash<QString, ServerPart> m_servers;
    QSet<QString> m_sick; ///< servers that may have a problem
    QHash<QString, TreePart> m_trees;
    QHash<QString, QList<Place>> m_places; ///< the instances on a server, by ip
    qint64 m_validUntil = 0;
};

} // namespace Treewarden
