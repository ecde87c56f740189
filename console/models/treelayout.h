// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/paastree.h"

#include <QStringList>

namespace Treewarden {

/// Where the roles of a tree stand when it is drawn: layers along `needs`, what others need always
/// further right.
struct TreeLayout
{
    QList<QStringList> layers; ///< ids of roles, each layer from top to bottom
    QStringList alone; ///< need nothing and are needed by none
};

/// Every role stands exactly once. Within a layer roles are near those that need them.
TreeLayout layoutOf(const PaasTree &tree);

} // namespace Treewarden
