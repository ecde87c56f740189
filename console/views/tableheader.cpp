// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/tableheader.h"

#include "console/views/stateicon.h"

#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

TableHeader::TableHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setHighlightSections(false);
    setSectionsClickable(true);
    setSortIndicatorShown(true);
    setFixedHeight(qMax(30, QFontMetrics(uiFont(TextSize::small)).height() + 12));
    setMinimumSectionSize(40);
    viewport()->setAttribute(Qt::WA_Hover);
}

void TableHeader::setTitle(int section, const QString &title)
{
    if (title.isEmpty())
        m_titles.remove(section);
    else
        m_titles.insert(section, title);
    viewport()->update();
}

QString TableHeader::title(int section) const
{
    if (!model()) // while a page goes, its model goes before its views
        return {};
    return m_titles.value(section,
                          model()->headerData(section, orientation(), Qt::DisplayRole).toString());
}

QSize TableHeader::sectionSizeFromContents(int section) const
{
    return {QFontMetrics(uiFont(TextSize::small, true)).horizontalAdvance(title(section)) + 20 + 16,
            height()};
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Theme &theme = themeOf(this);
    painter->save();
    painter->fillRect(rect, theme.alt);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line2);
    const bool isSorted = sortIndicatorSection() == section;
    painter->setFont(uiFont(TextSize::small, isSorted));
    painter->setPen(isSorted ? theme.text : theme.text2);
    const int side = model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt()
        & Qt::AlignRight;
    const int arrow = isSorted ? 14 : 0;
    const QRect cell = rect.adjusted(10, 0, -10, -1);
    const QString shown
        = painter->fontMetrics().elidedText(title(section), Qt::ElideRight, cell.width() - arrow);
    const int words = painter->fontMetrics().horizontalAdvance(shown);
    const int left = side ? cell.right() + 1 - words - arrow : cell.left();
    painter->drawText(QRect(left, cell.top(), words + 1, cell.height()),
                      Qt::AlignVCenter | Qt::AlignLeft, shown);
    if (isSorted)
        paintTool(painter, QRect(left + words + 2, cell.center().y() - 5, 12, 12),
                  sortIndicatorOrder() == Qt::AscendingOrder ? u"chevron-down"_s : u"chevron-up"_s,
                  theme.text);
    painter->restore();
}

} // namespace Treewarden
