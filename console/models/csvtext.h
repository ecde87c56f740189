// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace Treewarden {

/// One cell of RFC 4180, quoted where it must be. What a spreadsheet would take for a formula gets
/// an apostrophe before it.
QString csvCell(const QString &text);
/// One line of such cells in UTF-8, ended by CR LF.
QByteArray csvLine(const QStringList &cells);

} // namespace Treewarden
