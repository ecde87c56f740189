// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/historychunk.h"

#include <rapidcheck.h>

namespace Treewarden {

/// What a chunk gives back of a value.
inline double kept(MetricUnit unit, double value)
{
    const qint64 steps = unit.steps(value);
    return steps == MetricUnit::noSteps ? notMeasured : unit.value(steps);
}

/// Equal, or both not measured.
inline bool isSame(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

inline double someValue(bool isSteady)
{
    if (*rc::gen::inRange(0, 20) == 0)
        return notMeasured;
    if (isSteady)
        return double(*rc::gen::inRange(0, 10'000)) / 100;
    return *rc::gen::arbitrary<double>();
}

/// Any chunk within the limits, with gaps, values that no unit holds, and names of any bytes.
inline HistoryChunk someChunk()
{
    HistoryChunk chunk;
    chunk.isSummary = *rc::gen::arbitrary<bool>();
    chunk.interval = *rc::gen::inRange<qint64>(1, 4'000'000);
    const int rows = *rc::gen::inRange(1, HistoryChunk::mostRows + 1);
    const int fields = *rc::gen::inRange(1, 12);
    qint64 time = *rc::gen::inRange<qint64>(0, 2'000'000'000'000);
    for (int row = 0; row < rows; ++row) {
        chunk.times.push_back(time);
        time += *rc::gen::inRange(0, 5) == 0 ? *rc::gen::inRange<qint64>(1, 100'000'000)
                                             : chunk.interval;
        if (chunk.isSummary)
            chunk.counts.push_back(*rc::gen::inRange<qint64>(1, chunk.interval + 1));
    }
    for (int field = 0; field < fields; ++field) {
        const auto known = *rc::gen::inRange<size_t>(0, 2 * knownMetricCount);
        QByteArray name("x" + QByteArray::number(field) + '.');
        if (known < knownMetricCount)
            name = knownMetrics()[known].name;
        else
            name += QByteArray::fromStdString(*rc::gen::arbitrary<std::string>()).left(200);
        chunk.names.push_back(name);
        chunk.units.push_back(unitOfName(name));
        const bool isSteady = *rc::gen::inRange(0, 4) != 0;
        for (int row = 0; row < rows; ++row) {
            const double value = someValue(isSteady);
            chunk.averages.push_back(value);
            if (chunk.isSummary) {
                chunk.minima.push_back(value - *rc::gen::inRange(0, 50));
                chunk.maxima.push_back(value + *rc::gen::inRange(0, 50));
            }
        }
    }
    return chunk;
}

} // namespace Treewarden
