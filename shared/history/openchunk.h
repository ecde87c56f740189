// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/historychunk.h"

namespace Treewarden {

class MetricTable;

/// What a span of time held, one value a column of a MetricTable.
struct HistorySummary
{
    qint64 start = 0; ///< ms
    qint64 count = 0; ///< samples
    std::vector<double> averages, minima, maxima; ///< maybe fewer than the table's columns now
};

/// A chunk that is being filled. Rows may become longer from one to the next, as the table grows.
class OpenChunk
{
public:
    enum class Kind { Samples, Summaries };

    OpenChunk(Kind kind, qint64 interval);

    bool isEmpty() const { return m_times.empty(); }

    bool isFull() const { return m_times.size() == HistoryChunk::mostRows; }

    /// False where a chunk must end first: it is full, or time went back.
    bool canTake(qint64 time) const { return !isFull() && (isEmpty() || time > m_times.back()); }

    qint64 interval() const { return m_interval; }

    /// Only while it is empty.
    void setInterval(qint64 interval) { m_interval = interval; }

    void add(qint64 time, const std::vector<double> &row);
    void add(const HistorySummary &summary);

    /// True when no row has a value in the column.
    bool isUnused(size_t column) const;

    /// The bytes of what was added; empty from then on, with its memory kept.
    QByteArray close(const MetricTable &table);

private:
    void put(std::vector<double> &values, const std::vector<double> &row) const;

    const Kind m_kind;
    qint64 m_interval;
    std::vector<qint64> m_times, m_counts;
    std::vector<double> m_averages, m_minima, m_maxima; ///< mostRows values a column
};

} // namespace Treewarden
