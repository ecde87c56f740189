// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <optional>

namespace Treewarden {

/// What people call things and what happened to them: translated, one line, safe to show whatever
/// Redis holds.

/// "mysql 3306", or "ssh" for the instance `default`.
QString serviceName(const QString &role, const QString &instance);
/// The hostname of a server, or its ip.
QString serverName(const FleetState &state, const QString &ip);
/// Title and id of a role as its tree has it.
QString roleTitle(const PaasRole &role);
/// Why a service is not alive, a sentence; empty when nobody told.
QString reasonSentence(const ServiceState &state);

/// One event as a sentence: "nginx 80 on web-03 died: 0 processes found, 4 expected".
QString eventSentence(const FleetState &state, const Event &event);
/// What the event says about its subject's state; nothing for what changes no state.
std::optional<Health> eventHealth(const Event &event);
/// When it happened, Unix ms; 0 when it does not tell.
qint64 eventTime(const Event &event);

} // namespace Treewarden
