// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/commandprogress.h"

namespace Treewarden {

bool CommandProgress::isOver() const
{
    if (stage == Stage::NotSent || stage == Stage::NoAnswer)
        return true;
    if (stage != Stage::Told || !state || isAwaited)
        return false;
    return *state != CommandState::Accepted && *state != CommandState::Running;
}

} // namespace Treewarden
