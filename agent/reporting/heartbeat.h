// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"

#include <QStringList>

#include <chrono>

namespace Treewarden {

/// What the answer of a heartbeat says about this agent's standing (contract, section 3, "Life of
/// an agent").
enum class Standing {
    Good,
    TakenForDead, ///< servers:alive is not 1: announce again
    StateLost, ///< the session is gone or an earlier one of this server: writes were lost
    TakenOver, ///< another agent writes for this server
    Unreadable, ///< the answer is none
};

/// The heartbeat of the server `ip`, for MULTI: renews the lease, reads how the server stands.
QList<RedisConnection::Words> heartbeatCommands(const QString &ip, std::chrono::milliseconds lease);

/// Judges what EXEC answered.
Standing judgeHeartbeat(const RedisValue &answer, const QString &session,
                        const QStringList &earlierSessions);

/// Judges a session that stands in server:info: Good, StateLost or TakenOver.
Standing judgeSession(const RedisValue &stored, const QString &session,
                      const QStringList &earlierSessions);

/// Whether what stands in servers:removed under this server's ip says that this very machine was
/// removed from the fleet.
bool isTombstoneOf(const QByteArray &tombstone, const QString &machineId);

} // namespace Treewarden
