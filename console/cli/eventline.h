// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/terminal.h"
#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// "2026-01-31 17:20:41  ■ mysql on db-01 died: no process …": one line. `state` gives servers
/// their names and tells how long something was away.
QString eventLine(const Event &event, const FleetState &state, const Terminal &terminal);

/// The event as the command line's --json has it: {"id","type","ip",…the message}.
QByteArray eventJson(const Event &event);

} // namespace Treewarden
