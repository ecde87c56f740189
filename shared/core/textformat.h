// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Treewarden {

/// `text` fit to be shown: control, format and bidirectional-override characters and lone
/// surrogates written as \u{…}, never a second line, and at most `maximum` characters of that (then
/// "…").
QString oneLine(QStringView text, qsizetype maximum = 500);

/// 1536 → "1.5 KiB"; binary prefixes, at most one decimal.
QString formatBytes(qint64 bytes);

/// An age or a span in at most two units: "12 s", "6 min", "3 h 18 min", "41 d". Translated.
QString formatDuration(qint64 milliseconds);

} // namespace Treewarden
