// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/zoneclock.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 farthestOffset = qint64{16} * 3600 * 1000; ///< Manila once was 15:56 behind

} // namespace

std::optional<QTimeZone> zoneNamed(const QString &name)
{
    if (name == u"UTC"_s)
        return QTimeZone::utc();
    static const QRegularExpression shape(QRegularExpression::anchoredPattern(
        u"(?!posix/|right/)[A-Za-z]+(?:/[A-Za-z][A-Za-z0-9_+-]*){1,3}"_s));
    if (name.size() > 64 || !shape.match(name).hasMatch())
        return std::nullopt;
    const QTimeZone zone(name.toLatin1());
    return zone.isValid() ? std::optional(zone) : std::nullopt;
}

qint64 ZoneClock::firstShowing(qint64 shown) const
{
    const qint64 from = shown - farthestOffset, to = shown + farthestOffset;
    const qint64 before = shown - offsetAt(from), after = shown - offsetAt(to);
    if (before == after)
        return before;
    const auto change = changeBetween(from, to);
    return !change || before < *change ? before : std::max(*change, after);
}

std::optional<qint64> ZoneClock::changeBetween(qint64 from, qint64 to) const
{
    const qint64 offset = offsetAt(from);
    if (offsetAt(to) == offset)
        return std::nullopt;
    while (to - from > 1) {
        const qint64 middle = from + (to - from) / 2;
        (offsetAt(middle) == offset ? from : to) = middle;
    }
    return to;
}

qint64 ZoneClock::offsetAt(qint64 time) const
{
    return qint64{m_zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(time, Qt::UTC))} * 1000;
}

} // namespace Treewarden
