// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// The word of a state in the language of the program, the same everywhere: "alive", "degraded" …
QString healthText(Health health);

/// Why something is not alive, in the language of the program: the sentence of `code` filled with
/// `args` (docs/probes.md), or the English one where the code is unknown or lacks what its sentence
/// needs. One line, whatever the agent sent.
QString reasonText(const QString &code, const QJsonObject &args, const QString &english);

inline QString reasonText(const ServiceState &state)
{
    return reasonText(state.code, state.args, state.reason);
}

/// "nginx on web-03", "redis 6380 on db-01": without the instance where it is the role's usual one.
QString serviceText(const FleetState &state, const QString &ip, const ServiceId &service);
/// The host name of a server, or its ip; one line.
QString serverText(const FleetState &state, const QString &ip);

/// What happened, one sentence: "nginx on web-03 died", "Server db-02 died; 9 services with it",
/// "redis 6380 on db-01 alive after 1 s" (how long it was away comes from the events in `state`).
QString eventText(const Event &event, const FleetState &state);

/// The state that an event led to, for its icon; nothing for what is no change between alive and
/// died.
std::optional<Health> eventHealth(const Event &event);

} // namespace Treewarden
