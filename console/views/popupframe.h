// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace Treewarden {

/// A frame that pops up below what it explains. Esc or a click beside it closes it, and it deletes
/// itself.
class PopupFrame : public QFrame
{
    Q_OBJECT
public:
    /// `name` is what a screen reader says.
    explicit PopupFrame(const QString &name, QWidget *parent);

    /// At the left edge of `place`, as far as the screen has room; its first button, else itself
    /// has the focus.
    void showBelow(const QWidget &place);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Treewarden
