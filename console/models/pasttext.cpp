// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pasttext.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestInput = 64;
constexpr qint64 minuteOf = 60'000, hourOf = 60 * minuteOf, dayOf = 24 * hourOf;

/// "2h", "90 min ago", "-3 d", "2 小时前".
std::optional<qint64> parseAgo(const QString &text, qint64 now)
{
    static const QRegularExpression pattern(u"^-?\\s*(\\d{1,6}(?:\\.\\d{1,3})?)\\s*"
                                            "(?:(s|sec|seconds?|秒钟?)|(m|min|minutes?|分钟?)|(h|"
                                            "hours?|小时)|(d|days?|天)|(w|weeks?|周))"
                                            "\\s*(?:ago|以?前)?$"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    constexpr qint64 units[] = {1000, minuteOf, hourOf, dayOf, 7 * dayOf};
    for (int unit = 0; unit < 5; ++unit) {
        if (match.hasCaptured(2 + unit))
            return now - qint64(match.captured(1).toDouble() * double(units[unit]));
    }
    return std::nullopt;
}

/// "2023-11-22", "22.11.2023", "22.11.", "11-22": without a year the last such day.
QDate parseDate(const QString &text, const QDate &today)
{
    if (text == u"today" || text == u"今天")
        return today;
    if (text == u"yesterday" || text == u"昨天")
        return today.addDays(-1);
    if (text == u"前天")
        return today.addDays(-2);
    static const QRegularExpression ordered(u"^(?:(\\d{4})[-/])?(\\d{1,2})[-/](\\d{1,2})$"_s),
        dotted(u"^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?$"_s);
    const auto iso = ordered.match(text), german = dotted.match(text);
    const auto &match = iso.hasMatch() ? iso : german;
    if (!match.hasMatch())
        return {};
    const int month = match.captured(2).toInt();
    const int day = match.captured(iso.hasMatch() ? 3 : 1).toInt();
    const QString year = match.captured(iso.hasMatch() ? 1 : 3);
    if (!year.isEmpty())
        return QDate(year.toInt(), month, day);
    const QDate thisYear(today.year(), month, day);
    return thisYear > today ? QDate(today.year() - 1, month, day) : thisYear;
}

QTime parseTime(const QString &text)
{
    static const QRegularExpression pattern(u"^(\\d{1,2})[:：](\\d{2})(?:[:：](\\d{2}))?$"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return {};
    return QTime(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
}

} // namespace

QString clockText(qint64 moment, qint64 now)
{
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(moment),
                    today = QDateTime::fromMSecsSinceEpoch(now);
    if (then.date() == today.date())
        return then.toString(u"HH:mm:ss"_s);
    if (then.date().year() != today.date().year())
        return then.toString(u"yyyy-MM-dd HH:mm:ss"_s);
    return QLocale().toString(then, PastText::tr("d MMM HH:mm:ss", "a date and a clock, for Qt"));
}

QString longMomentText(qint64 moment)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(moment),
                              PastText::tr("dddd d MMMM, HH:mm:ss", "a date and a clock, for Qt"));
}

std::optional<qint64> parseMoment(const QString &text, qint64 now)
{
    const QString words = text.left(longestInput).simplified().toLower();
    if (words == u"now" || words == u"现在")
        return now;
    if (const auto ago = parseAgo(words, now))
        return ago;
    const QDateTime present = QDateTime::fromMSecsSinceEpoch(now);
    static const QRegularExpression isoMiddle(u"(?<=\\d)t(?=\\d)"_s);
    QString rest = words;
    rest.replace(isoMiddle, u" "_s);
    rest.replace(QRegularExpression(u"^(今天|昨天|前天)(?=\\d)"_s), u"\\1 "_s);
    const qsizetype space = rest.lastIndexOf(u' ');
    const QString last = rest.mid(space + 1);
    QTime time = parseTime(last);
    if (space < 0 && time.isValid()) {
        const QDateTime today(present.date(), time);
        return (today > present ? today.addDays(-1) : today).toMSecsSinceEpoch();
    }
    const QDate date = parseDate(time.isValid() ? rest.left(space) : rest, present.date());
    if (!date.isValid())
        return std::nullopt;
    return QDateTime(date, time.isValid() ? time : QTime(0, 0)).toMSecsSinceEpoch();
}

} // namespace Treewarden
