// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/metric.h"

#include <QByteArray>

#include <vector>

namespace Treewarden {

/// What one element of a history list holds: up to 60 samples, or up to 60 summaries of equally
/// long spans (a minute, an hour), each of several metrics.
struct HistoryChunk
{
    static constexpr int mostRows = 60, mostFields = 64, longestName = 255; ///< bytes

    bool isSummary = false;
    qint64 interval = 1000; ///< ms: between samples as configured, or the length of a span
    std::vector<QByteArray> names; ///< dotted paths, one a column
    std::vector<MetricUnit> units; ///< as many
    std::vector<qint64> times; ///< ms, strictly rising: of each sample, or the start of each span
    std::vector<qint64> counts; ///< samples in each span; empty for samples

    /// Column by column, rows() values each, `notMeasured` where nothing is known. For samples the
    /// other two are empty.
    std::vector<double> averages, minima, maxima;

    qsizetype rows() const { return qsizetype(times.size()); }

    qsizetype fields() const { return qsizetype(names.size()); }

    /// Where the value of a row and a column stands.
    size_t at(qsizetype row, qsizetype field) const { return size_t(field * rows() + row); }
};

} // namespace Treewarden
