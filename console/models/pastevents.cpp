// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastevents.h"

#include "shared/fleet/fleetreading.h"

#include <algorithm>

namespace Treewarden {

namespace {

constexpr int mostCommands = 200;
constexpr EventPosition farthestCommand = 5'000; ///< events that are looked through for commands

} // namespace

PastEvents::PastEvents(PastGround &ground)
    : m_ground(ground)
    , m_events(2 * maximumEvents)
    , m_commands(2 * mostCommands)
{
}

void PastEvents::clear()
{
    m_events.clear();
    m_commands.clear();
}

const Event &PastEvents::eventAt(EventPosition position)
{
    if (!m_events.contains(position))
        m_events.insert(position, new Event(m_ground.archive.event(position)));
    return *m_events.object(position);
}

/// One without an id is none.
const CommandMessage &PastEvents::commandAt(EventPosition position)
{
    if (!m_commands.contains(position)) {
        const auto parsed = parseUpdateMessage(m_ground.archive.at(position).json);
        const auto *command = parsed && *parsed ? std::get_if<CommandMessage>(&**parsed) : nullptr;
        m_commands.insert(position, new CommandMessage(command ? *command : CommandMessage()));
    }
    return *m_commands.object(position);
}

void PastEvents::collect()
{
    QList<Event> &events = m_ground.state.events;
    QList<CommandMessage> &commands = m_ground.state.commands;
    events.clear();
    commands.clear();
    const EventPosition first = m_ground.archive.first(), last = m_ground.position - 1;
    for (EventPosition at = last; at >= first && events.size() < maximumEvents; --at)
        events << eventAt(at);
    const EventPosition farthest = std::max(first, last + 1 - farthestCommand);
    for (EventPosition at = last; at >= farthest && commands.size() < mostCommands; --at) {
        if (m_ground.archive.typeOf(at) != u"command")
            continue;
        if (const CommandMessage &command = commandAt(at); !command.id.isEmpty())
            commands << command;
    }
}

} // namespace Treewarden
