// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/executoroptions.h"

namespace Treewarden {

/// --check: one line each for the policy, the trusted keys and every configuration that is kept.
ExitCode checkExecutor(const ExecutorOptions &options);

} // namespace Treewarden
