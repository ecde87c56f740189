// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/counterrates.h"
#include "agent/probes/probe.h"

#include <QByteArray>

#include <optional>

namespace Treewarden {

/// One reply of RESP2 that is a line or a text: "+PONG", "-NOAUTH …", "$5 INFO…".
struct RespReply
{
    char type = '\0'; ///< '+', '-', '$', or '\0' for anything else
    QByteArray text;
    qsizetype size = 0; ///< how many bytes it took
};

/// Nothing while the bytes hold no whole reply.
std::optional<RespReply> parseRespReply(QByteArrayView bytes);

/// What an error or a strange reply means for a service that was asked anything: a Redis that wants
/// a password or forbids the command is alive, one that loads, is full or hangs in a script is not.
/// Nothing for a good reply.
std::optional<CheckResult> judgeRedisError(const RespReply &reply, const QString &target);

/// The numbers of INFO that a person wants to see, and role and version.
QJsonObject redisInfo(QByteArrayView info);

/// Adds what follows from them: `hit_ratio` in percent, and rates since the last time.
void addRedisRates(QJsonObject *info, CounterRates *rates);

/// What a person should know of a Redis that is alive: its replication or persistence fails.
/// Alive without a note when nothing is.
CheckResult judgeRedisInfo(const QJsonObject &info, const QString &target);

} // namespace Treewarden
