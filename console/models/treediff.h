// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treechange.h"

namespace Treewarden {

/// What makes one tree the other: changed(before, …) gives `after`, but for its id and version. A
/// role or an instance that has another place is moved, not removed and added.
QList<TreeChange> changesBetween(const PaasTree &before, const PaasTree &after);

/// A change that does not go together with what somebody else changed meanwhile.
struct TreeCollision
{
    TreeChange change;
    QString reason; ///< a sentence

    friend bool operator==(const TreeCollision &, const TreeCollision &) = default;
};

struct TreeMerge
{
    PaasTree tree;
    QList<TreeChange> made; ///< without those that were so already
    QList<TreeCollision> collisions; ///< not made
};

/// Makes on `theirs` the changes that were made on an older version of it, where both go together.
TreeMerge mergedOnto(const PaasTree &theirs, const QList<TreeChange> &changes);

} // namespace Treewarden
