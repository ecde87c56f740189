// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QString>
#include <QTimeZone>

#include <optional>

class QDate;

namespace Treewarden {

class ZoneClock;

/// When something is due: minute, hour, day of month, month, day of week, as crontab(5) has them.
///
/// Fields hold `*`, numbers, names (jan, mon), ranges, steps and lists; 7 is Sunday as 0 is. As in
/// Vixie's cron a day is due when either its day of month or its day of week is meant, unless one
/// of the two fields begins with `*`: then both must be. `@hourly` `@daily` `@midnight` `@weekly`
/// `@monthly` `@yearly` `@annually` stand for what they say.
///
/// Where a zone puts its clock forward or back nothing is skipped and nothing doubled. An
/// expression that names its hours is due once for each time that it means: what the spring leaves
/// out runs right after the gap (several such times run once, together), what the autumn shows
/// twice runs the first time. One that means every hour follows the clock on the wall minute by
/// minute through both, which is real time, every fifteen minutes and every hour. cron(8) of Debian
/// does so too, but takes `*` in the minutes or `*/2` in the hours for every hour and so misses the
/// gap with them.
class CronExpression
{
public:
    /// An expression that is never due.
    CronExpression() = default;

    /// Reads five fields or an @word; an error names the field and the cure.
    static Result<CronExpression> parse(const QString &text);

    /// True when no year has such a day: "0 0 30 2 *".
    bool isNeverDue() const;

    /// The first due time strictly after `afterMs` (both Unix milliseconds) on the clock of `zone`.
    /// Nothing when it is never due, and from the year 9000 on; times begin with 1970.
    std::optional<qint64> next(qint64 afterMs, const QTimeZone &zone) const;

    friend bool operator==(const CronExpression &, const CronExpression &) = default;

private:
    bool isEveryHour() const;
    bool isDueOn(const QDate &date) const;
    std::optional<QDate> nextDateFrom(QDate date) const;
    std::optional<qint64> nextNamed(qint64 after, const ZoneClock &clock) const;
    std::optional<qint64> nextShown(qint64 after, const ZoneClock &clock) const;
    std::optional<qint64> stepFrom(qint64 time, const ZoneClock &clock) const;
    std::optional<int> minuteFrom(int minute) const;

    quint64 m_minutes = 0, m_hours = 0, m_days = 0, m_months = 0, m_weekdays = 0; ///< bits
    bool m_anyDay = false, m_anyWeekday = false; ///< begins with `*`
};

} // namespace Treewarden
