// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/themestyle.h"

class QStyleOption;
class QStyleOptionComboBox;

namespace Treewarden {

// How the controls look that ThemeStyle draws by itself.

constexpr qreal controlRadius = 4;

void drawFrame(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &edge,
               qreal radius, qreal width = 1);
void drawButton(const QStyleOption &option, QPainter *painter, Emphasis emphasis);
void drawRadioButton(const QStyleOption &option, QPainter *painter);
void drawCheckBox(const QStyleOption &option, QPainter *painter);
/// `up` and `down`: the places of its arrows.
void drawSpinBox(const QStyleOptionSpinBox &box, QPainter *painter, const QRect &up,
                 const QRect &down);
/// `arrow`: the place of its arrow.
void drawComboBox(const QStyleOptionComboBox &box, QPainter *painter, const QRect &arrow);

} // namespace Treewarden
