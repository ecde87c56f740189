// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treeplace.h"

namespace Treewarden {

/// What is done to several nodes of a tree at once, each as if it was chosen alone. A node must not
/// stand below another of them.

/// What can be acted on there: all their instances, each once.
ActionScope scopeOf(const PaasTree &tree, const QList<TreePlace> &places);

/// Where a node stands when the changes are made.
TreePlace placeAfter(TreePlace place, const QList<TreeChange> &changes);

/// Takes the nodes out, as removalOf() does with one.
QList<TreeChange> removalOf(const PaasTree &tree, const QList<TreePlace> &places);
/// What a removal takes along, a question; empty where nothing has to be asked.
QString removalQuestion(const PaasTree &tree, const QList<TreePlace> &places);

/// What a drop of all nodes means, or why one of them is refused: a sentence.
Result<QList<TreeChange>> moveOf(const PaasTree &tree, const FleetState &state,
                                 const QList<TreePlace> &nodes, const TreePlace &place,
                                 DropSide side);

} // namespace Treewarden
