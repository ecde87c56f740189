// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/emptystate.h"

#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace Treewarden {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::problem, true))
    , m_detail(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_button(new QPushButton)
{
    for (TonedLabel *label : {m_sentence, m_detail}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
        label->setMinimumWidth(100); // a word of any length may not widen the window
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(32, 32, 32, 32);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_sentence);
    column->addWidget(m_detail);
    column->addSpacing(8);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::buttonClicked);
}

void EmptyState::setText(const QString &sentence, const QString &detail, const QString &button)
{
    m_sentence->setText(oneLine(sentence, 200)); // a filter or an error stands in it
    m_detail->setText(oneLine(detail, 600));
    m_detail->setVisible(!detail.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
}

QString EmptyState::text() const
{
    return m_sentence->text();
}

void LoadingState::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    painter.setPen(theme.text3);
    painter.setFont(uiFont());
    painter.drawText(QRect(16, 0, width() - 32, 30), Qt::AlignVCenter | Qt::AlignLeft,
                     tr("Loading the fleet"));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.line);
    const int widths[] = {70, 110, 90, 140, 60, 120, 80};
    for (int y = 40; y + 10 < height(); y += 28) {
        int x = 16;
        for (int i = 0; x < width() - 100; ++i) {
            painter.drawRoundedRect(x, y, widths[(i + y / 28) % 7], 8, 4, 4);
            x += 160;
        }
    }
}

} // namespace Treewarden
