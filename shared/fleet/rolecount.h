// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// The instances of a role, counted one by one, so that a change of one needs no look at the
/// others.
struct RoleCount
{
    int total = 0, alive = 0, maintenance = 0, unheard = 0;

    /// Counts an instance, or with -1 counts it no more. `isHeard` is false when it is unknown and
    /// nobody told that its server is dead.
    void add(Health health, bool isHeard, int times = 1);
    /// By the contract's section 6, unless the role itself is in maintenance.
    Health health(int least) const;

    friend bool operator==(const RoleCount &, const RoleCount &) = default;
};

/// Counts one, or with -1 counts it no more.
void countServer(FleetTotals &totals, Health health, int times = 1);
void countService(FleetTotals &totals, Health health, int times = 1);

/// Whether somebody told how the instance stands, be it only that its server is dead.
bool isHeard(const FleetState &state, const PaasInstance &instance, Health health);
/// Whether the role, or the tree around it, is in maintenance.
bool isInMaintenance(const FleetState &state, const PaasTree &tree, const PaasRole &role,
                     qint64 now);

} // namespace Treewarden
