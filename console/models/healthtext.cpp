// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/healthtext.h"

#include <QCoreApplication>
#include <QLocale>

namespace Treewarden {
using namespace Qt::StringLiterals;

QString healthText(Health health)
{
    switch (health) {
    case Health::Alive:
        return QCoreApplication::translate("Health", "alive");
    case Health::Maintenance:
        return QCoreApplication::translate("Health", "maintenance");
    case Health::Unknown:
        return QCoreApplication::translate("Health", "unknown");
    case Health::Degraded:
        return QCoreApplication::translate("Health", "degraded");
    case Health::Died:
        return QCoreApplication::translate("Health", "died");
    }
    return {};
}

QString serverCountText(qsizetype count)
{
    return count == 1
        ? QCoreApplication::translate("Health", "1 server")
        : QCoreApplication::translate("Health", "%1 servers").arg(QLocale().toString(count));
}

QString shortAddress(const QString &address)
{
    QString rest = address.section(u"://"_s, 1);
    if (address.startsWith(u"unix:"))
        return rest.section(u'?', 0, 0).section(u'/', -1);
    rest = rest.section(u'@', -1);
    if (rest.endsWith(u"/0"))
        rest.chop(2);
    if (rest.endsWith(u":6379"))
        rest.chop(5);
    return rest;
}

} // namespace Treewarden
