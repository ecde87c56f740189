// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pastground.h"

#include <QCache>

namespace Treewarden {

/// The newest events and commands of a moment, as a live source would have had them then.
class PastEvents
{
public:
    explicit PastEvents(PastGround &ground);

    /// Positions stand for other events now.
    void clear();
    /// Puts those of the moment in.
    void collect();

private:
    const Event &eventAt(EventPosition position);
    const CommandMessage &commandAt(EventPosition position);

    PastGround &m_ground;
    QCache<EventPosition, Event> m_events;
    QCache<EventPosition, CommandMessage> m_commands;
};

} // namespace Treewarden
