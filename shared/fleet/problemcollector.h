// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QSet>

#include <vector>

namespace Treewarden {

/// Puts the problems of a fleet together: first all servers that may have one, then all roles that
/// may be degraded, then take().
class ProblemCollector
{
public:
    /// `state` must outlive it.
    ProblemCollector(const FleetState &state, qint64 now);

    void addServer(const FleetServer &server);
    /// `health` is that of the role by its instances, `sick` those that are not alive.
    void addRole(const PaasTree &tree, const PaasRole &role, Health health,
                 const QList<const PaasInstance *> &sick);
    /// As fleetProblems() gives them.
    QList<Problem> take();

private:
    void indexProblems();
    qsizetype problemOf(const PaasRole &role, const PaasInstance &instance) const;
    QStringList dependentsOf(const PaasTree &tree, const QString &role) const;
    void note(Problem &problem, const QString &role, const QStringList &dependents) const;

    const FleetState &m_state;
    qint64 m_now;
    QSet<QString> m_excused; ///< `ip/role/instance`
    QList<Problem> m_problems;
    QHash<QString, qsizetype> m_firstOf; ///< by ip: those of a server stand together
    qsizetype m_indexed = 0; ///< problems that m_firstOf knows
    std::vector<Health> m_worstRole; ///< by problem; alive: it degrades none
};

} // namespace Treewarden
