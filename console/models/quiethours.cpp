// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/quiethours.h"

#include <QStringList>

namespace Treewarden {
using namespace Qt::StringLiterals;

bool QuietHours::contains(const QDateTime &local) const
{
    if (!isOn)
        return false;
    const QTime time = local.time();
    const int today = local.date().dayOfWeek();
    if (from < to)
        return hasDay(today) && time >= from && time < to;
    const int yesterday = today == 1 ? 7 : today - 1;
    return (hasDay(today) && time >= from) || (hasDay(yesterday) && time < to);
}

QString QuietHours::toText() const
{
    QString names;
    for (int day = 1; day <= 7; ++day) {
        if (hasDay(day))
            names += QString::number(day);
    }
    return QStringList{isOn ? u"on"_s : u"off"_s, from.toString(u"HH:mm"_s),
                       to.toString(u"HH:mm"_s), names}
        .join(u' ');
}

QuietHours QuietHours::parse(const QString &text)
{
    const QStringList words = text.split(u' ');
    if (words.size() != 4)
        return {};
    QuietHours hours;
    hours.isOn = words[0] == u"on";
    hours.from = QTime::fromString(words[1], u"HH:mm"_s);
    hours.to = QTime::fromString(words[2], u"HH:mm"_s);
    hours.days = 0;
    for (const QChar day : words[3]) {
        if (day >= u'1' && day <= u'7')
            hours.days |= 1 << (day.unicode() - u'1');
    }
    return hours.from.isValid() && hours.to.isValid() ? hours : QuietHours();
}

} // namespace Treewarden
