// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/visibleservers.h"

#include "console/models/fleetsource.h"

#include <QAbstractItemView>
#include <QScrollBar>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr int mostVisible = 200;

} // namespace

VisibleServers::VisibleServers(FleetSource &source, QAbstractItemView *view, int ipRole)
    : QObject(view)
    , m_source(source)
    , m_view(view)
    , m_ipRole(ipRole)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(50ms);
    connect(&m_soon, &QTimer::timeout, this, &VisibleServers::look);
    connect(&source, &FleetSource::momentChanged, this, &VisibleServers::lookSoon);
    connect(view->verticalScrollBar(), &QScrollBar::valueChanged, this, &VisibleServers::lookSoon);
    connect(view->verticalScrollBar(), &QScrollBar::rangeChanged, this, &VisibleServers::lookSoon);
    connect(view->model(), &QAbstractItemModel::modelReset, this, &VisibleServers::lookSoon);
    connect(view->model(), &QAbstractItemModel::layoutChanged, this, &VisibleServers::lookSoon);
}

void VisibleServers::lookSoon()
{
    if (m_source.isPast() && !m_soon.isActive())
        m_soon.start();
}

void VisibleServers::look()
{
    QStringList ips;
    const QModelIndex first = m_view->indexAt({1, 1});
    for (int row = first.row(); m_view->isVisible() && first.isValid() && ips.size() < mostVisible;
         ++row) {
        const QModelIndex index = m_view->model()->index(row, 0);
        const QRect place = m_view->visualRect(index);
        if (!index.isValid() || place.top() > m_view->viewport()->height())
            break;
        ips << index.data(m_ipRole).toString();
    }
    m_source.wantWorkload(this, ips);
}

} // namespace Treewarden
