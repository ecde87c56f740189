// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/chartticks.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Treewarden {

double roundCeiling(double value, double least)
{
    value = std::clamp(value, least, 1e30);
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1., 2., 4., 6., 8.}) {
        if (value <= step * power * (1 + 1e-9))
            return step * power;
    }
    return 10 * power;
}

QList<double> valueTicks(double top)
{
    if (!(top > 0) || !std::isfinite(top))
        return {0, 1};
    const bool isPowerOfTwo = std::log2(top) == std::floor(std::log2(top)) && top >= 1;
    if (isPowerOfTwo || std::abs(roundCeiling(top, top) - top) <= top * 1e-9)
        return {0, top / 2, top};
    const double power = std::pow(10, std::floor(std::log10(top / 2)));
    double step = power;
    for (const double times : {2., 2.5, 5.}) {
        if (times * power <= top / 2)
            step = times * power;
    }
    QList<double> ticks;
    for (int i = 0; i * step <= top; ++i)
        ticks << i * step;
    return ticks;
}

namespace {

constexpr qint64 second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;

/// The first of each `months` months of the local calendar.
QList<qint64> monthTicks(qint64 from, qint64 to, int months)
{
    const QDate start = QDateTime::fromMSecsSinceEpoch(from).date();
    if (!start.isValid())
        return {};
    QDate first(start.year(), (start.month() - 1) / months * months + 1, 1);
    QList<qint64> ticks;
    for (; first.isValid(); first = first.addMonths(months)) {
        const qint64 time = first.startOfDay().toMSecsSinceEpoch();
        if (time > to)
            break;
        if (time >= from)
            ticks << time;
    }
    return ticks;
}

/// Local midnights, `days` apart.
QList<qint64> dayTicks(qint64 from, qint64 to, int days)
{
    QDate date = QDateTime::fromMSecsSinceEpoch(from).date();
    if (!date.isValid())
        return {};
    date = date.addDays((days - date.toJulianDay() % days) % days);
    QList<qint64> ticks;
    for (; date.isValid(); date = date.addDays(days)) {
        const qint64 time = date.startOfDay().toMSecsSinceEpoch();
        if (time > to)
            break;
        if (time >= from)
            ticks << time;
    }
    return ticks;
}

} // namespace

QList<qint64> timeTicks(qint64 from, qint64 to, int maximum)
{
    constexpr qint64 steps[]{second,     5 * second, 10 * second, 15 * second, 30 * second, minute,
                             2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,
                             2 * hour,   3 * hour,   4 * hour,    6 * hour,    12 * hour};
    if (to < from || maximum < 1)
        return {};
    for (const qint64 step : steps) {
        if ((to - from) / step + 1 > maximum)
            continue;
        // By local time: whole hours are not whole hours of UTC everywhere.
        const qint64 offset = qint64(QDateTime::fromMSecsSinceEpoch(from).offsetFromUtc()) * second;
        QList<qint64> ticks;
        for (qint64 time = (from + offset + step - 1) / step * step - offset; time <= to;
             time += step)
            ticks << time;
        return ticks;
    }
    for (const int days : {1, 2, 7, 14}) {
        if ((to - from) / (days * day) + 1 <= maximum)
            return dayTicks(from, to, days);
    }
    for (const int months : {1, 2, 3, 6, 12}) {
        if ((to - from) / (months * 28 * day) + 1 <= maximum)
            return monthTicks(from, to, months);
    }
    return {};
}

QString tickText(qint64 tick, qint64 distance)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(tick);
    const QLocale locale;
    if (distance >= 27 * day)
        return time.date().month() == 1
            ? QString::number(time.date().year())
            : locale.toString(time.date(),
                              locale.language() == QLocale::Chinese ? QStringLiteral("M月")
                                                                    : QStringLiteral("MMM"));
    if (distance >= day || time.time() == QTime(0, 0))
        return dayText(tick);
    return time.toString(distance < minute ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

QString dayText(qint64 time)
{
    const QLocale locale;
    return locale.toString(QDateTime::fromMSecsSinceEpoch(time).date(),
                           locale.language() == QLocale::Chinese ? QStringLiteral("M月d日")
                                                                 : QStringLiteral("d MMM"));
}

QString spanText(qint64 from, qint64 to)
{
    const QDateTime first = QDateTime::fromMSecsSinceEpoch(from),
                    last = QDateTime::fromMSecsSinceEpoch(to);
    const QString dash = QStringLiteral(" – ");
    if (to - from > 300 * day) {
        const auto text = [](const QDateTime &time) {
            return dayText(time.toMSecsSinceEpoch()) + QLatin1Char(' ')
                + QString::number(time.date().year());
        };
        return text(first) + dash + text(last);
    }
    if (to - from > 3 * day)
        return dayText(from) + dash + dayText(to);
    const QString clock
        = to - from < 15 * minute ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    if (first.date() == last.date())
        return dayText(from) + QStringLiteral(", ") + first.toString(clock) + dash
            + last.toString(clock);
    return dayText(from) + QLatin1Char(' ') + first.toString(clock) + dash + dayText(to)
        + QLatin1Char(' ') + last.toString(clock);
}

} // namespace Treewarden
