// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/tonedlabel.h"

#include <QEvent>

namespace Treewarden {

TonedLabel::TonedLabel(const QString &text, Tone tone, int pixelSize, bool isBold, QWidget *parent)
    : QLabel(text, parent)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setFont(uiFont(pixelSize, isBold));
    applyColour();
}

void TonedLabel::setTone(Tone tone)
{
    m_tone = tone;
    m_health.reset();
    applyColour();
}

void TonedLabel::setHealth(Health health)
{
    m_health = health;
    applyColour();
}

void TonedLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        applyColour();
    QLabel::changeEvent(event);
}

void TonedLabel::applyColour()
{
    const Theme &theme = themeOf(this);
    QColor colour = m_tone == Tone::Text ? theme.text
        : m_tone == Tone::Secondary      ? theme.text2
        : m_tone == Tone::Past           ? theme.past
                                         : theme.text3;
    if (m_health)
        colour = theme.state(*m_health);
    if (palette().color(foregroundRole()) == colour)
        return;
    QPalette changed = palette();
    changed.setColor(foregroundRole(), colour);
    setPalette(changed);
}

} // namespace Treewarden
