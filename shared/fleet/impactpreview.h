// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// What an action is done to: a service, or with role `system` a whole server.
struct ActionTarget
{
    QString ip;
    ServiceId service;

    QString text() const { return ip + u' ' + service.text(); }

    friend bool operator==(const ActionTarget &, const ActionTarget &) = default;
};

/// False for actions that take nothing away: start, reload, refresh, ping, status. What is not
/// known may.
bool mayInterrupt(QStringView action);

/// What an action does to one role of a tree.
struct RoleImpact
{
    enum class Kind {
        GoesOn, ///< with redundancy, or nothing of it was alive
        LosesRedundancy, ///< it goes on, but the next failure ends it
        GoesDown, ///< fewer than it needs are left
    };

    QString tree, role, title;
    int total = 0, alive = 0; ///< instances now
    int least = 1; ///< that must live
    int aliveWhile = 0; ///< at the worst moment
    Kind kind = Kind::GoesOn;
    QStringList dependants; ///< roles of the tree that need it, and those that need these
    QString sentence;
};

/// What an action will do to the trees.
struct Impact
{
    QList<RoleImpact> roles; ///< the worst first; roles that are not touched are left out

    bool takesDown() const
    {
        return !roles.isEmpty() && roles.first().kind == RoleImpact::Kind::GoesDown;
    }
};

/// Computes that from the live state: `atOnce` of the targets (0: all of them) are away at the same
/// moment.
Impact previewImpact(const FleetState &state, const QList<ActionTarget> &targets,
                     QStringView action, int atOnce, qint64 now);

/// How many instances of the role live that none of `taken` is or carries.
int livingWithout(const FleetState &state, const PaasRole &role, const QList<ActionTarget> &taken,
                  qint64 now);

/// Why `target` must not be taken away while `taken` is: the role that would go below what it
/// needs, a sentence; empty where there is none. An instance that is not alive takes nothing away.
QString takingTooMuch(const FleetState &state, const ActionTarget &target,
                      const QList<ActionTarget> &taken, qint64 now);

/// The roles that need `role`, directly or through others.
QStringList dependantsOf(const PaasTree &tree, const QString &role);

} // namespace Treewarden
