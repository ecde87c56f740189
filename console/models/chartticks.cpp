// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/chartticks.h"

#include <algorithm>
#include <cmath>

namespace Treewarden {

double roundCeiling(double value, double least)
{
    value = std::clamp(value, least, 1e30);
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1., 2., 4., 6., 8.}) {
        if (value <= step * power * (1 + 1e-9))
            return step * power;
    }
    return 10 * power;
}

QList<double> valueTicks(double top)
{
    if (!(top > 0) || !std::isfinite(top))
        return {0, 1};
    const bool isPowerOfTwo = std::log2(top) == std::floor(std::log2(top)) && top >= 1;
    if (isPowerOfTwo || std::abs(roundCeiling(top, top) - top) <= top * 1e-9)
        return {0, top / 2, top};
    const double power = std::pow(10, std::floor(std::log10(top / 2)));
    double step = power;
    for (const double times : {2., 2.5, 5.}) {
        if (times * power <= top / 2)
            step = times * power;
    }
    QList<double> ticks;
    for (int i = 0; i * step <= top; ++i)
        ticks << i * step;
    return ticks;
}

QList<qint64> timeTicks(qint64 from, qint64 to, int maximum)
{
    constexpr qint64 second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
    constexpr qint64 steps[]{second,     5 * second, 10 * second, 15 * second, 30 * second, minute,
                             2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,
                             2 * hour,   3 * hour,   6 * hour,    12 * hour,   day,         7 * day,
                             30 * day,   90 * day,   365 * day};
    if (to < from || maximum < 1)
        return {};
    const auto step = std::find_if(std::begin(steps), std::end(steps),
                                   [&](qint64 s) { return (to - from) / s + 1 <= maximum; });
    if (step == std::end(steps))
        return {};
    QList<qint64> ticks;
    for (qint64 time = (from + *step - 1) / *step * *step; time <= to; time += *step)
        ticks << time;
    return ticks;
}

} // namespace Treewarden
