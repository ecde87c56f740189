// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/traytext.h"

#include "console/models/problemtext.h"
#include "console/models/sitelist.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostSiteLines = 8;

struct TrayTexts
{
    Q_DECLARE_TR_FUNCTIONS(TrayTexts)
};

bool isQuietSite(const SiteTally &tally)
{
    return tally.isLive && tally.problems == 0;
}

} // namespace

QString trayToolTip(const SiteList &sites)
{
    if (sites.sites().empty())
        return TrayTexts::tr("Treewarden: no site yet");
    QStringList lines{TrayTexts::tr("Treewarden: %1").arg(tallyText(sites.total()))};
    if (sites.sites().size() < 2)
        return lines.first();
    for (const auto &site : sites.sites()) {
        if (!isQuietSite(site->tally()) && lines.size() <= mostSiteLines)
            lines << TrayTexts::tr("%1: %2").arg(site->name(), tallyText(site->tally()));
    }
    return lines.join(u'\n');
}

QList<TrayLine> trayProblems(const SiteList &sites, qsizetype most)
{
    QList<TrayLine> lines;
    const bool isOne = sites.sites().size() < 2;
    for (const auto &site : sites.sites()) {
        const QList<Problem> &problems = site->counter().problems();
        if (!site->tally().isLive)
            continue;
        for (const Problem &problem : problems.first(qMin(most, problems.size()))) {
            const ProblemText text = problemText(site->live().state(), problem, site->live().now());
            lines.append(
                {site->id(), text.ip,
                 isOne ? text.title : TrayTexts::tr("%1: %2").arg(site->name(), text.title),
                 text.health});
        }
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const TrayLine &a, const TrayLine &b) { return a.health > b.health; });
    return lines.first(qMin(most, lines.size()));
}

} // namespace Treewarden
