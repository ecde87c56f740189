// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/maintenancewords.h"

#include "console/cli/clitext.h"
#include "console/cli/historytext.h"
#include "shared/core/ipaddress.h"
#include "shared/core/textformat.h"

#include <QDateTime>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// "10.0.0.7/mysql/3306", "10.0.0.7/mysql:3306", "paas/dev", "dev/mysql" …
std::optional<MaintenanceTarget> parseWholeName(const QString &word)
{
    const qsizetype slash = word.indexOf(u'/');
    if (const auto ip = canonicalIp(word.left(slash))) {
        QString rest = slash < 0 ? QString() : word.mid(slash);
        if (rest.count(u'/') == 1)
            rest.replace(u':', u'/');
        return MaintenanceTarget::parse(QString(*ip + rest));
    }
    const bool isWritten = word.startsWith(u"paas/"_s);
    return MaintenanceTarget::parse(isWritten ? word : QString(u"paas/"_s + word));
}

Error wrongName(const QString &word)
{
    return Error{CliText::tr("'%1' names nothing that can be in maintenance: write 10.0.0.7, "
                             "10.0.0.7 mysql:3306, paas/dev or paas/dev/mysql")
                     .arg(oneLine(word, 80))};
}

} // namespace

Result<QList<MaintenanceTarget>> parseMaintenanceWords(const QStringList &words)
{
    QList<MaintenanceTarget> targets;
    QString ip; // that services after it belong to
    for (const QString &word : words) {
        const auto service = ServiceId::parse(word);
        if (service && !canonicalIp(word)) {
            if (ip.isEmpty())
                return Error{CliText::tr("say on which server: 10.0.0.7 %1").arg(service->text())};
            // The server itself is not meant any more.
            if (!targets.isEmpty() && targets.last().key() == ip)
                targets.removeLast();
            targets << MaintenanceTarget{ip, *service, {}, {}};
            continue;
        }
        const auto target = parseWholeName(word);
        if (!target)
            return wrongName(word);
        ip = target->service ? QString() : target->ip;
        targets << *target;
    }
    QList<MaintenanceTarget> once;
    for (const MaintenanceTarget &target : std::as_const(targets)) {
        if (!once.contains(target))
            once << target;
    }
    if (once.isEmpty())
        return Error{CliText::tr("say what: 10.0.0.7, 10.0.0.7 mysql:3306, paas/dev or "
                                 "paas/dev/mysql")};
    return once;
}

Result<qint64> parseMaintenanceEnd(const QString &span, const QString &time, qint64 now)
{
    if (span.isEmpty() == time.isEmpty())
        return Error{CliText::tr("say how long: --for 2h, or --until 2026-11-27T04:00")};
    qint64 until = 0;
    if (!span.isEmpty()) {
        const auto length = parseSpan(span);
        if (!length)
            return Error{CliText::tr("--for takes a time such as 90m, 2h or 3d, not '%1'")
                             .arg(oneLine(span, 40))};
        until = now + *length;
    } else {
        const QDateTime end = QDateTime::fromString(time, Qt::ISODate);
        if (!end.isValid() || !time.contains(u'T'))
            return Error{CliText::tr("--until takes a time such as 2026-11-27T04:00, not '%1'")
                             .arg(oneLine(time, 40))};
        until = end.toMSecsSinceEpoch();
    }
    if (until <= now)
        return Error{CliText::tr("--until is past already")};
    if (until - now > std::chrono::milliseconds(longestMaintenance).count())
        return Error{CliText::tr("a maintenance ends within 30 days: set it again then")};
    return until;
}

} // namespace Treewarden
