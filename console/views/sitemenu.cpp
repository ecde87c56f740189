// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/sitemenu.h"

#include "console/models/sitelist.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostShortcuts = 9;

} // namespace

SiteMenu::SiteMenu(SiteList &sites, QWidget *parent)
    : QMenu(parent)
    , m_sites(sites)
{
    setTitle(tr("&Sites"));
    connect(&sites, &SiteList::changed, this, &SiteMenu::rebuild);
    connect(&sites, &SiteList::siteChanged, this, &SiteMenu::showNames);
    connect(&sites, &SiteList::currentChanged, this, &SiteMenu::showNames);
    rebuild();
}

void SiteMenu::rebuild()
{
    clear();
    int number = 0;
    for (const auto &site : m_sites.sites()) {
        QAction *action
            = addAction(QString(), this, [this, id = site->id()] { Q_EMIT siteChosen(id); });
        action->setCheckable(true);
        action->setData(site->id());
        if (++number <= mostShortcuts)
            action->setShortcut(QKeySequence(u"Ctrl+Alt+%1"_s.arg(number)));
    }
    if (number > 0)
        addSeparator();
    addAction(tr("&Edit sites…"), this, &SiteMenu::sitesRequested);
    showNames();
}

void SiteMenu::showNames()
{
    for (QAction *action : actions()) {
        const Site *site = m_sites.find(action->data().toString());
        if (!site)
            continue;
        action->setText(site->name().replace(u'&', u"&&"_s));
        action->setChecked(site == m_sites.current());
    }
}

} // namespace Treewarden
