// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <optional>

namespace Treewarden {

class TreeEdit;

/// A list of changes ready to be shown, under headings.
struct TreePreview
{
    struct Row
    {
        QString text, note;

        friend bool operator==(const Row &, const Row &) = default;
    };

    struct Section
    {
        QString title;
        QString effect; ///< "2 / 3 → 2 / 4", or empty
        std::optional<Health> before, after;
        QList<Row> rows;

        friend bool operator==(const Section &, const Section &) = default;
    };

    QList<Section> sections;

    friend bool operator==(const TreePreview &, const TreePreview &) = default;
};

/// What saving would change, by role, and what the states would be then.
TreePreview previewOf(const TreeEdit &edit, const FleetState &state, qint64 now);
/// What somebody else changed, what of mine goes on top of it, and what does not go together.
TreePreview comparisonOf(const TreeEdit &edit, const FleetState &state);

} // namespace Treewarden
