// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Treewarden {

/// Round values for the axes of charts: to divide an axis into equal parts gives whatever
/// figures come out.

/// The smallest of 1, 2, 4, 6, 8, 10 times a power of ten that is not below `value`, and not below
/// `least`.
double roundCeiling(double value, double least = 1);

/// From 0 to `top`: its half and itself where both are round or powers of two, else the multiples
/// of the largest round step that fits twice. Two to five values.
QList<double> valueTicks(double top);

/// Times from `from` to `to` (Unix ms, both included) that are round by the local clock and
/// calendar, in the smallest step that gives at most `maximum`.
QList<qint64> timeTicks(qint64 from, qint64 to, int maximum = 8);
/// What stands at a tick: "17:20", "17:20:30", at midnight the date, the month, the year;
/// `distance` is that of two ticks, ms.
QString tickText(qint64 tick, qint64 distance);

/// "26 Nov".
QString dayText(qint64 time);
/// "26 Nov, 16:20 – 17:20", "24 Nov – 1 Dec".
QString spanText(qint64 from, qint64 to);

} // namespace Treewarden
