// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/pageplace.h"

#include <QStackedWidget>

#include <functional>

namespace Treewarden {

class Page;

/// The pages of a window, known by a key. Each is made when somebody asks for it first; where one
/// was on it, and how it was divided, waits until then.
class PageStack : public QStackedWidget
{
    Q_OBJECT
public:
    using Make = std::function<Page *()>;

    using QStackedWidget::QStackedWidget;

    void add(const QString &key, Make make);

    bool contains(const QString &key) const { return m_makers.contains(key); }

    /// Makes it when it is not there yet; nullptr for a key that was not added.
    Page *page(const QString &key);

    /// Those that are there, by key.
    const QMap<QString, Page *> &made() const { return m_pages; }

    /// The one in front; nullptr while something else is.
    Page *current() const;

    QString currentKey() const { return m_pages.key(current()); }

    /// The page as it is to be shown: in the place that waits for it.
    Page *placedPage(const QString &key);

    QMap<QString, QVariantMap> places() const;
    void setPlaces(const QMap<QString, QVariantMap> &places);
    QVariantMap layouts() const; ///< by page
    void setLayouts(const QVariantMap &layouts);

    /// Puts the focus where work on the page in front begins: its list, else its first field.
    void focusCurrent();

Q_SIGNALS:
    /// For the first time, not yet shown.
    void pageMade(Treewarden::Page &page);

private:
    QMap<QString, Make> m_makers;
    QMap<QString, Page *> m_pages;
    QMap<QString, QVariantMap> m_waitingPlaces; ///< of pages not in front since setPlaces()
    QVariantMap m_waitingLayouts; ///< of pages that are not made yet
};

} // namespace Treewarden
