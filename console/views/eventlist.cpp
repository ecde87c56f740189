// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/eventlist.h"

#include "console/views/theme.h"

#include <QAction>
#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

EventList::EventList(FleetSource &source, EventDelegate::Time time, QWidget *parent)
    : QListView(parent)
    , m_events(source)
{
    m_events.showAll();
    setModel(&m_events);
    setItemDelegate(new EventDelegate(time, this));
    setResizeMode(Adjust);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Events"));
    auto *see = new QAction(tr("See this moment"), this);
    see->setShortcut(QKeySequence(u"Ctrl+Return"_s));
    see->setShortcutContext(Qt::WidgetShortcut);
    addAction(see);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(see, &QAction::triggered, this, [this] {
        if (const qint64 moment = currentIndex().data(ServerEvents::MomentRole).toLongLong())
            Q_EMIT momentChosen(moment);
    });
    connect(this, &QListView::activated, this, [this](const QModelIndex &index) {
        if (const QString ip = index.data(ServerEvents::IpRole).toString(); !ip.isEmpty())
            Q_EMIT serverChosen(ip);
    });
}

void EventList::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_events.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(uiFont());
    painter.setPen(themeOf(this).text3);
    painter.drawText(viewport()->rect().adjusted(16, 6, -16, 0),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     tr("Nothing has happened yet."));
}

} // namespace Treewarden
