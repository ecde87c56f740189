// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pageplace.h"

#include "console/views/filterfield.h"
#include "console/views/pagetabs.h"

#include <QAbstractScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTimer>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// Calls `visit(key, widget)` for each widget of a class.
template<typename T, typename Visit>
void forEachOf(const QWidget &page, Visit visit)
{
    int number = 0;
    const QString kind = QString::fromLatin1(T::staticMetaObject.className()).section(u"::"_s, -1);
    for (T *widget : page.findChildren<T *>()) {
        const QString name = widget->objectName();
        ++number;
        visit(name.isEmpty() || name.startsWith(u"qt_") ? u"%1/%2"_s.arg(kind).arg(number) : name,
              *widget);
    }
}

QPoint scrolled(const QAbstractScrollArea &area)
{
    return {area.horizontalScrollBar()->value(), area.verticalScrollBar()->value()};
}

} // namespace

QVariantMap pageLayout(const QWidget &page)
{
    QVariantMap layout;
    forEachOf<QSplitter>(page, [&](const QString &key, const QSplitter &splitter) {
        layout.insert(key, splitter.saveState());
    });
    forEachOf<SegmentedChoice>(page, [&](const QString &key, const SegmentedChoice &choice) {
        layout.insert(key, choice.currentIndex());
    });
    return layout;
}

void setPageLayout(QWidget &page, const QVariantMap &layout)
{
    forEachOf<QSplitter>(page, [&](const QString &key, QSplitter &splitter) {
        if (layout.contains(key))
            splitter.restoreState(layout[key].toByteArray());
    });
    forEachOf<SegmentedChoice>(page, [&](const QString &key, SegmentedChoice &choice) {
        if (layout.contains(key))
            choice.setCurrentIndex(layout[key].toInt());
    });
}

QVariantMap pagePlace(const QWidget &page)
{
    QVariantMap place;
    forEachOf<FilterField>(page, [&](const QString &key, const FilterField &field) {
        place.insert(key, field.text());
    });
    forEachOf<PageTabs>(page, [&](const QString &key, const PageTabs &tabs) {
        place.insert(key, tabs.currentIndex());
    });
    forEachOf<QAbstractScrollArea>(page, [&](const QString &key, const QAbstractScrollArea &area) {
        if (!scrolled(area).isNull())
            place.insert(key, scrolled(area));
    });
    return place;
}

void setPagePlace(QWidget &page, const QVariantMap &place)
{
    forEachOf<FilterField>(page, [&](const QString &key, FilterField &field) {
        if (place.contains(key) && field.text() != place[key].toString())
            field.setText(place[key].toString());
    });
    forEachOf<PageTabs>(page, [&](const QString &key, PageTabs &tabs) {
        if (place.contains(key))
            tabs.setCurrentIndex(place[key].toInt());
    });
    forEachOf<QAbstractScrollArea>(page, [&](const QString &key, QAbstractScrollArea &area) {
        if (!place.contains(key))
            return;
        // Later: how far it can be scrolled shows when it has been laid out.
        QTimer::singleShot(0, &area, [&area, to = place[key].toPoint()] {
            area.horizontalScrollBar()->setValue(to.x());
            area.verticalScrollBar()->setValue(to.y());
        });
    });
}

} // namespace Treewarden
