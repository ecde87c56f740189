// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace Treewarden {

class SiteList;

/// The sites, Ctrl+Alt+1 to 9; the one in front is checked.
class SiteMenu : public QMenu
{
    Q_OBJECT
public:
    explicit SiteMenu(SiteList &sites, QWidget *parent = nullptr);

Q_SIGNALS:
    void siteChosen(const QString &id);
    void sitesRequested();

private:
    void rebuild();
    void showNames();

    SiteList &m_sites;
};

} // namespace Treewarden
