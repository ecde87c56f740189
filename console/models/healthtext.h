// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// The word of a state, the same everywhere: "alive", "degraded", … translated.
QString healthText(Health health);
/// "1 server", "30 servers".
QString serverCountText(qsizetype count);
/// The short name of a Redis address for tight places: "10.0.0.7", "redis.sock", "10.0.0.7:6380/2".
QString shortAddress(const QString &address);

} // namespace Treewarden
