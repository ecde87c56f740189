// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redislink.h"
#include "shared/redis/waitingcommands.h"

#include <span>

namespace Treewarden {

/// What stands behind a RedisConnection: the commands in flight and those that wait, on one link.
class RedisConnection::Private : public RedisLink::Owner
{
public:
    Private(RedisConnection *connection, RedisUrl url, RedisTimeouts timeouts)
        : q(connection)
        , link(std::make_unique<RedisLink>(std::move(url), timeouts, this))
    {
        deadlineTimer.setSingleShot(true);
        QObject::connect(&deadlineTimer, &QTimer::timeout, q, [this] { checkDeadline(); });
    }

    ~Private() override { RedisLink::dispose(std::move(link)); }

    void submit(std::span<const Words> commands, PendingCommand pending, Queueing queueing);
    void enqueue(std::span<const Words> commands, PendingCommand pending, Queueing queueing);
    void send(PendingCommand pending);
    void answerLater(PendingCommand pending, const QString &error);
    void wake();
    /// Writes what was encoded; the connection may be gone afterwards.
    void flush();
    void tellUnsent();
    std::deque<PendingCommand> takeInFlight();
    void tellLost(std::deque<PendingCommand> &lost, qsizetype unwrittenOnes, const QString &reason);
    void checkDeadline();

    void linkOpened() override;
    void linkFailed(const QString &reason, bool wasOpen) override;

    void linkStateChanged() override { Q_EMIT q->stateChanged(); }

    bool takeValue(RedisValue &value) override;

    void valuesTaken() override { flush(); }

    void sendPing() override
    {
        q->command({"PING"}, nullptr, {}, RedisConnection::Queueing::Never);
    }

    RedisConnection *q;
    std::unique_ptr<RedisLink> link;
    QTimer deadlineTimer;
    QByteArray out; ///< encoded, not yet given to the socket
    qsizetype unwritten = 0; ///< how many of the last in flight stand in `out`
    std::deque<PendingCommand> inFlight;
    WaitingCommands waiting;
    std::deque<std::pair<PendingCommand, QString>> unsent; ///< NotSent, to be told later
    bool isWakePlanned = false;
    qint64 sendTime = -1; ///< one reading of the clock for all commands of a batch
};

} // namespace Treewarden
