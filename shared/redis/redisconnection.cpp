// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"

#include "shared/redis/redisconnectionprivate.h"

#include <QPromise>

namespace Treewarden {

RedisConnection::RedisConnection(RedisUrl url, RedisTimeouts timeouts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(url), timeouts))
{
}

RedisConnection::~RedisConnection() = default;

void RedisConnection::setTimeouts(const RedisTimeouts &timeouts)
{
    d->link->setTimeouts(timeouts);
}

void RedisConnection::open()
{
    d->link->open();
}

void RedisConnection::close()
{
    if (state() == State::Closed && d->waiting.isEmpty())
        return;
    const QPointer<RedisConnection> self = this;
    const QString reason
        = tr("this program closed its connection to Redis at %1").arg(url().displayText());
    const bool wasOpen = d->link->isOpen();
    const qsizetype unwrittenOnes = d->unwritten;
    std::deque<PendingCommand> lost = d->takeInFlight();
    std::deque<WaitingCommands::Entry> waiting = d->waiting.takeAll();
    d->link->close();
    d->tellLost(lost, unwrittenOnes, reason);
    for (; !waiting.empty() && self; waiting.pop_front())
        waiting.front().pending.finish({RedisReply::Outcome::NotSent, {}, reason});
    if (self && wasOpen)
        Q_EMIT disconnected(reason);
    if (self)
        Q_EMIT stateChanged();
}

RedisConnection::State RedisConnection::state() const
{
    return d->link->state();
}

const RedisUrl &RedisConnection::url() const
{
    return d->link->url();
}

QString RedisConnection::lastError() const
{
    return d->link->lastError();
}

qint64 RedisConnection::retryIn() const
{
    return d->link->retryIn();
}

bool RedisConnection::isRefused() const
{
    return d->link->isRefused();
}

QString RedisConnection::localAddress() const
{
    return d->link->localAddress();
}

void RedisConnection::command(Words words, QObject *context, Callback callback, Queueing queueing)
{
    d->submit({&words, 1}, {0, context != nullptr, context, std::move(callback), nullptr},
              queueing);
}

void RedisConnection::transaction(QList<Words> commands, QObject *context, Callback callback,
                                  Queueing queueing)
{
    commands.prepend({"MULTI"});
    commands.append({"EXEC"});
    auto batch = std::make_unique<PendingCommand::Batch>();
    batch->expected = commands.size();
    batch->isTransaction = true;
    d->submit(commands, {0, context != nullptr, context, std::move(callback), std::move(batch)},
              queueing);
}

void RedisConnection::pipeline(QList<Words> commands, QObject *context,
                               std::function<void(const QList<RedisReply> &)> callback,
                               Queueing queueing)
{
    auto batch = std::make_unique<PendingCommand::Batch>();
    batch->expected = commands.size();
    batch->callback = std::move(callback);
    d->submit(commands, {0, context != nullptr, context, {}, std::move(batch)}, queueing);
}

QFuture<RedisReply> RedisConnection::request(Words words)
{
    auto promise = std::make_shared<QPromise<RedisReply>>();
    promise->start();
    command(std::move(words), nullptr, [promise](const RedisReply &reply) {
        promise->addResult(reply);
        promise->finish();
    });
    return promise->future();
}

} // namespace Treewarden
