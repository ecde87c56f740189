// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// Puts every service of the fleet into the first role of its name, and leaves out roles that then
/// have no instance.
PaasTree filledFromFleet(PaasTree tree, const FleetState &fleet);

} // namespace Treewarden
