// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QAbstractButton>
#include <QMap>
#include <QWidget>

#include <optional>

class QScrollArea;
class QVBoxLayout;

namespace Treewarden {

class SiteButton;
class SiteList;

/// One line of the sidebar: icon, title, and a count in the colour of the worst state it counts.
class NavButton : public QAbstractButton
{
    Q_OBJECT
public:
    NavButton(const QString &title, const QString &iconName, QWidget *parent = nullptr);

    void setCount(int count, Health health);
    /// Pale words instead of a count; empty: none.
    void setNote(const QString &note);
    void setIsNarrow(bool isNarrow);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_iconName, m_note;
    int m_count = 0;
    Health m_health = Health::Alive;
    bool m_isNarrow = false;
};

/// The frame's left side: the sites, and the pages of the one in front.
class Sidebar : public QWidget
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget *parent = nullptr);

    void addPage(const QString &key, const QString &title, const QString &iconName);

    /// Key and title of each, in their order.
    const QList<std::pair<QString, QString>> &pages() const { return m_pages; }

    void setCurrent(const QString &key);
    /// 0 shows none.
    void setCount(const QString &key, int count, Health health);
    void setNote(const QString &key, const QString &note);
    /// What stands for the only site there is.
    void setSite(const QString &name, const QString &detail);
    /// Shows these from now on; the one in front does not change under it.
    void setSites(SiteList &sites);
    /// The colours of the site in front and its pages: stale or not, others keep theirs.
    void setSitePalette(const QPalette &palette);
    /// Icons only.
    void setIsNarrow(bool isNarrow);

Q_SIGNALS:
    void pageChosen(const QString &key);
    /// The one in front was clicked.
    void siteClicked();
    void siteChosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    void rebuildSites();
    void showSites();

    QScrollArea *m_scroll;
    QVBoxLayout *m_before, *m_column, *m_after; ///< sites, pages, sites
    SiteButton *m_site;
    SiteList *m_sites = nullptr;
    QList<std::pair<QString, SiteButton *>> m_others; ///< by id
    bool m_isNarrow = false;
    QMap<QString, NavButton *> m_buttons;
    QList<std::pair<QString, QString>> m_pages;
};

} // namespace Treewarden
