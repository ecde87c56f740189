// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace Treewarden {

/// The paths ("mysql.3306.alive") of members that stand twice in their object; at most `maximum`.
/// Qt's parser keeps the last one silently, so what the author wrote first would be lost. `json` is
/// valid JSON of bounded depth.
QStringList duplicateKeys(const QByteArray &json, const QString &path, qsizetype maximum = 20);

} // namespace Treewarden
