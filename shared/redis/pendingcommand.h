// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"

#include <QPointer>

namespace Treewarden {

/// What is owed to the caller of one command, or of several that were given together.
struct PendingCommand
{
    /// Several commands: their replies are collected and given at once.
    struct Batch
    {
        qsizetype expected = 0;
        bool isTransaction = false; ///< MULTI, the commands, EXEC: the caller gets one reply
        QList<RedisReply> replies;
        std::function<void(const QList<RedisReply> &)> callback;
    };

    qint64 deadline = 0;
    bool hasContext = false;
    QPointer<QObject> context;
    RedisConnection::Callback callback;
    std::unique_ptr<Batch> batch;

    /// Takes one reply; true when it was the last that was missing.
    bool take(RedisReply &reply);
    /// Calls back unless the context died; `reply` stands for all that is still missing. The
    /// callback may destroy the connection, and anything else.
    void finish(const RedisReply &reply);
};

} // namespace Treewarden
