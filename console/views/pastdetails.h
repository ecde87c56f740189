// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace Treewarden {

struct PastKnowledge;

/// What of a moment in the past is as it was, what is not known, and what is as it is now. A popup:
/// Esc or a click beside it closes it, and it deletes itself.
class PastDetails : public QFrame
{
    Q_OBJECT
public:
    PastDetails(const PastKnowledge &known, QWidget *parent);

    /// Below `place`, at its left edge.
    void showBelow(const QWidget &place);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Treewarden
