// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// A role of a tree that an action changes.
struct ImpactLine
{
    QString tree, role; ///< ids
    Health before = Health::Alive, after = Health::Alive;
    QString why; ///< "3 of 11 left, 7 wanted"

    friend bool operator==(const ImpactLine &, const ImpactLine &) = default;
};

/// What an action does to the service trees while it lasts.
struct ActionImpact
{
    QString sentence; ///< the worst of it; empty: no tree notices
    QList<ImpactLine> lines; ///< worst first
    int untouched = 0; ///< roles that stay as they are

    friend bool operator==(const ActionImpact &, const ActionImpact &) = default;
};

} // namespace Treewarden
