// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// The word of a state, the same everywhere: "alive", "degraded", … translated.
QString healthText(Health health);

} // namespace Treewarden
