// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/waitingcommands.h"

#include <algorithm>

namespace Treewarden {

std::optional<PendingCommand> WaitingCommands::takeReplaced(const QByteArray &newestKey)
{
    const auto found = std::ranges::find(m_entries, newestKey, &Entry::newestKey);
    if (newestKey.isEmpty() || found == m_entries.end())
        return std::nullopt;
    m_commands -= found->commands;
    m_bytes -= found->bytes.size();
    std::optional<PendingCommand> replaced = std::move(found->pending);
    m_entries.erase(found);
    return replaced;
}

bool WaitingCommands::hasRoomFor(const Entry &entry) const
{
    return m_commands + entry.commands <= mostCommands && m_bytes + entry.bytes.size() <= mostBytes;
}

void WaitingCommands::append(Entry entry)
{
    m_commands += entry.commands;
    m_bytes += entry.bytes.size();
    m_entries.push_back(std::move(entry));
}

std::deque<WaitingCommands::Entry> WaitingCommands::takeAll()
{
    m_commands = 0;
    m_bytes = 0;
    return std::exchange(m_entries, {});
}

} // namespace Treewarden
