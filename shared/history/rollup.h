// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/openchunk.h"

#include <optional>

namespace Treewarden {

/// Sums up what falls into one span of time after the other: a minute, an hour. What was not
/// measured changes nothing, and a span without anything is never told.
class RollUp
{
public:
    /// `span` in ms; spans begin at its multiples.
    explicit RollUp(qint64 span)
        : m_span(span)
    {
    }

    qint64 span() const { return m_span; }

    qint64 startOf(qint64 time) const { return time - time % m_span; }

    bool isEmpty() const { return m_count == 0; }

    /// The open span, when `time` is not in it.
    std::optional<HistorySummary> finishBefore(qint64 time);
    /// Adds to the open span, or begins the one of this time: finishBefore() came first.
    void add(qint64 time, const std::vector<double> &row);
    void add(const HistorySummary &summary);
    std::optional<HistorySummary> finish();

private:
    struct Column
    {
        double sum = 0, least = notMeasured, most = notMeasured;
        qint64 count = 0;
    };

    void begin(qint64 time, size_t columns);

    const qint64 m_span;
    qint64 m_start = 0, m_count = 0;
    std::vector<Column> m_columns;
};

} // namespace Treewarden
