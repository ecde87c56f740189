// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/tonedlabel.h"

namespace Treewarden {

/// One line of plain text that changes all the time, in a colour of the theme. What stands around
/// it is laid out anew only when the text needs more room, or far less: a QLabel does that to the
/// whole window with each text.
class SteadyLabel : public QWidget
{
    Q_OBJECT
public:
    explicit SteadyLabel(TonedLabel::Tone tone = TonedLabel::Tone::Secondary,
                         QWidget *parent = nullptr);

    void setText(const QString &text);

    const QString &text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TonedLabel::Tone m_tone;
    QString m_text;
    int m_width = 0; ///< that is asked for
};

/// The width to ask for, when `asked` was asked for and `needed` is needed now: a little less is no
/// reason to move what stands beside it.
int steadyWidth(int asked, int needed);

} // namespace Treewarden
