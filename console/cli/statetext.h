// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/texttable.h"
#include "shared/fleet/fleetstate.h"

#include <optional>

namespace Treewarden {

/// "● alive", "■ died" …: the shape tells it without the colour, the word without both.
TableCell stateCell(Health health);
/// The same; what is not alive behind a maintenance stands beside: "⬢ maintenance (died)".
TableCell stateCell(Health health, Health own);
/// The shape alone.
QString stateGlyph(Health health);
Tone stateTone(Health health);

/// "3 h 18 min" since `then`, an en dash when that is not known (0) or not yet.
QString ageText(qint64 then, qint64 now);
/// The number with at most `decimals` places, an en dash when it is not known.
QString numberText(std::optional<double> number, int decimals = 1);
/// 12.5 of 50 as a share in percent, an en dash when one of them is not known.
QString percentText(std::optional<qint64> part, std::optional<qint64> whole);
/// Bytes, an en dash when not known.
QString bytesText(std::optional<qint64> bytes);
/// A local time, "2026-01-31 17:20:41".
QString timeText(qint64 milliseconds);

/// What stands where nothing is known.
inline const QString notKnown = QStringLiteral("–");

} // namespace Treewarden
