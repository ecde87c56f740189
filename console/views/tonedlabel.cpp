// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/tonedlabel.h"

#include <QEvent>

namespace Treewarden {

QColor tonedColour(const Theme &theme, TonedLabel::Tone tone)
{
    switch (tone) {
    case TonedLabel::Tone::Text:
        return theme.text;
    case TonedLabel::Tone::Secondary:
        return theme.text2;
    case TonedLabel::Tone::Past:
        return theme.past;
    case TonedLabel::Tone::Caption:
        break;
    }
    return theme.text3;
}

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
    const QColor colour = m_health ? theme.state(*m_health) : tonedColour(theme, m_tone);
    if (palette().color(foregroundRole()) == colour)
        return;
    QPalette changed = palette();
    changed.setColor(foregroundRole(), colour);
    setPalette(changed);
}

} // namespace Treewarden
