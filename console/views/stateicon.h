// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleettext.h"
#include "console/views/theme.h"

#include <QPixmap>

class QPainter;

namespace Treewarden {

/// The shape of a state: disc, triangle, square, diamond or nut; they differ in outline, so that
/// they read without colour. `size` in logical pixels. Cached by Qt for each state, size, device
/// pixel ratio and theme.
QPixmap statePixmap(Health health, int size, qreal pixelRatio, const Theme &theme);
/// The dashed clock of a source that is not live.
QPixmap stalePixmap(int size, qreal pixelRatio, const Theme &theme);
/// One of the line drawings resources/icons/tool-NAME.svg in one colour.
QPixmap toolPixmap(const QString &name, int size, qreal pixelRatio, const QColor &colour);

/// Draws the state's shape into `rect` (a square); returns nothing, leaves the painter as it was.
void paintState(QPainter *painter, const QRect &rect, Health health, const Theme &theme);
void paintTool(QPainter *painter, const QRect &rect, const QString &name, const QColor &colour);

} // namespace Treewarden
