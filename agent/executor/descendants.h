// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>
#include <vector>

namespace Treewarden {

/// The processes whose parent is this one. Whoever calls it is the only one that waits for them, so
/// that none of the numbers is anybody else's. Part of the keeper: no Qt, one thread.
std::vector<pid_t> ownChildren();

/// Sends `signal` to every process under this one, however deep, whatever its session.
void signalDescendants(int signal);

} // namespace Treewarden
