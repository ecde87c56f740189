// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/eventdelegate.h"

#include "console/models/serverevents.h"
#include "console/views/stateicon.h"

#include <QDateTime>
#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

EventDelegate::EventDelegate(Time time, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_time(time)
{
}

QSize EventDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight};
}

void EventDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, isSelected ? theme.sel : theme.surface);
    painter->setFont(uiFont());
    const QFontMetrics metrics = painter->fontMetrics();
    const QString format = m_time == Time::Clock ? u"HH:mm:ss"_s : u"yyyy-MM-dd HH:mm:ss"_s;
    const QString time
        = QDateTime::fromMSecsSinceEpoch(index.data(ServerEvents::TimeRole).toLongLong())
              .toString(format);
    const QRect line = option.rect.adjusted(16, 0, -16, 0);
    painter->setPen(theme.text3);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, time);
    const int icon = line.left() + metrics.horizontalAdvance(time) + 9;
    const QRect place(icon, line.center().y() - 6, 14, 14);
    if (const QVariant health = index.data(ServerEvents::HealthRole); health.isValid())
        paintState(painter, place, Health(health.toInt()), theme);
    else
        paintTool(painter, place, u"settings"_s, theme.text3);
    const QRect words(icon + 14 + 9, line.top(), line.right() - icon - 22, line.height());
    painter->setPen(theme.isStale ? theme.text2 : theme.text);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    if (option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.accent, 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

} // namespace Treewarden
