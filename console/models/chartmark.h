// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// Something that happened and is drawn into every chart.
struct ChartMark
{
    enum class Kind {
        State, ///< something died, lives again, is in maintenance
        Command,
        Config,
        Start, ///< of the agent
        Boot, ///< of the server
    };

    qint64 time = 0; ///< Unix ms
    Kind kind = Kind::State;
    Health health = Health::Alive; ///< of State
    QString text; ///< the event, a sentence

    friend bool operator==(const ChartMark &, const ChartMark &) = default;
};

} // namespace Treewarden
