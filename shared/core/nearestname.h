// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Treewarden {

/// How many letters must be put in, left out or replaced to turn `a` into `b` (Levenshtein). Both
/// are cut to 64 letters first.
int editDistance(QStringView a, QStringView b);

/// The one of `names` that `name` was probably meant to be; the first of equals, empty when there
/// are none.
QString nearestName(QStringView name, const QStringList &names);

} // namespace Treewarden
