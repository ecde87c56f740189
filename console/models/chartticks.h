// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

namespace Treewarden {

/// Round values for the axes of charts; Qt Charts divides an axis into equal parts, whatever
/// figures come out.

/// The smallest of 1, 2, 4, 6, 8, 10 times a power of ten that is not below `value`, and not below
/// `least`.
double roundCeiling(double value, double least = 1);

/// From 0 to `top`: its half and itself where both are round or powers of two, else the multiples
/// of the largest round step that fits twice. Two to five values.
QList<double> valueTicks(double top);

/// Clock times from `from` to `to` (Unix ms, both included) in the smallest round step that gives
/// at most `maximum`.
QList<qint64> timeTicks(qint64 from, qint64 to, int maximum = 8);

} // namespace Treewarden
