// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/workloadtracks.h"
#include "shared/history/metrictable.h"

#include <deque>

namespace Treewarden {

/// The last raw samples of one server in the order of their time: the open end of its history.
class LiveRows
{
public:
    static constexpr size_t capacity = 300; ///< as many as server:workload:{ip} keeps

    void clear() { *this = {}; }

    /// Takes samples in any order; one at a known time replaces what was there.
    void merge(const QList<WorkloadSample> &samples);
    /// Takes the newest sample. One that is more than a minute older than the newest tells that the
    /// server's clock was set back: what lies after it is dropped, or the line would stand still
    /// until the clock has caught up.
    void append(const WorkloadSample &sample);

    bool isEmpty() const { return m_rows.empty(); }

    int size() const { return int(m_rows.size()); }

    /// Unix ms of the server's clock, 0 when empty.
    qint64 firstTime() const { return m_rows.empty() ? 0 : m_rows.front().time; }

    qint64 lastTime() const { return m_rows.empty() ? 0 : m_rows.back().time; }

    /// Dotted paths of what the samples told.
    const std::vector<QByteArray> &names() const { return m_table.names(); }

    /// True when any sample told this metric.
    bool knows(size_t column) const;

    /// Puts what the rows tell in place of what `tracks` has from then on: samples as they are
    /// where a step is no longer than their distance, else whole steps.
    void extend(WorkloadTracks *tracks) const;

private:
    struct Row
    {
        qint64 time;
        std::vector<double> values; ///< NaN: not told; maybe fewer than columns
    };

    void insert(const WorkloadSample &sample);
    qint64 usualDistance() const;
    /// The first time from which on the rows alone tell everything.
    qint64 begin(qint64 step, qint64 knownTo) const;

    MetricTable m_table;
    std::deque<Row> m_rows;
};

} // namespace Treewarden
