// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/servicedelegate.h"

#include "console/models/servicemodel.h"
#include "console/views/stateicon.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int sidePadding = 20, topPadding = 5, listIcon = 14, textLeft = sidePadding + 16 + 9,
              mostWhyLines = 3;

int viewWidth(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return view ? view->viewport()->width() : option.rect.width();
}

/// `text` in lines of `width`, the last one elided.
QStringList wrapped(const QString &text, const QFont &font, int width)
{
    QStringList lines;
    QTextLayout layout(text, font);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(qMax(40, width));
        if (lines.size() == mostWhyLines - 1) {
            lines << QFontMetrics(font).elidedText(text.mid(line.textStart()), Qt::ElideRight,
                                                   width);
            break;
        }
        lines << text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

int lineHeight(int pixelSize)
{
    return qMax(pixelSize == TextSize::body ? 18 : 16, QFontMetrics(uiFont(pixelSize)).height());
}

void paintBackground(QPainter *painter, const QStyleOptionViewItem &option, const Theme &theme)
{
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme.sel);
}

} // namespace

QSize ServiceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = viewWidth(option);
    const QString why = index.data(ServiceModel::WhyRole).toString();
    const qsizetype acting = (index.data(ServiceModel::ActingRole).toString().isEmpty() ? 0 : 1)
        + (index.data(ServiceModel::LoadRole).toString().isEmpty() ? 0 : 1);
    const qsizetype lines = acting
        + (why.isEmpty()
               ? 0
               : wrapped(why, uiFont(TextSize::small), width - textLeft - sidePadding).size());
    return {0,
            2 * topPadding + lineHeight(TextSize::body) + int(lines) * lineHeight(TextSize::small)};
}

void ServiceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    const auto health = Health(index.data(ServiceModel::HealthRole).toInt());
    painter->save();
    paintBackground(painter, option, theme);
    const QRect row = option.rect.adjusted(sidePadding, topPadding, -sidePadding, -topPadding);
    const int height = lineHeight(TextSize::body);
    paintState(painter, QRect(row.left(), row.top() + (height - listIcon) / 2, listIcon, listIcon),
               health, theme);

    const QString note = index.data(ServiceModel::NoteRole).toString();
    painter->setFont(uiFont(TextSize::small));
    painter->setPen(theme.text3);
    const int noteWidth = painter->fontMetrics().horizontalAdvance(note);
    painter->drawText(QRect(row.right() - noteWidth, row.top(), noteWidth + 1, height),
                      Qt::AlignVCenter | Qt::AlignRight, note);

    painter->setFont(uiFont(TextSize::body, health != Health::Alive));
    painter->setPen(theme.text);
    const QRect name(option.rect.left() + textLeft, row.top(),
                     row.right() - noteWidth - 8 - option.rect.left() - textLeft, height);
    painter->drawText(
        name, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, name.width()));

    painter->setFont(uiFont(TextSize::small));
    painter->setPen(theme.text2);
    int y = row.top() + height;
    const QString why = index.data(ServiceModel::WhyRole).toString();
    QStringList lines = why.isEmpty()
        ? QStringList()
        : wrapped(why, painter->font(), row.right() - name.left() + 1);
    if (const QString acting = index.data(ServiceModel::ActingRole).toString(); !acting.isEmpty())
        lines << painter->fontMetrics().elidedText(acting, Qt::ElideRight,
                                                   row.right() - name.left() + 1);
    if (const QString load = index.data(ServiceModel::LoadRole).toString(); !load.isEmpty())
        lines << painter->fontMetrics().elidedText(load, Qt::ElideRight,
                                                   row.right() - name.left() + 1);
    for (const QString &line : lines) {
        painter->drawText(
            QRect(name.left(), y, row.right() - name.left() + 1, lineHeight(TextSize::small)),
            Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, line);
        y += lineHeight(TextSize::small);
    }
    painter->restore();
}

} // namespace Treewarden
