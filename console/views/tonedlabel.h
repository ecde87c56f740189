// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/theme.h"

#include <QLabel>

namespace Treewarden {

/// A label in one of the theme's text colours; it follows the theme by itself. Plain text only:
/// what stands in it may come from anywhere.
class TonedLabel : public QLabel
{
    Q_OBJECT
public:
    enum class Tone { Text, Secondary, Caption, Past };

    explicit TonedLabel(const QString &text = {}, Tone tone = Tone::Text,
                        int pixelSize = TextSize::body, bool isBold = false,
                        QWidget *parent = nullptr);

    void setTone(Tone tone);
    /// The colour of a state instead of a tone.
    void setHealth(Health health);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColour();

    Tone m_tone;
    std::optional<Health> m_health;
};

QColor tonedColour(const Theme &theme, TonedLabel::Tone tone);

} // namespace Treewarden
