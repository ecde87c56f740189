// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

/// Fleets for tests of what shows one: plain data, the same at every run.
namespace Treewarden {

/// 30 servers and six trees as an evening has them: db-02 died with 9 services, nginx on web-03
/// died, mon-01 is unknown, file-02 is in maintenance, stage-01 asks to be enrolled, gear-02 is
/// busy and db-03's disk nearly full.
FleetState demoFleet(qint64 now);
/// The same fleet on a good day: everything is alive.
FleetState calmFleet(qint64 now);
FleetState emptyFleet();
/// `servers` alive servers with 10 services each, every 100th died, every 25th degraded; one tree
/// of all web servers.
FleetState hugeFleet(int servers, qint64 now = 1'700'000'000'000);

/// One sample a second up to `now` (newest last) around the server's workload: a smooth walk.
QList<WorkloadSample> demoSamples(const FleetServer &server, int count, qint64 now);

} // namespace Treewarden
