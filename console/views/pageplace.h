// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QVariant>

class QWidget;

namespace Treewarden {

/// What a person has set on a page by hand and finds again when the page is built anew, read from
/// and given to its widgets, whatever page it is. Widgets are known by their object name, else by
/// class and number.

/// How it is divided: splitters, and choices such as list or graph. For good.
QVariantMap pageLayout(const QWidget &page);
void setPageLayout(QWidget &page, const QVariantMap &layout);

/// Where one is: filters, tabs and scrolled lists. For the present run.
QVariantMap pagePlace(const QWidget &page);
void setPagePlace(QWidget &page, const QVariantMap &place);

/// Where one is in a window: the page in front, and the place on each.
struct WindowPlace
{
    QString page;
    QMap<QString, QVariantMap> places;
};

} // namespace Treewarden
