// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionscope.h"
#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// "18:00", on another day "2023-11-16 18:00".
QString momentText(qint64 time, qint64 now);

/// "In maintenance until 18:00. chen: disk exchange"; one line, safe to show.
QString maintenanceText(const Maintenance &maintenance, qint64 now);

/// The maintenance that holds for any of these keys now, the longest; nothing when there is none.
std::optional<Maintenance> presentMaintenance(const FleetState &state, const QStringList &keys,
                                              qint64 now);

/// What a target is called: "db-01", "mysql 3306 on db-01", "mysql in dev", "3 servers".
QString targetText(const FleetState &state, const ActionScope &target);

} // namespace Treewarden
