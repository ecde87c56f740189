// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/workloadtracks.h"

#include <QMap>

#include <algorithm>

namespace Treewarden {

namespace {

constexpr qint64 lateRound = 1500; ///< ms that a round may be late without being a gap

Track::const_iterator firstFrom(const Track &track, qint64 time)
{
    return std::lower_bound(track.begin(), track.end(), time,
                            [](const TrackPoint &point, qint64 t) { return point.time < t; });
}

} // namespace

qint64 WorkloadTracks::longestStep() const
{
    return std::max(spacing * 5 / 2, spacing + lateRound);
}

void WorkloadTracks::measureSpacing()
{
    const Track *fullest = nullptr;
    for (const Track &track : tracks) {
        if (!fullest || track.size() > fullest->size())
            fullest = &track;
    }
    spacing = std::max<qint64>(step, 1000);
    if (!fullest || fullest->size() < 3)
        return;
    std::vector<qint64> distances;
    for (qsizetype i = 1; i < fullest->size(); ++i)
        distances.push_back(fullest->at(i).time - fullest->at(i - 1).time);
    const auto median = distances.begin() + qptrdiff(distances.size() / 2);
    std::nth_element(distances.begin(), median, distances.end());
    spacing = std::max(spacing, *median);
}

const TrackPoint *pointAt(const Track &track, qint64 time, qint64 longestStep)
{
    auto found = firstFrom(track, time);
    if (found == track.end()
        || (found != track.begin() && time - std::prev(found)->time <= found->time - time))
        found = found == track.begin() ? found : std::prev(found);
    if (found == track.end() || std::abs(found->time - time) > longestStep)
        return nullptr;
    return &*found;
}

std::pair<qsizetype, qsizetype> trackPart(const Track &track, qint64 from, qint64 to)
{
    const auto first = firstFrom(track, from);
    const auto end = std::upper_bound(first, track.end(), to,
                                      [](qint64 t, const TrackPoint &p) { return t < p.time; });
    return {first - track.begin(), end - track.begin()};
}

Track shiftedTrack(Track track, qint64 offset)
{
    for (TrackPoint &point : track)
        point.time += offset;
    return track;
}

Track percentTrack(const Track &part, const Track &whole)
{
    Track percent;
    percent.reserve(part.size());
    auto other = whole.begin();
    for (const TrackPoint &point : part) {
        while (other != whole.end() && other->time < point.time)
            ++other;
        if (other == whole.end() || other->time != point.time || !(other->average > 0))
            continue;
        const double scale = 100 / other->average;
        percent << TrackPoint{point.time, point.average * scale, point.least * scale,
                              point.most * scale};
    }
    return percent;
}

Track highestTrack(const QList<Track> &tracks)
{
    QMap<qint64, TrackPoint> highest;
    for (const Track &track : tracks) {
        for (const TrackPoint &point : track) {
            const auto known = highest.find(point.time);
            if (known == highest.end())
                highest.insert(point.time, point);
            else
                *known = {point.time, std::max(known->average, point.average),
                          std::max(known->least, point.least), std::max(known->most, point.most)};
        }
    }
    return highest.values();
}

} // namespace Treewarden
