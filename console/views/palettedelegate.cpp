// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/palettedelegate.h"

#include "console/models/palettemodel.h"
#include "console/views/stateicon.h"

#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int sideSpace = 14, iconPlace = 16, behindIcon = 10;

/// How tall a line of text is, whatever font is there.
int heightOfLine(int pixelSize, int least, int space)
{
    return qMax(least, QFontMetrics(uiFont(pixelSize)).height() + space);
}

} // namespace

PaletteDelegate::PaletteDelegate(const PaletteModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool isHeading = m_model.item(index.row()).kind == PaletteItem::Kind::Heading;
    return {200,
            isHeading ? heightOfLine(TextSize::small, headingHeight, 10)
                      : heightOfLine(TextSize::body, rowHeight, 12)};
}

void PaletteDelegate::paintHeading(QPainter *painter, const QStyleOptionViewItem &option,
                                   const PaletteItem &item) const
{
    const Theme &theme = themeOf(option.palette);
    painter->setPen(theme.text3);
    painter->setFont(uiFont(TextSize::small, true));
    painter->drawText(option.rect.adjusted(sideSpace, 0, -sideSpace, -4),
                      Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine, item.title);
}

/// Gives how much room it took.
int PaletteDelegate::paintRight(QPainter *painter, const QStyleOptionViewItem &option,
                                const PaletteItem &item) const
{
    const Theme &theme = themeOf(option.palette);
    QRect room = option.rect.adjusted(0, 0, -sideSpace, 0);
    if (!item.shortcut.isEmpty()) {
        painter->setFont(uiFont(TextSize::axis));
        const QFontMetrics metrics = painter->fontMetrics();
        QRect key(0, 0, metrics.horizontalAdvance(item.shortcut) + 12, metrics.height() + 4);
        key.moveCenter(room.center());
        key.moveRight(room.right());
        painter->setPen(theme.line2);
        painter->setBrush(theme.alt);
        painter->drawRoundedRect(QRectF(key).adjusted(.5, .5, -.5, -.5), 3, 3);
        painter->setPen(theme.text2);
        painter->drawText(key, Qt::AlignCenter | Qt::TextSingleLine, item.shortcut);
        room.setRight(key.left() - 10);
    }
    painter->setFont(uiFont(TextSize::small));
    painter->setPen(theme.text3);
    painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, item.detail);
    return option.rect.right() - room.right()
        + painter->fontMetrics().horizontalAdvance(item.detail) + 12;
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const PaletteItem &item = m_model.item(index.row());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (item.kind == PaletteItem::Kind::Heading) {
        paintHeading(painter, option, item);
        painter->restore();
        return;
    }
    const Theme &theme = themeOf(option.palette);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.sel);
        painter->drawRoundedRect(option.rect.adjusted(6, 0, -6, 0), 4, 4);
    }
    const int taken = paintRight(painter, option, item);
    const bool isCalm = !item.health || *item.health == Health::Alive;
    const int iconSize = item.health ? 14 : iconPlace;
    QRect icon(option.rect.left() + sideSpace, 0, iconPlace, iconPlace);
    icon.moveTop(option.rect.center().y() - iconPlace / 2 + 1);
    icon = QRect(icon.center().x() - iconSize / 2 + 1, icon.center().y() - iconSize / 2 + 1,
                 iconSize, iconSize);
    if (item.health)
        paintState(painter, icon, *item.health, theme);
    else if (!item.icon.isEmpty())
        paintTool(painter, icon, item.icon, item.isEnabled ? theme.text2 : theme.line2);
    QRect words = option.rect.adjusted(sideSpace + iconPlace + behindIcon, 0, -taken, 0);
    painter->setFont(uiFont(TextSize::body, !isCalm));
    painter->setPen(item.isEnabled ? theme.text : theme.text3);
    const QString title
        = painter->fontMetrics().elidedText(item.title, Qt::ElideMiddle, words.width());
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
    const QString note = item.whyNot.isEmpty() ? item.note : item.whyNot;
    words.setLeft(words.left() + painter->fontMetrics().horizontalAdvance(title) + 10);
    if (!note.isEmpty() && words.width() > 40) {
        painter->setFont(uiFont(TextSize::small));
        painter->setPen(theme.text3);
        painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(note, Qt::ElideRight, words.width()));
    }
    painter->restore();
}

} // namespace Treewarden
