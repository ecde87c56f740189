// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/servicestate.h"
#include "shared/protocol/updatemessage.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {

/// What one round found, ready to be written.
struct RoundReport
{
    bool isHeartbeat = false;
    qint64 timestamp = 0;
    QByteArray workload; ///< JSON of the `info` of a workload sample, or empty
    QList<ServiceWorkloadMessage> serviceWorkloads;
    QList<RedisConnection::Words> history; ///< what the history's writer has to write
};

/// The words that write and publish the round's telemetry of the server `ip`.
QList<RedisConnection::Words> telemetryCommands(const QString &ip, const RoundReport &round);

/// The words that write one service's state: its `:alive` key and its field of services:{ip}.
QList<RedisConnection::Words> serviceStateCommands(const QString &ip, const ServiceId &service,
                                                   const ServiceState &state);

/// The same, and its `service` message: the first state after a start, which is no transition.
QList<RedisConnection::Words> firstStateCommands(const QString &ip, const ServiceId &service,
                                                 const ServiceState &state);

/// The same for a service that is as it was, for another kind of reason.
QList<RedisConnection::Words> reasonCommands(const QString &ip, const ServiceId &service,
                                             const ServiceState &state);

} // namespace Treewarden
