// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/paastree.h"

namespace Treewarden {

/// What parsePaasTree() would have against a tree that is edited, as a sentence for the person who
/// edits; empty when nothing. A cycle is named: "Web needs MySQL needs Web".
QString faultOf(const PaasTree &tree);
/// The part of it that lies between the roles: how many, which twice, needs and cycles.
QString structureFaultOf(const PaasTree &tree);
/// The part of it that lies within one role.
QString roleFaultOf(const PaasRole &role);

} // namespace Treewarden
