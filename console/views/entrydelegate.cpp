// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/entrydelegate.h"

#include "console/models/configentries.h"
#include "console/views/stateicon.h"

#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int signWidth = 20, edge = 10, lineGap = 1, signShape = 12;

} // namespace

QSize EntryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {120,
            QFontMetrics(uiFont()).height() + QFontMetrics(uiFont(TextSize::small)).height()
                + lineGap + 12};
}

void EntryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.sel);
    if (option.state & QStyle::State_HasFocus && option.widget->hasFocus()) {
        painter->setPen(QPen(theme.accent, 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    const bool isChanged = index.data(ConfigEntryList::ChangedRole).toBool(),
               hasError = index.data(ConfigEntryList::ErrorRole).toBool();
    const QFont font = uiFont(TextSize::body, isChanged || hasError),
                small = uiFont(TextSize::small);
    const QFontMetrics metrics(font), smallMetrics(small);
    const QRect inside = option.rect.adjusted(edge, 6, -edge, -6);
    const QString detail = index.data(ConfigEntryList::DetailRole).toString();
    QRect line(inside.left() + signWidth, inside.top(), inside.width() - signWidth,
               metrics.height());
    if (detail.isEmpty())
        line.moveTop(inside.center().y() - line.height() / 2);
    if (hasError) {
        const QRect sign(inside.left(), line.center().y() - signShape / 2, signShape, signShape);
        paintState(painter, sign, Health::Died, theme);
    } else if (isChanged) {
        painter->setFont(uiFont(TextSize::problem, true));
        painter->setPen(theme.accent);
        painter->drawText(QRect(inside.left(), line.top(), signShape, line.height()),
                          Qt::AlignCenter, u"*"_s);
    }
    painter->setFont(font);
    painter->setPen(theme.text);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, line.width()));
    line.moveTop(line.bottom() + 1 + lineGap);
    line.setHeight(smallMetrics.height());
    painter->setFont(small);
    painter->setPen(theme.text3);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      smallMetrics.elidedText(detail, Qt::ElideRight, line.width()));
    painter->restore();
}

} // namespace Treewarden
