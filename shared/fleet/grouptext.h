// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Treewarden {

/// The title of a group of a service tree in the reader's language. Trees carry the groups of the
/// original's tree (knownRoles()) in English; any other is the administrator's own words, and
/// stays.
QString groupText(const QString &group);

} // namespace Treewarden
