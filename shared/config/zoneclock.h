// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimeZone>

#include <optional>

namespace Treewarden {

/// The time zone of an IANA name such as "Europe/Berlin" or "UTC" that this machine knows. Nothing
/// for other texts: paths, POSIX rules and offsets, whose sign everybody reads differently.
std::optional<QTimeZone> zoneNamed(const QString &name);

/// The clock on the wall of a time zone. Times are Unix milliseconds; what the clock shows is
/// milliseconds too, as if the zone were UTC. Between two changes of a zone lie more than 32 hours.
class ZoneClock
{
public:
    explicit ZoneClock(QTimeZone zone)
        : m_zone(std::move(zone))
    {
    }

    qint64 shownAt(qint64 time) const { return time + offsetAt(time); }

    /// The first instant at which the clock shows `shown` or later: the end of the gap for what a
    /// spring leaves out, the first of two for what an autumn shows twice.
    qint64 firstShowing(qint64 shown) const;

    /// When the clock is put forward or back after `from` and not later than `to`, at most 32 hours
    /// after it.
    std::optional<qint64> changeBetween(qint64 from, qint64 to) const;

private:
    qint64 offsetAt(qint64 time) const;

    QTimeZone m_zone;
};

} // namespace Treewarden
