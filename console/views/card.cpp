// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/card.h"

#include "console/views/tonedlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QSplitter>

namespace Treewarden {

Card::Card(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(1, 1, 1, 1);
    m_column->setSpacing(0);
}

QHBoxLayout *Card::addHead(const QString &title, const QString &caption)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 11, 16, 11);
    row->setSpacing(8);
    row->addWidget(new TonedLabel(title, TonedLabel::Tone::Text, TextSize::body, true));
    if (!caption.isEmpty())
        row->addWidget(new TonedLabel(caption, TonedLabel::Tone::Caption));
    row->addStretch(1);
    m_column->addLayout(row);
    return row;
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    painter.setBrush(theme.surface);
    painter.setPen(theme.line);
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 6, 6);
}

Divider::Divider(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(1);
}

void Divider::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).line);
}

QWidget *listWithDetails(QWidget *list, QWidget *details, int detailsWidth)
{
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 5);
    card->column()->addWidget(list);
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(16);
    splitter->addWidget(card);
    splitter->addWidget(details);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({1000, detailsWidth});
    auto *frame = new QWidget;
    auto *line = new QHBoxLayout(frame);
    line->setContentsMargins(20, 0, 20, 16);
    line->addWidget(splitter);
    return frame;
}

} // namespace Treewarden
