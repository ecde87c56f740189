// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/exitcode.h"

namespace Treewarden {

/// The program treewarden-executor.
ExitCode runExecutor(int argc, char **argv);

} // namespace Treewarden
