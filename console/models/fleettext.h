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
/// When it happened, Unix ms; 0 when it does not tell.
qint64 eventTime(const Event &event);

} // namespace Treewarden
