// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/helpdelegate.h"

#include "console/views/theme.h"

#include <QPainter>
#include <QTextLayout>
#include <QWidget>
#include <QtMath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int indent = 8, air = 6, snippetLines = 2;

/// The first lines of the words, as tall as their fonts are: Chinese is taller than Latin. Gives
/// their height.
qreal layOut(QTextLayout &layout, int width)
{
    layout.setCacheEnabled(true);
    layout.beginLayout();
    qreal y = 0;
    for (int i = 0; i < snippetLines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return y;
}

} // namespace

QSize HelpDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int title = QFontMetrics(uiFont()).height();
    const QString snippet = index.data().toString().section(u'\n', 1);
    if (snippet.isEmpty())
        return {0, qMax(28, title + 10)};
    QTextLayout layout(snippet, uiFont(TextSize::small));
    const int room = option.widget ? option.widget->width() : option.rect.width();
    return {0, air + title + qCeil(layOut(layout, qMax(60, room - 2 * indent))) + air};
}

void HelpDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    const QString text = index.data().toString(), snippet = text.section(u'\n', 1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.sel);
        painter->drawRoundedRect(option.rect, 4, 4);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(theme.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), 4, 4);
    }
    QRect line = option.rect.adjusted(indent, snippet.isEmpty() ? 0 : air, -indent, 0);
    const QFont font = uiFont(TextSize::body, !snippet.isEmpty());
    if (!snippet.isEmpty())
        line.setHeight(QFontMetrics(font).height());
    painter->setFont(font);
    painter->setPen(theme.text);
    painter->drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(font).elidedText(text.section(u'\n', 0, 0), Qt::ElideRight, line.width()));
    painter->setPen(theme.text2);
    QTextLayout layout(snippet, uiFont(TextSize::small));
    layOut(layout, line.width());
    layout.draw(painter, QPointF(line.left(), line.bottom() + 1));
    painter->restore();
}

} // namespace Treewarden
