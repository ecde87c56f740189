// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/chartmark.h"
#include "console/models/workloadtracks.h"

namespace Treewarden {

/// Marks that no event tells, from `from` to `to` (Unix ms): where the time since the last boot
/// falls, the server was started again; and its agent's last start.
QList<ChartMark> startMarks(const WorkloadTracks &tracks, const FleetServer *server, qint64 from,
                            qint64 to);

/// Where a silent server's lines end, even when its event is long gone: nothing when a mark stands
/// there already. `last`: its newest sample.
std::optional<ChartMark> silenceMark(const FleetServer &server, qint64 last, qint64 end,
                                     const QList<ChartMark> &known);

} // namespace Treewarden
