// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/now.h"
#include "shared/core/steadyclock.h"

namespace Treewarden {

/// The two clocks of a part that both tells times and keeps intervals. Handed in, so that a test
/// can let a day pass in seconds, or set the one while the other goes on.
struct Clock
{
    Now now = systemNow(); ///< Unix milliseconds, UTC; somebody may set it
    Now steady = &steadyMilliseconds; ///< milliseconds that nobody can set: intervals and rates
};

} // namespace Treewarden
