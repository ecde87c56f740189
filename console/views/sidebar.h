// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QAbstractButton>
#include <QMap>
#include <QWidget>

#include <optional>

class QVBoxLayout;

namespace Treewarden {

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

/// The frame's left side: which site, and its pages.
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
    void setSite(const QString &name, const QString &detail);
    /// Icons only.
    void setIsNarrow(bool isNarrow);

Q_SIGNALS:
    void pageChosen(const QString &key);
    void siteClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class SiteButton;

    QVBoxLayout *m_column;
    SiteButton *m_site;
    QMap<QString, NavButton *> m_buttons;
    QList<std::pair<QString, QString>> m_pages;
};

} // namespace Treewarden
