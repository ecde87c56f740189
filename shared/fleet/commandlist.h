// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/updatemessage.h"
#include "shared/redis/redisvalue.h"

#include <QList>

namespace Treewarden {

inline constexpr qsizetype maximumCommands = 200;
/// After so long (ms) without a word a command that ran is not taken for running any more.
inline constexpr qint64 longestRunShown = 3'700'000;

/// Puts what was told of a command into `commands`: newest first, one entry an id, at most
/// maximumCommands, of which those that ended go first. False for what tells nothing new: a repeat,
/// a state before the known one, a second outcome.
bool noteCommand(QList<CommandMessage> &commands, const CommandMessage &message);

/// True when `next` may follow `known`: states only go on, and there is one outcome.
bool isLaterState(CommandState known, CommandState next);

/// Those that ended, and those that run and were heard of lately.
QList<CommandMessage> recentCommands(const QList<CommandMessage> &commands, qint64 now);

/// The outcomes in entries of the stream `commands`, in the order of the reply; broken ones are
/// left out.
QList<CommandMessage> readCommands(const RedisValue &entries);

} // namespace Treewarden
