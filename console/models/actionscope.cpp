// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actionscope.h"

#include <QSet>

namespace Treewarden {
using namespace Qt::StringLiterals;

QStringList ActionScope::maintenanceKeys() const
{
    if (isTree())
        return {u"paas/"_s + tree};
    if (isRole())
        return {u"paas/%1/%2"_s.arg(tree, role)};
    QStringList keys;
    for (const ActionTarget &place : places)
        keys << (isServers()
                     ? place.ip
                     : place.ip + u'/' + place.service.role + u'/' + place.service.instance);
    return keys;
}

QStringList ActionScope::ips() const
{
    QStringList ips;
    QSet<QString> seen;
    for (const ActionTarget &place : places) {
        if (!seen.contains(place.ip))
            ips << place.ip;
        seen.insert(place.ip);
    }
    return ips;
}

QList<CommandOrder> ActionScope::orders(const QString &action) const
{
    QList<CommandOrder> orders;
    for (const ActionTarget &place : places)
        orders << CommandOrder{place.ip, place.service, action, {}};
    return orders;
}

} // namespace Treewarden
