// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/workload.h"

#include <QList>
#include <QPointF>

#include <array>
#include <deque>
#include <optional>

namespace Treewarden {

/// The numbers of a server's load that are drawn over time. Percentages 0-100, sizes in bytes,
/// rates in bytes a second.
enum class Metric {
    CpuUser,
    CpuSystem,
    CpuIoWait,
    MemoryUsed,
    MemoryCached,
    Load, ///< of the last minute
    Pressure, ///< share of time in which some task waited for I/O
    NetworkReceive,
    NetworkTransmit,
    DiskRead,
    DiskWrite,
};
inline constexpr int metricCount = int(Metric::DiskWrite) + 1;

/// One number of a sample, if the kernel told it.
std::optional<double> metricOf(const Workload &workload, Metric metric);

/// Points of one line, x in Unix ms, rising.
using Line = QList<QPointF>;

/// At most `maximum` (3 or more) of the points, chosen so that the line keeps its shape: first,
/// last, and in between those that span the largest triangle with their neighbours (Steinarsson,
/// "Downsampling Time Series for Visual Representation", 2013).
Line largestTriangles(const Line &points, int maximum);

/// The last raw samples of one server in the order of their time. What was not told stays a gap: it
/// is never drawn through and never 0.
class WorkloadSeries
{
public:
    static constexpr int capacity = 300; ///< as many as server:workload:{ip} keeps

    void clear();
    /// Takes samples in any order, those at a known time replace what was there.
    void merge(const QList<WorkloadSample> &samples);
    /// Takes the newest sample. One that is more than a minute older than the newest tells that the
    /// server's clock was set back: what lies after it is dropped, or the line would stand still
    /// until the clock has caught up.
    void append(const WorkloadSample &sample);

    bool isEmpty() const { return m_samples.empty(); }

    int size() const { return int(m_samples.size()); }

    /// Unix ms of the server's clock, 0 when empty.
    qint64 firstTime() const;
    qint64 lastTime() const;

    /// The usual distance of two samples in ms, or 0.
    qint64 interval() const { return m_interval; }

    /// The metric from `from` to `to` (ms, both included), a line for each stretch without a gap.
    /// Above `maximum` points each line is thinned out to its share, but not below three.
    QList<Line> lines(Metric metric, qint64 from, qint64 to, int maximum = 600) const;
    /// What the metric was at `time`: the nearest sample's value, nothing in a gap.
    std::optional<double> valueAt(Metric metric, qint64 time) const;
    /// The time of the sample nearest to `time`; nothing where a gap lies there.
    std::optional<qint64> nearestTime(qint64 time) const;
    /// The neighbour of `time` in steps of samples, within the series.
    std::optional<qint64> step(qint64 time, int steps) const;
    std::optional<double> maximum(Metric metric, qint64 from, qint64 to) const;

    /// The memory that the newest sample names, bytes.
    std::optional<qint64> memoryTotal() const { return m_memoryTotal; }

private:
    struct Sample
    {
        qint64 time;
        std::array<double, metricCount> values; ///< NaN: not told
    };

    using Samples = std::deque<Sample>;

    void insert(const WorkloadSample &sample);
    void finish();
    Samples::const_iterator nearest(qint64 time) const;
    /// A longer distance between two samples than this is a gap.
    qint64 longestStep() const;

    Samples m_samples;
    qint64 m_interval = 0;
    std::optional<qint64> m_memoryTotal;
};

} // namespace Treewarden
