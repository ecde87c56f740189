// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// A made-up fleet of fourteen servers and two trees on addresses that nobody has (RFC 5737), on a
/// day with one problem; for people who want to see the console before they have agents.
FleetState exampleFleet(qint64 now);

/// The load of a made-up server at a moment; `number` is any number of its own.
WorkloadSample exampleWorkload(int number, qint64 now);

} // namespace Treewarden
