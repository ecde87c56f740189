// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/steadylabel.h"

#include <QPainter>

#include <utility>

namespace Treewarden {

namespace {

constexpr int slack = 24, leastWidth = 40;

} // namespace

int steadyWidth(int asked, int needed)
{
    return needed > asked || needed < asked - slack ? needed : asked;
}

SteadyLabel::SteadyLabel(TonedLabel::Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SteadyLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    const int width = steadyWidth(m_width, QFontMetrics(uiFont()).horizontalAdvance(text));
    if (std::exchange(m_width, width) != width)
        updateGeometry();
    update();
}

QSize SteadyLabel::sizeHint() const
{
    return {m_width, QFontMetrics(uiFont()).height()};
}

QSize SteadyLabel::minimumSizeHint() const
{
    return {qMin(m_width, leastWidth), sizeHint().height()};
}

void SteadyLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(uiFont());
    painter.setPen(tonedColour(themeOf(this), m_tone));
    painter.drawText(rect(), int(Qt::AlignLeading | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
}

} // namespace Treewarden
