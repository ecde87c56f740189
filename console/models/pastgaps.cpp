// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastgaps.h"

#include "console/models/pasttext.h"
#include "shared/core/textformat.h"

#include <QLocale>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int longestIds = 100;

QString idsText(const QStringList &ids)
{
    return oneLine(ids.join(u", "_s), longestIds);
}

QString countedServers(int count)
{
    return count == 1 ? PastText::tr("1 server")
                      : PastText::tr("%1 servers").arg(QLocale().toString(count));
}

QString countedServices(int count)
{
    return count == 1 ? PastText::tr("1 service")
                      : PastText::tr("%1 services").arg(QLocale().toString(count));
}

/// "3 servers, 41 services"; empty when all are known.
QString forgottenText(const PastGaps &gaps)
{
    QStringList parts;
    if (gaps.servers > 0)
        parts << countedServers(gaps.servers);
    if (gaps.services > 0)
        parts << countedServices(gaps.services);
    return parts.join(u", "_s);
}

/// "PaaS dev, shop"; empty when all are known.
QString treesText(const PastGaps &gaps)
{
    const QStringList ids = gaps.vagueTrees + gaps.lostTrees;
    return ids.isEmpty() ? QString() : PastText::tr("PaaS %1").arg(idsText(ids));
}

} // namespace

QString knowledgeLine(const PastGaps &gaps)
{
    if (!gaps.trouble.isEmpty())
        return PastText::tr("Only what was read before is shown: %1").arg(oneLine(gaps.trouble));
    QStringList sentences;
    if (gaps.begin > 0)
        sentences << PastText::tr("Nothing earlier is remembered.");
    QStringList unknown{forgottenText(gaps), treesText(gaps)};
    unknown.removeAll(QString());
    if (!unknown.isEmpty())
        sentences << PastText::tr("Not known: %1.").arg(unknown.join(u", "_s));
    return sentences.isEmpty() ? PastText::tr("States, trees and events are as they were then.")
                               : sentences.join(u' ');
}

PastKnowledge knowledgeOf(const PastGaps &gaps)
{
    PastKnowledge known;
    known.asThen << PastText::tr(
        "Servers and services: whether they lived, since when and why not.")
                 << PastText::tr("Service trees, in the version of that time.")
                 << PastText::tr("Maintenance, and the events and commands up to that moment.")
                 << PastText::tr("The load of servers, where their history holds it.");
    if (!gaps.trouble.isEmpty())
        known.unknown
            << PastText::tr("Events that were not read before: %1").arg(oneLine(gaps.trouble));
    if (gaps.begin > 0)
        known.unknown << PastText::tr("Everything before: no earlier event is remembered.");
    if (const QString forgotten = forgottenText(gaps); !forgotten.isEmpty())
        known.unknown << PastText::tr("How %1 stood: no event tells; they are shown as unknown.")
                             .arg(forgotten);
    if (!gaps.vagueTrees.isEmpty())
        known.unknown << PastText::tr("PaaS %1 as it was: the version of that time is not kept; "
                                      "the next one that is is shown.")
                             .arg(idsText(gaps.vagueTrees));
    if (!gaps.lostTrees.isEmpty())
        known.unknown << PastText::tr("PaaS %1, removed since: no version is kept; not shown.")
                             .arg(idsText(gaps.lostTrees));
    known.asNow << PastText::tr("Names, addresses, hardware and system of servers.")
                << PastText::tr("Configurations and schedules.")
                << PastText::tr("What services tell of their own load is left out.");
    return known;
}

} // namespace Treewarden
