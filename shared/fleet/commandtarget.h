// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/exitcode.h"
#include "shared/protocol/commandrequest.h"
#include "shared/redis/redisconnection.h"

#include <QStringList>

namespace Treewarden {

/// What somebody wants of a server.
struct CommandOrder
{
    QString ip;
    ServiceId service; ///< role `system`, instance `default`: the server itself
    QString action, reason;
    bool evenDead = false; ///< send it though the server does not seem to be alive
};

/// What is known of the target of an order before it is sent.
struct CommandTarget
{
    QString machineId;
    QString hostname;
    bool isVerifiable = false; ///< the service has a check, which tells whether it came back
    qint64 timeout = 0; ///< ms that the action may take; 0: not told
    qint64 redisTime = 0; ///< ms
    /// Why the order cannot be sent; empty when it can.
    QString refusal;
    ExitCode code = ExitCode::Done;
};

/// What to ask Redis about a target.
QList<RedisConnection::Words> targetCommands(const QString &ip);
/// Judges the answers to that: refused are servers that are not enrolled, are not alive, are
/// another machine than the enrolled one, or don't know the action.
CommandTarget judgeTarget(const CommandOrder &order, const QList<RedisValue> &replies);

/// The actions that a configuration's `controlled` knows for the service, with those of its
/// `default`, and the built-in ones; sorted.
QStringList knownActions(const QByteArray &controlled, const ServiceId &service);

/// True where the action ends a service or server: it is asked for twice.
bool isEndingAction(const ServiceId &service, QStringView action);

inline constexpr QStringView systemRole = u"system";

} // namespace Treewarden
