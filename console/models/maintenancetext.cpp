// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/maintenancetext.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct MaintenanceText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::MaintenanceText)
};

} // namespace

QString momentText(qint64 time, qint64 now)
{
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(time);
    const bool isToday = then.date() == QDateTime::fromMSecsSinceEpoch(now).date();
    return then.toString(isToday ? u"HH:mm"_s : u"yyyy-MM-dd HH:mm"_s);
}

QString maintenanceText(const Maintenance &maintenance, qint64 now)
{
    const QString sentence
        = MaintenanceText::tr("In maintenance until %1.").arg(momentText(maintenance.until, now));
    const QString by = oneLine(maintenance.by, 64), reason = oneLine(maintenance.reason, 200);
    if (by.isEmpty() && reason.isEmpty())
        return sentence;
    if (by.isEmpty() || reason.isEmpty())
        return sentence + u' ' + by + reason;
    return sentence + u' ' + MaintenanceText::tr("%1: %2", "who: why").arg(by, reason);
}

std::optional<Maintenance> presentMaintenance(const FleetState &state, const QStringList &keys,
                                              qint64 now)
{
    std::optional<Maintenance> longest;
    for (const QString &key : keys) {
        if (isInMaintenance(state, key, now)
            && (!longest || state.maintenance.value(key).until > longest->until))
            longest = state.maintenance.value(key);
    }
    return longest;
}

QString targetText(const FleetState &state, const ActionScope &target)
{
    if (target.isTree())
        return MaintenanceText::tr("PaaS %1").arg(oneLine(target.tree, 64));
    if (target.isRole())
        return MaintenanceText::tr("%1 in %2", "a role, a tree")
            .arg(oneLine(target.role, 64), oneLine(target.tree, 64));
    if (target.isEmpty())
        return {};
    const ActionTarget &first = target.places.first();
    if (target.places.size() > 1)
        return target.isServers()
            ? serverCountText(target.places.size())
            : MaintenanceText::tr("%1 services").arg(QLocale().toString(target.places.size()));
    return target.isServers() ? serverText(state, first.ip)
                              : serviceText(state, first.ip, first.service);
}

} // namespace Treewarden
