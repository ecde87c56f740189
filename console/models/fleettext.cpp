// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleettext.h"

#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>
#include <QLocale>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int longestName = 64;

} // namespace

QString serviceName(const QString &role, const QString &instance)
{
    const QString name = oneLine(role, longestName);
    return instance == u"default" || instance.isEmpty()
        ? name
        : name + u' ' + oneLine(instance, longestName);
}

QString roleTitle(const PaasRole &role)
{
    return oneLine(role.title.isEmpty() ? role.role : role.title, longestName);
}

qint64 eventTime(const Event &event)
{
    if (const auto time = jsonInteger(event.json.value(u"timestamp"_s)))
        return *time;
    return event.id.section(u'-', 0, 0).toLongLong();
}

QString serverCountText(qsizetype count)
{
    return count == 1
        ? QCoreApplication::translate("Health", "1 server")
        : QCoreApplication::translate("Health", "%1 servers").arg(QLocale().toString(count));
}

QString aliveText(int alive, int total)
{
    const QLocale locale;
    return locale.toString(alive) + u" / "_s + locale.toString(total);
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
