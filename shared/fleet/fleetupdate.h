// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// What a message did to a server.
enum class Effect {
    None, ///< a repeat, or nothing new
    Changed, ///< its state is another now
    NewWorkload, ///< only its load or a service's
    Doubtful, ///< it tells something else than the state without saying since when or why: read the
              ///< keys
};

/// Which transition of each server was applied last, so that repeats are dropped: by session and n,
/// never by time.
struct LastTold
{
    QString session;
    qint64 n = 0;

    /// From "session:n", as server:info has it.
    static LastTold parse(const QString &text);
    bool isRepeat(const std::optional<Told> &told) const;
    void remember(const std::optional<Told> &told);
};

/// Whether the `states` of a services message say what is known already. False also where that is
/// not seen at one glance: then applyMessage() knows.
bool areAsTold(const FleetServer &server, QByteArrayView states);

/// Applies one message about `server` to it. Messages that only announce (info, config, event,
/// command) do nothing here.
Effect applyMessage(const UpdateMessage &message, FleetServer &server, LastTold &last);

/// The server a message is about; empty when about none.
QString ipOf(const UpdateMessage &message);

} // namespace Treewarden
