// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/cronexpression.h"

#include "shared/config/configtext.h"
#include "shared/config/cronfield.h"
#include "shared/config/zoneclock.h"
#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QMap>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestExpression = 256;
constexpr qint64 minuteMs = 60'000, hourMs = 60 * minuteMs, dayMs = 24 * hourMs;
constexpr quint64 everyHour = (1 << 24) - 1;
/// 29 February on a certain weekday may be 40 years away.
constexpr int searchedDays = 41 * 366;
constexpr qint64 firstTime = dayMs; ///< so that no zone shows 1969
const qint64 lastTime = QDate(9000, 1, 1).startOfDay(Qt::UTC).toMSecsSinceEpoch();

QList<CronFieldKind> cronFieldKinds()
{
    return {
        {ConfigText::tr("minute"), 0, 59, {}},
        {ConfigText::tr("hour"), 0, 23, {}},
        {ConfigText::tr("day of month"), 1, 31, {}},
        {ConfigText::tr("month"),
         1,
         12,
         {u"jan"_s, u"feb"_s, u"mar"_s, u"apr"_s, u"may"_s, u"jun"_s, u"jul"_s, u"aug"_s, u"sep"_s,
          u"oct"_s, u"nov"_s, u"dec"_s}},
        {ConfigText::tr("day of week"),
         0,
         6,
         {u"sun"_s, u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s, u"fri"_s, u"sat"_s}},
    };
}

/// The five fields that a word such as @daily stands for.
Result<QString> fieldsOfWord(const QString &word)
{
    static const QMap<QString, QString> words{
        {u"@hourly"_s, u"0 * * * *"_s},   {u"@daily"_s, u"0 0 * * *"_s},
        {u"@midnight"_s, u"0 0 * * *"_s}, {u"@weekly"_s, u"0 0 * * 0"_s},
        {u"@monthly"_s, u"0 0 1 * *"_s},  {u"@yearly"_s, u"0 0 1 1 *"_s},
        {u"@annually"_s, u"0 0 1 1 *"_s},
    };
    const QString lower = word.toLower();
    if (words.contains(lower))
        return words[lower];
    if (lower == u"@reboot"_s)
        return Error{
            ConfigText::tr("@reboot is no time; let the system start the service (systemctl "
                           "enable), or write a time such as @daily")};
    return Error{ConfigText::tr("there is no '%1'; did you mean %2?")
                     .arg(oneLine(word, 40), nearestName(lower, words.keys()))};
}

/// The parts of what the clock shows.
QDate dateOf(qint64 shown)
{
    return QDate(1970, 1, 1).addDays(shown / dayMs);
}

qint64 midnightOf(const QDate &date)
{
    return QDate(1970, 1, 1).daysTo(date) * dayMs;
}

bool hasBit(quint64 bits, int bit)
{
    return (bits >> bit & 1) != 0;
}

} // namespace

Result<CronExpression> CronExpression::parse(const QString &text)
{
    if (text.size() > longestExpression)
        return Error{
            ConfigText::tr("a cron expression has at most %1 characters").arg(longestExpression)};
    QString fields = text.simplified();
    if (fields.startsWith(u'@')) {
        const auto meant = fieldsOfWord(fields);
        if (!meant)
            return meant.error();
        fields = *meant;
    }
    const QStringList texts = fields.split(u' ', Qt::SkipEmptyParts);
    const QList<CronFieldKind> kinds = cronFieldKinds();
    if (texts.size() != kinds.size()) {
        return Error{
            ConfigText::tr("'%1' has %2 fields where five are needed: minute, hour, day of "
                           "month, month, day of week, such as 30 3 * * mon-fri")
                .arg(oneLine(text, 60))
                .arg(texts.size())};
    }
    QList<CronField> read;
    for (qsizetype i = 0; i < kinds.size(); ++i) {
        const auto field = parseCronField(texts[i], kinds[i]);
        if (!field)
            return field.error();
        read << *field;
    }
    CronExpression expression;
    expression.m_minutes = read[0].values;
    expression.m_hours = read[1].values;
    expression.m_days = read[2].values;
    expression.m_months = read[3].values;
    expression.m_weekdays = read[4].values;
    expression.m_anyDay = read[2].isStarred;
    expression.m_anyWeekday = read[4].isStarred;
    return expression;
}

bool CronExpression::isNeverDue() const
{
    if (m_minutes == 0)
        return true;
    if (!m_anyDay && !m_anyWeekday)
        return false;
    for (int month = 1; month <= 12; ++month) {
        const int days = QDate(2000, month, 1).daysInMonth();
        if (hasBit(m_months, month) && (m_days & ((quint64{2} << days) - 1)) != 0)
            return false;
    }
    return true;
}

std::optional<qint64> CronExpression::next(qint64 afterMs, const QTimeZone &zone) const
{
    if (isNeverDue() || afterMs >= lastTime)
        return std::nullopt;
    afterMs = std::max(afterMs, firstTime);
    const ZoneClock clock(zone);
    return isEveryHour() ? nextShown(afterMs, clock) : nextNamed(afterMs, clock);
}

bool CronExpression::isEveryHour() const
{
    return m_hours == everyHour;
}

bool CronExpression::isDueOn(const QDate &date) const
{
    const bool isDay = hasBit(m_days, date.day()),
               isWeekday = hasBit(m_weekdays, date.dayOfWeek() % 7);
    return hasBit(m_months, date.month())
        && (m_anyDay || m_anyWeekday ? isDay && isWeekday : isDay || isWeekday);
}

std::optional<QDate> CronExpression::nextDateFrom(QDate date) const
{
    for (int i = 0; i < searchedDays; ++i, date = date.addDays(1)) {
        if (isDueOn(date))
            return date;
    }
    return std::nullopt;
}

/// Of an expression that names its hours: the first time meant that the clock did not show yet.
std::optional<qint64> CronExpression::nextNamed(qint64 after, const ZoneClock &clock) const
{
    const qint64 shown = clock.shownAt(after);
    for (auto date = nextDateFrom(dateOf(shown)); date; date = nextDateFrom(date->addDays(1))) {
        for (int hour = 0; hour < 24; ++hour) {
            if (!hasBit(m_hours, hour))
                continue;
            for (auto minute = minuteFrom(0); minute; minute = minuteFrom(*minute + 1)) {
                const qint64 meant = midnightOf(*date) + hour * hourMs + *minute * minuteMs;
                const qint64 due = meant > shown ? clock.firstShowing(meant) : after;
                if (due > after)
                    return due;
            }
        }
    }
    return std::nullopt;
}

/// Of an expression that means every hour: the first time at which the clock shows what is meant.
std::optional<qint64> CronExpression::nextShown(qint64 after, const ZoneClock &clock) const
{
    qint64 time = after + 1;
    for (;;) {
        const qint64 shown = clock.shownAt(time);
        const bool isWhole = shown % minuteMs == 0;
        if (isWhole && hasBit(m_minutes, int(shown / minuteMs % 60)) && isDueOn(dateOf(shown)))
            return time;
        const auto later = stepFrom(time, clock);
        if (!later)
            return std::nullopt;
        time = *later;
    }
}

/// A later time before which nothing is due: the next minute that is meant, a change of the clock,
/// or a midnight.
std::optional<qint64> CronExpression::stepFrom(qint64 time, const ZoneClock &clock) const
{
    const qint64 shown = clock.shownAt(time);
    const QDate date = dateOf(shown);
    qint64 target = midnightOf(date.addDays(1));
    if (isDueOn(date)) {
        const auto minute = minuteFrom(int(shown / minuteMs % 60) + 1);
        target = (shown / hourMs + (minute ? 0 : 1)) * hourMs + minute.value_or(0) * minuteMs;
    } else if (!isDueOn(date.addDays(-1))) {
        // A clock that is put back shows the day before again, no earlier one.
        const auto due = nextDateFrom(date);
        return due ? std::optional(clock.firstShowing(midnightOf(*due))) : std::nullopt;
    }
    const qint64 later = time + target - shown;
    return clock.changeBetween(time, later).value_or(later);
}

std::optional<int> CronExpression::minuteFrom(int minute) const
{
    for (; minute < 60; ++minute) {
        if (hasBit(m_minutes, minute))
            return minute;
    }
    return std::nullopt;
}

} // namespace Treewarden
