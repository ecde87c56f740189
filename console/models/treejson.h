// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/paastree.h"

namespace Treewarden {

/// The text to store for a tree: `tree`, and of `stored` (the text that stands, or empty) the
/// fields that this program does not know, at the tree, its roles and instances.
QByteArray treeJson(const PaasTree &tree, const QByteArray &stored);

} // namespace Treewarden
