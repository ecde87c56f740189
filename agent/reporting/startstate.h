// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/serviceid.h"
#include "shared/protocol/servicestate.h"
#include "shared/redis/redisconnection.h"

#include <QMap>

namespace Treewarden {

/// What an agent finds written about its server when it starts.
struct StartState
{
    bool isAlive = false; ///< server:alive:{ip} is 1: another agent may be running
    bool countsAsAlive = false; ///< servers:alive says 1
    QString session, machineId, hostname; ///< of the agent that wrote last
    QByteArray told; ///< its last transition, "session:n"
    QMap<ServiceId, ServiceState> services;

    /// Another machine is alive under this ip: two agents would overwrite each other.
    bool isOtherMachine(const QString &ownMachineId) const
    {
        return isAlive && isOfOtherMachine(ownMachineId);
    }

    /// Another machine wrote last.
    bool isOfOtherMachine(const QString &ownMachineId) const
    {
        return !machineId.isEmpty() && machineId != ownMachineId;
    }
};

/// What to ask, in one pipeline.
QList<RedisConnection::Words> startStateCommands(const QString &ip);

/// Reads the replies, hostile ones too: what is not readable is taken as absent. An error when
/// Redis refused to answer.
Result<StartState> readStartState(const QList<RedisReply> &replies);

} // namespace Treewarden
