// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/jsonwriter.h"
#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// The JSON that /api/v1/… and the command line's --json share (docs/protocol.md, section 8). Only
/// what a visitor may see: no configurations, command texts, file paths, people or key ids.

/// One element of the fleet's `servers`: ip, hostname, alive, health, since, workload (what a table
/// shows of it), sampled, services.
void writeServerSummary(JsonWriter &writer, const FleetState &state, const FleetServer &server,
                        qint64 now);
/// {"generated":ms,"totals":{…},"servers":[…]}, servers sorted worst first, then by ip.
QByteArray fleetJson(const FleetState &state, qint64 now);
/// The `servers` of it alone.
QByteArray serversJson(const FleetState &state, qint64 now);
/// One server with its facts, services and recent events.
QByteArray serverJson(const FleetState &state, const FleetServer &server, qint64 now);
/// [{"id","title","version","health","roles":[{"role","title","group","health","alive","total","instances":[…]}]}]
QByteArray treesJson(const FleetState &state, qint64 now);
QByteArray treeJson(const FleetState &state, const PaasTree &tree, qint64 now);
/// [{"id","type","ip",…the message}], newest first.
QByteArray eventsJson(const QList<Event> &events);

} // namespace Treewarden
