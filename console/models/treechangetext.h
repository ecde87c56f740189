// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treechange.h"
#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// What a change does, a short sentence without a full stop: "Nginx needs Redis now". `tree` names
/// the roles: one that has them, from before or after the change.
QString changeText(const TreeChange &change, const PaasTree &tree, const FleetState &state);

/// An instance where its role is known already: "3306 on db-01", "web-01" for the usual one.
QString instanceText(const PaasInstance &instance, const FleetState &state);
/// The title of a group of a tree, one line; "no group" for none.
QString groupTitle(const QString &group);

} // namespace Treewarden
