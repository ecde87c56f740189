// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pagestack.h"

#include "console/views/page.h"

namespace Treewarden {

void PageStack::add(const QString &key, Make make)
{
    m_makers.insert(key, std::move(make));
}

Page *PageStack::page(const QString &key)
{
    const auto known = m_pages.constFind(key);
    if (known != m_pages.cend())
        return *known;
    const auto maker = m_makers.constFind(key);
    if (maker == m_makers.cend())
        return nullptr;
    Page *made = (*maker)();
    m_pages.insert(key, made);
    addWidget(made);
    setPageLayout(*made, m_waitingLayouts.take(key).toMap());
    Q_EMIT pageMade(*made);
    return made;
}

Page *PageStack::current() const
{
    return qobject_cast<Page *>(currentWidget());
}

Page *PageStack::placedPage(const QString &key)
{
    Page *wanted = page(key);
    if (wanted && m_waitingPlaces.contains(key))
        wanted->setPlace(m_waitingPlaces.take(key));
    return wanted;
}

QMap<QString, QVariantMap> PageStack::places() const
{
    QMap<QString, QVariantMap> places = m_waitingPlaces;
    for (auto page = m_pages.begin(); page != m_pages.end(); ++page) {
        if (!m_waitingPlaces.contains(page.key()))
            places.insert(page.key(), page.value()->place());
    }
    return places;
}

void PageStack::setPlaces(const QMap<QString, QVariantMap> &places)
{
    m_waitingPlaces = places;
}

QVariantMap PageStack::layouts() const
{
    QVariantMap layouts = m_waitingLayouts;
    for (auto page = m_pages.begin(); page != m_pages.end(); ++page) {
        if (const QVariantMap layout = pageLayout(*page.value()); !layout.isEmpty())
            layouts.insert(page.key(), layout);
    }
    return layouts;
}

void PageStack::setLayouts(const QVariantMap &layouts)
{
    m_waitingLayouts = layouts;
    for (auto page = m_pages.begin(); page != m_pages.end(); ++page)
        setPageLayout(*page.value(), m_waitingLayouts.take(page.key()).toMap());
}

void PageStack::focusCurrent()
{
    QWidget *first = nullptr;
    const QList<QWidget *> widgets
        = currentWidget() ? currentWidget()->findChildren<QWidget *>() : QList<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        if (widget->inherits("QAbstractItemView") && !widget->inherits("QHeaderView")) {
            widget->setFocus(Qt::OtherFocusReason);
            return;
        }
        if (!first)
            first = widget;
    }
    if (first)
        first->setFocus(Qt::OtherFocusReason);
}

} // namespace Treewarden
