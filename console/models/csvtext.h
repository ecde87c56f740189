// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace Treewarden {

/// One line of RFC 4180 in UTF-8, ended by CR LF. What a spreadsheet would take for a formula gets
/// an apostrophe before it.
QByteArray csvLine(const QStringList &cells);

} // namespace Treewarden
