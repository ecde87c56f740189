// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/commandlist.h"

#include <algorithm>

namespace Treewarden {

namespace {

int stateRank(CommandState state)
{
    if (state == CommandState::Accepted)
        return 0;
    if (state == CommandState::Running)
        return 1;
    return isFinal(state) ? 2 : 3;
}

void dropOne(QList<CommandMessage> &commands)
{
    const auto ended = std::find_if(commands.rbegin(), commands.rend(), [](const auto &command) {
        return stateRank(command.state) >= 2;
    });
    commands.removeAt(ended == commands.rend() ? commands.size() - 1
                                               : std::distance(ended, commands.rend()) - 1);
}

} // namespace

bool isLaterState(CommandState known, CommandState next)
{
    return stateRank(next) > stateRank(known);
}

bool noteCommand(QList<CommandMessage> &commands, const CommandMessage &message)
{
    const auto known = std::find_if(commands.begin(), commands.end(), [&](const auto &command) {
        return command.id == message.id && command.ip == message.ip;
    });
    if (known == commands.end()) {
        if (commands.size() >= maximumCommands)
            dropOne(commands);
        commands.prepend(message);
        return true;
    }
    if (!isLaterState(known->state, message.state))
        return false;
    CommandMessage merged = message;
    // Not every state repeats who asked for it and why.
    if (merged.by.isEmpty())
        merged.by = known->by;
    if (merged.reason.isEmpty())
        merged.reason = known->reason;
    if (merged.key.isEmpty())
        merged.key = known->key;
    if (merged.schedule.isEmpty())
        merged.schedule = known->schedule;
    if (!merged.exit)
        merged.exit = known->exit;
    *known = merged;
    return true;
}

QList<CommandMessage> recentCommands(const QList<CommandMessage> &commands, qint64 now)
{
    QList<CommandMessage> recent;
    std::copy_if(commands.begin(), commands.end(), std::back_inserter(recent),
                 [now](const CommandMessage &command) {
                     return stateRank(command.state) >= 2
                         || now - command.timestamp < longestRunShown;
                 });
    return recent;
}

QList<CommandMessage> readCommands(const RedisValue &entries)
{
    QList<CommandMessage> commands;
    for (const RedisValue &entry : entries.elements) {
        const QByteArray json = entry.elements.value(1).toHash().value("json");
        const auto message = parseUpdateMessage(json);
        if (!message || !*message)
            continue;
        if (const auto *command = std::get_if<CommandMessage>(&**message))
            commands << *command;
    }
    return commands;
}

} // namespace Treewarden
