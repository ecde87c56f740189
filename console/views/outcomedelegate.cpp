// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/outcomedelegate.h"

#include "console/models/commandlog.h"
#include "console/views/stateicon.h"

#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

OutcomeDelegate::OutcomeDelegate(int stateColumn, const QList<int> &pale, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_stateColumn(stateColumn)
    , m_pale(pale)
{
}

QSize OutcomeDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight};
}

void OutcomeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    painter->save();
    painter->fillRect(option.rect,
                      option.state.testFlag(QStyle::State_Selected) ? theme.sel : theme.surface);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme.line);
    QRect cell = option.rect.adjusted(padding, 0, -padding, -1);
    const QVariant health = index.data(CommandLog::HealthRole);
    const bool isState = index.column() == m_stateColumn;
    const QString text = index.data().toString();
    if (isState && text != u"–") {
        const QRect place(cell.left(), cell.top() + (cell.height() - 14) / 2, 14, 14);
        if (health.isValid())
            paintState(painter, place, Health(health.toInt()), theme);
        else
            paintTool(painter, place, u"refresh"_s, theme.accent);
        cell.setLeft(cell.left() + iconWidth);
    }
    const bool isBad = health.isValid() && Health(health.toInt()) != Health::Alive;
    painter->setFont(uiFont(TextSize::body, isState && isBad));
    const bool isPale = m_pale.contains(index.column());
    painter->setPen(isState && isBad ? theme.state(Health(health.toInt()))
                        : isPale     ? theme.text2
                                     : theme.text);
    const int side = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    painter->drawText(cell, Qt::AlignVCenter | (side ? Qt::AlignRight : Qt::AlignLeft),
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, cell.width()));
    painter->restore();
}

} // namespace Treewarden
