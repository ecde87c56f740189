// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/liverows.h"

#include <algorithm>
#include <cmath>

namespace Treewarden {

namespace {

constexpr qint64 clockWasSetBack = 60'000; ///< ms

} // namespace

void LiveRows::merge(const QList<WorkloadSample> &samples)
{
    for (const WorkloadSample &sample : samples)
        insert(sample);
    while (m_rows.size() > capacity)
        m_rows.pop_front();
}

void LiveRows::append(const WorkloadSample &sample)
{
    if (sample.timestamp < lastTime() - clockWasSetBack) {
        while (!m_rows.empty() && m_rows.back().time >= sample.timestamp)
            m_rows.pop_back();
    }
    merge({sample});
}

void LiveRows::insert(const WorkloadSample &sample)
{
    if (sample.timestamp <= 0)
        return;
    Row row{sample.timestamp, {}};
    m_table.read(sample.info, row.values);
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), sample.timestamp,
                                        [](const Row &a, qint64 time) { return a.time < time; });
    if (place != m_rows.end() && place->time == sample.timestamp)
        *place = std::move(row);
    else
        m_rows.insert(place, std::move(row));
}

bool LiveRows::knows(size_t column) const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [column](const Row &row) {
        return column < row.values.size() && !std::isnan(row.values[column]);
    });
}

qint64 LiveRows::usualDistance() const
{
    std::vector<qint64> distances;
    for (size_t i = 1; i < m_rows.size(); ++i)
        distances.push_back(m_rows[i].time - m_rows[i - 1].time);
    if (distances.empty())
        return 1000;
    const auto median = distances.begin() + qptrdiff(distances.size() / 2);
    std::nth_element(distances.begin(), median, distances.end());
    return *median;
}

qint64 LiveRows::begin(qint64 step, qint64 knownTo) const
{
    const qint64 first = firstTime();
    if (knownTo < first - step)
        return first; // nothing else tells about it
    return (first + step - 1) / step * step;
}

void LiveRows::extend(WorkloadTracks *tracks) const
{
    if (m_rows.empty())
        return;
    const bool areSamples = tracks->step <= std::max<qint64>(usualDistance(), 1000);
    qint64 knownTo = 0;
    for (const Track &track : std::as_const(tracks->tracks))
        knownTo = std::max(knownTo, track.isEmpty() ? 0 : track.last().time);
    const qint64 start = areSamples ? firstTime() : begin(tracks->step, knownTo);
    for (size_t column = 0; column < m_table.names().size(); ++column) {
        Track points;
        qint64 bucket = -1, count = 0;
        for (const Row &row : m_rows) {
            if (row.time < start || column >= row.values.size() || std::isnan(row.values[column]))
                continue;
            const double value = row.values[column];
            const qint64 own = areSamples ? row.time : row.time - row.time % tracks->step;
            if (own != bucket) {
                bucket = own;
                count = 1;
                points << TrackPoint{areSamples ? own : own + tracks->step / 2, value, value,
                                     value};
                continue;
            }
            TrackPoint &point = points.last();
            point.average += (value - point.average) / double(++count);
            point.least = std::min(point.least, value);
            point.most = std::max(point.most, value);
        }
        auto known = tracks->tracks.find(m_table.names()[column]);
        if (points.isEmpty() && known == tracks->tracks.end())
            continue;
        if (known == tracks->tracks.end())
            known = tracks->tracks.insert(m_table.names()[column], {});
        known->resize(trackPart(*known, std::numeric_limits<qint64>::min(), start - 1).second);
        known->append(points);
    }
}

} // namespace Treewarden
