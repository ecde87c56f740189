// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>

class QWidget;

namespace Treewarden {

/// All colours of the desktop console by what they mean. The figures behind them (contrast on each
/// background, distance for colour-blind eyes) are checked by tests/console/views/tst_theme.
struct Theme
{
    QColor window, surface, alt,
        sel; ///< backgrounds: around cards, of cards, of heads, of what is chosen
    QColor line, line2, ctl; ///< dividers, edges of buttons, borders of fields
    QColor text, text2, text3; ///< text3 is the palest that may carry words
    QColor accent, onAccent; ///< links, focus and the one primary button
    QColor quiet; ///< dots and bars of what is alive; never text
    QColor past, pastTint; ///< another time than now
    QColor ok, okTint, warn, warnTint, dead, deadTint, unknown, unknownTint, maintenance,
        maintenanceTint, stale, staleTint;
    QColor on; ///< the mark inside a filled state shape
    std::array<QColor, 6> series; ///< of charts; each keeps its meaning on all charts
    bool isDark = false;
    bool isStale = false; ///< states keep their shapes and lose their colours

    QColor state(Health health) const;
    QColor tint(Health health) const;
    QPalette palette() const;
};

const Theme &lightTheme();
const Theme &darkTheme();
/// The same theme for values that are not live any more.
const Theme &staleTheme(const Theme &theme);

/// The theme that a palette made by Theme::palette() belongs to: palettes reach every child by
/// themselves, so a whole page turns stale by one setPalette().
const Theme &themeOf(const QPalette &palette);
const Theme &themeOf(const QWidget *widget);

/// Pixel sizes of texts; line heights follow from the fonts.
namespace TextSize {
inline constexpr int axis = 11, small = 12, body = 13, problem = 15, title = 20, total = 28;
}

/// The console's font: Latin family first, for the Chinese one alone draws quotes full-width.
QFont uiFont(int pixelSize = TextSize::body, bool isBold = false);
/// For commands and log text only.
QFont monoFont(int pixelSize = TextSize::small);

} // namespace Treewarden
