// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/popupframe.h"

namespace Treewarden {

struct PastKnowledge;

/// What of a moment in the past is as it was, what is not known, and what is as it is now.
class PastDetails : public PopupFrame
{
    Q_OBJECT
public:
    PastDetails(const PastKnowledge &known, QWidget *parent);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace Treewarden
