// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/reasontext.h"

namespace Treewarden {

/// What the console calls things, beside what shared/fleet/reasontext.h says: one line, safe to
/// show whatever Redis holds.

/// A service where its server is known already: "mysql 3306", or "ssh" for the instance `default`.
QString serviceName(const QString &role, const QString &instance);
/// The title of a role, or its id.
QString roleTitle(const PaasRole &role);
/// "1 server", "30 servers".
QString serverCountText(qsizetype count);
/// How many of all are alive: "9,900 / 10,000".
QString aliveText(int alive, int total);
/// The short name of a Redis address for tight places: "10.0.0.7", "redis.sock", "10.0.0.7:6380/2".
QString shortAddress(const QString &address);
/// When it happened, Unix ms; 0 when it does not tell.
qint64 eventTime(const Event &event);

} // namespace Treewarden
