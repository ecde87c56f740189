// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/workloadseries.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Treewarden {

namespace {

constexpr qint64 clockSetBack = 60'000;
constexpr qint64 firstInterval = 10'000; ///< ms; assumed until two samples tell
constexpr double notTold = std::numeric_limits<double>::quiet_NaN();

template<typename T>
std::optional<double> number(const std::optional<T> &value)
{
    return value ? std::optional<double>(double(*value)) : std::nullopt;
}

double triangle(const QPointF &a, const QPointF &b, const QPointF &c)
{
    return std::abs((a.x() - c.x()) * (b.y() - a.y()) - (a.x() - b.x()) * (c.y() - a.y()));
}

QPointF middle(const Line &points, qsizetype from, qsizetype to)
{
    QPointF sum;
    for (qsizetype i = from; i < to; ++i)
        sum += points[i];
    return sum / double(to - from);
}

} // namespace

std::optional<double> metricOf(const Workload &workload, Metric metric)
{
    switch (metric) {
    case Metric::CpuUser:
        return workload.cpu.user;
    case Metric::CpuSystem:
        return workload.cpu.system;
    case Metric::CpuIoWait:
        return workload.cpu.iowait;
    case Metric::MemoryUsed:
        return number(workload.memory.used);
    case Metric::MemoryCached:
        return number(workload.memory.cached);
    case Metric::Load:
        return workload.load.isEmpty() ? std::nullopt : std::optional(workload.load.first());
    case Metric::Pressure:
        return workload.pressure.io;
    case Metric::NetworkReceive:
        return workload.network.receive;
    case Metric::NetworkTransmit:
        return workload.network.transmit;
    case Metric::DiskRead:
        return workload.disk.read;
    case Metric::DiskWrite:
        return workload.disk.write;
    }
    return {};
}

Line largestTriangles(const Line &points, int maximum)
{
    maximum = std::max(maximum, 3);
    if (points.size() <= maximum)
        return points;
    Line chosen{points.first()};
    chosen.reserve(maximum);
    const double width = double(points.size() - 2) / (maximum - 2);
    const auto start = [&](int bucket) { return qsizetype(bucket * width) + 1; };
    for (int bucket = 0; bucket < maximum - 2; ++bucket) {
        const qsizetype next = start(bucket + 1);
        const qsizetype end = bucket == maximum - 3 ? points.size() : start(bucket + 2);
        const QPointF ahead = middle(points, next, std::max(end, next + 1));
        const QPointF behind = chosen.last();
        chosen << *std::max_element(points.begin() + start(bucket), points.begin() + next,
                                    [&](const QPointF &a, const QPointF &b) {
                                        return triangle(behind, a, ahead)
                                            < triangle(behind, b, ahead);
                                    });
    }
    return chosen << points.last();
}

void WorkloadSeries::clear()
{
    *this = {};
}

void WorkloadSeries::merge(const QList<WorkloadSample> &samples)
{
    for (const WorkloadSample &sample : samples)
        insert(sample);
    finish();
}

void WorkloadSeries::append(const WorkloadSample &sample)
{
    if (sample.timestamp < lastTime() - clockSetBack) {
        while (!m_samples.empty() && m_samples.back().time >= sample.timestamp)
            m_samples.pop_back();
    }
    insert(sample);
    finish();
}

void WorkloadSeries::insert(const WorkloadSample &sample)
{
    if (sample.timestamp <= 0)
        return;
    Sample numbers{sample.timestamp, {}};
    for (int i = 0; i < metricCount; ++i)
        numbers.values[size_t(i)] = metricOf(sample.info, Metric(i)).value_or(notTold);
    const auto place = std::lower_bound(m_samples.begin(), m_samples.end(), sample.timestamp,
                                        [](const Sample &a, qint64 time) { return a.time < time; });
    if (place != m_samples.end() && place->time == sample.timestamp)
        *place = numbers;
    else
        m_samples.insert(place, numbers);
    if (sample.timestamp == m_samples.back().time && sample.info.memory.total)
        m_memoryTotal = sample.info.memory.total;
}

void WorkloadSeries::finish()
{
    while (m_samples.size() > capacity)
        m_samples.pop_front();
    std::vector<qint64> distances;
    for (size_t i = 1; i < m_samples.size(); ++i)
        distances.push_back(m_samples[i].time - m_samples[i - 1].time);
    if (distances.empty()) {
        m_interval = 0;
        return;
    }
    const auto median = distances.begin() + qptrdiff(distances.size() / 2);
    std::nth_element(distances.begin(), median, distances.end());
    m_interval = *median;
}

qint64 WorkloadSeries::firstTime() const
{
    return m_samples.empty() ? 0 : m_samples.front().time;
}

qint64 WorkloadSeries::lastTime() const
{
    return m_samples.empty() ? 0 : m_samples.back().time;
}

qint64 WorkloadSeries::longestStep() const
{
    if (m_interval == 0)
        return firstInterval;
    // A round that was a little late is no gap.
    return std::max(m_interval * 5 / 2, qint64(m_interval + 1500));
}

QList<Line> WorkloadSeries::lines(Metric metric, qint64 from, qint64 to, int maximum) const
{
    QList<Line> lines;
    qint64 before = 0;
    qsizetype total = 0;
    bool isBroken = true;
    for (const Sample &sample : m_samples) {
        if (sample.time < from || sample.time > to)
            continue;
        const double value = sample.values[size_t(metric)];
        if (std::isnan(value)) {
            isBroken = true;
            continue;
        }
        if (isBroken || sample.time - before > longestStep())
            lines << Line();
        lines.last() << QPointF(double(sample.time), value);
        before = sample.time;
        isBroken = false;
        ++total;
    }
    if (total > maximum) {
        for (Line &line : lines)
            line = largestTriangles(line, int(line.size() * maximum / total));
    }
    return lines;
}

WorkloadSeries::Samples::const_iterator WorkloadSeries::nearest(qint64 time) const
{
    auto found = std::lower_bound(m_samples.begin(), m_samples.end(), time,
                                  [](const Sample &a, qint64 t) { return a.time < t; });
    if (found == m_samples.end()
        || (found != m_samples.begin() && time - std::prev(found)->time <= found->time - time))
        found = found == m_samples.begin() ? found : std::prev(found);
    if (found != m_samples.end() && std::abs(found->time - time) > longestStep())
        return m_samples.end();
    return found;
}

std::optional<double> WorkloadSeries::valueAt(Metric metric, qint64 time) const
{
    const auto found = nearest(time);
    if (found == m_samples.end() || std::isnan(found->values[size_t(metric)]))
        return {};
    return found->values[size_t(metric)];
}

std::optional<qint64> WorkloadSeries::nearestTime(qint64 time) const
{
    const auto found = nearest(time);
    return found == m_samples.end() ? std::nullopt : std::optional(found->time);
}

std::optional<qint64> WorkloadSeries::step(qint64 time, int steps) const
{
    if (m_samples.empty())
        return {};
    const auto found = std::lower_bound(m_samples.begin(), m_samples.end(), time,
                                        [](const Sample &a, qint64 t) { return a.time < t; });
    const qint64 index = std::clamp<qint64>(found - m_samples.begin() + steps, 0, size() - 1);
    return m_samples[size_t(index)].time;
}

std::optional<double> WorkloadSeries::maximum(Metric metric, qint64 from, qint64 to) const
{
    std::optional<double> highest;
    for (const Sample &sample : m_samples) {
        const double value = sample.values[size_t(metric)];
        if (sample.time >= from && sample.time <= to && !std::isnan(value))
            highest = std::max(highest.value_or(value), value);
    }
    return highest;
}

} // namespace Treewarden
