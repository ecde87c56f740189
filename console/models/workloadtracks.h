// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

namespace Treewarden {

/// What a metric was at a time, or during the span of time around it.
struct TrackPoint
{
    qint64 time = 0; ///< Unix ms; of a span its middle
    double average = 0, least = 0, most = 0;

    friend bool operator==(const TrackPoint &, const TrackPoint &) = default;
};

/// One metric over time, in rising order; what is not known has no point.
using Track = QList<TrackPoint>;

/// The metrics of one server over a span of time, by their dotted paths ("cpu.user",
/// "filesystems./.used"). Percentages 0-100, sizes in bytes, rates in bytes a second, ping in ms.
struct WorkloadTracks
{
    qint64 from = 0, to = 0; ///< Unix ms: what was asked for
    qint64 step = 1000; ///< ms that a point stands for; at most a second: samples themselves
    qint64 spacing = 1000; ///< the usual distance of two points, ms
    QHash<QByteArray, Track> tracks;

    Track track(const QByteArray &metric) const { return tracks.value(metric); }

    /// A longer distance between two points than this is a gap.
    qint64 longestStep() const;
    /// Sets `spacing` to the median of what the fullest track has.
    void measureSpacing();
};

/// The point that stands for `time`, or nullptr in a gap.
const TrackPoint *pointAt(const Track &track, qint64 time, qint64 longestStep);
/// The part of a track from `from` to `to`, as indexes [first, second).
std::pair<qsizetype, qsizetype> trackPart(const Track &track, qint64 from, qint64 to);
/// The same track at another time: every point later by `offset` ms.
Track shiftedTrack(Track track, qint64 offset);
/// `part` in percent of `whole`, point for point where both are known and `whole` is above 0.
Track percentTrack(const Track &part, const Track &whole);
/// The highest of several tracks at each time.
Track highestTrack(const QList<Track> &tracks);

} // namespace Treewarden
