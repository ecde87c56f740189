// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/pendingcommand.h"

#include <deque>
#include <optional>

namespace Treewarden {

/// Commands that wait for a connection, in their order; bounded.
class WaitingCommands
{
public:
    static constexpr qsizetype mostCommands = 1000;
    static constexpr qsizetype mostBytes = 4 << 20;

    struct Entry
    {
        PendingCommand pending;
        QByteArray bytes;
        qsizetype commands = 1;
        QByteArray newestKey; ///< a later one with the same key takes its place; empty for none
    };

    bool isEmpty() const { return m_entries.empty(); }

    /// Takes the one out that `newestKey` replaces.
    std::optional<PendingCommand> takeReplaced(const QByteArray &newestKey);
    bool hasRoomFor(const Entry &entry) const;
    void append(Entry entry);
    std::deque<Entry> takeAll();

private:
    std::deque<Entry> m_entries;
    qsizetype m_commands = 0;
    qsizetype m_bytes = 0;
};

} // namespace Treewarden
