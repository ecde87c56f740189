// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treedelegate.h"

#include "console/models/treemodel.h"
#include "console/views/stateicon.h"

#include <QPainter>

namespace Treewarden {

namespace {

constexpr int treeIcon = 14, treePadding = 10;

} // namespace

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const QFontMetrics metrics(uiFont(TextSize::body, true));
    return {metrics.horizontalAdvance(index.data().toString()) + 2 * treePadding + treeIcon + 8,
            qMax(rowHeight, metrics.height() + 8)};
}

void TreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    const auto health = Health(index.data(TreeModel::HealthRole).toInt());
    const auto kind = TreeModel::Kind(index.data(TreeModel::KindRole).toInt());
    const bool isName = index.column() == TreeModel::NameColumn;
    const bool isEmpty = kind != TreeModel::Kind::Instance
        && index.siblingAtColumn(TreeModel::AliveColumn).data().toString() == u"–";
    const bool isCalm = health == Health::Alive || isEmpty;
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme.sel);
    QRect cell = option.rect.adjusted(isName ? 4 : treePadding, 0, -treePadding, 0);
    if (isName && !isEmpty)
        paintState(
            painter,
            QRect(cell.left(), cell.top() + (cell.height() - treeIcon) / 2, treeIcon, treeIcon),
            health, theme);
    if (isName)
        cell.setLeft(cell.left() + treeIcon + 8);
    const bool isBold = isName ? kind == TreeModel::Kind::Tree || !isCalm
                               : index.column() == TreeModel::StateColumn && !isCalm;
    painter->setFont(uiFont(TextSize::body, isBold));
    painter->setPen(isEmpty                                        ? theme.text3
                        : index.column() == TreeModel::StateColumn ? theme.state(health)
                        : isName                                   ? theme.text
                                                                   : theme.text2);
    painter->drawText(
        cell, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, cell.width()));
    painter->restore();
}

} // namespace Treewarden
