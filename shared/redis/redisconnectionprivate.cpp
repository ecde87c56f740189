// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnectionprivate.h"

#include "shared/redis/respencoder.h"

#include <array>

namespace Treewarden {

namespace {

using Words = RedisConnection::Words;
using Queueing = RedisConnection::Queueing;
using Outcome = RedisReply::Outcome;

constexpr qsizetype mostUnsentBytes = 16 << 20; ///< towards a peer that does not read
constexpr qsizetype mostKeptBytes = 256 << 10; ///< a larger buffer is given back after it was sent
constexpr qint64 lateness
    = 1000; ///< ms; a timer that comes later than this was held up by this machine, not by Redis

/// Commands with no answer, or more than one.
constexpr std::array<QByteArrayView, 10> pushCommands{
    "SUBSCRIBE",    "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE",
    "SUNSUBSCRIBE", "MONITOR",    "HELLO",      "SYNC",        "PSYNC"};

bool isPushCommand(const Words &words)
{
    const auto isSame = [](QByteArrayView word, QByteArrayView name) {
        return word.size() == name.size()
            && qstrnicmp(word.data(), name.data(), size_t(name.size())) == 0;
    };
    const QByteArray &first = words.first();
    for (const QByteArrayView name : pushCommands) {
        if (isSame(first, name))
            return true;
    }
    return words.size() > 1 && isSame(first, "CLIENT") && isSame(words.at(1), "REPLY");
}

} // namespace

void RedisConnection::Private::submit(std::span<const Words> commands, PendingCommand pending,
                                      Queueing queueing)
{
    for (const Words &words : commands) {
        if (words.isEmpty())
            return answerLater(std::move(pending), tr("a command without words can't be sent"));
        if (isPushCommand(words))
            return answerLater(std::move(pending),
                               tr("%1 can't be sent here: it has no answer of its own")
                                   .arg(QString::fromLatin1(words.first())));
    }
    if (commands.empty())
        return answerLater(std::move(pending), {});
    if (!link->isOpen())
        return enqueue(commands, std::move(pending), queueing);
    if (out.size() + link->unsent() > mostUnsentBytes)
        return answerLater(
            std::move(pending),
            tr("Redis at %1 does not read what it is sent").arg(link->url().displayText()));
    for (const Words &words : commands)
        appendCommand(out, words);
    send(std::move(pending));
}

void RedisConnection::Private::send(PendingCommand pending)
{
    if (sendTime < 0)
        sendTime = link->now();
    pending.deadline = sendTime + link->timeouts().command.count();
    inFlight.push_back(std::move(pending));
    ++unwritten;
    if (!deadlineTimer.isActive())
        deadlineTimer.start(link->timeouts().command);
    wake();
}

void RedisConnection::Private::enqueue(std::span<const Words> commands, PendingCommand pending,
                                       Queueing queueing)
{
    const QString place = link->url().displayText();
    if (queueing == Queueing::Never)
        return answerLater(std::move(pending),
                           link->lastError().isEmpty()
                               ? tr("there is no connection to Redis at %1").arg(place)
                               : link->lastError());

    WaitingCommands::Entry entry;
    if (queueing == Queueing::NewestOnly) {
        const Words &telling
            = pending.batch && pending.batch->isTransaction ? commands[1] : commands[0];
        entry.newestKey = telling.first() + '\n' + telling.value(1);
        if (std::optional<PendingCommand> replaced = waiting.takeReplaced(entry.newestKey))
            answerLater(
                std::move(*replaced),
                tr("a newer one took its place while there was no connection to Redis at %1")
                    .arg(place));
    }
    for (const Words &words : commands)
        appendCommand(entry.bytes, words);
    entry.commands = qsizetype(commands.size());
    if (!waiting.hasRoomFor(entry))
        return answerLater(std::move(pending),
                           tr("too much waits for a connection to Redis at %1 already").arg(place));
    entry.pending = std::move(pending);
    waiting.append(std::move(entry));
}

void RedisConnection::Private::answerLater(PendingCommand pending, const QString &error)
{
    unsent.emplace_back(std::move(pending), error);
    wake();
}

void RedisConnection::Private::wake()
{
    if (std::exchange(isWakePlanned, true))
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            isWakePlanned = false;
            const QPointer<RedisConnection> self = q;
            flush();
            if (self)
                tellUnsent();
        },
        Qt::QueuedConnection);
}

void RedisConnection::Private::flush()
{
    sendTime = -1;
    if (out.isEmpty())
        return;
    unwritten = 0;
    link->write(out);
    if (out.capacity() > mostKeptBytes)
        out = {};
    out.resize(0);
    link->flush();
}

void RedisConnection::Private::tellUnsent()
{
    const QPointer<RedisConnection> self = q;
    auto list = std::exchange(unsent, {});
    for (auto &[pending, error] : list) {
        if (!self)
            return;
        pending.finish({Outcome::NotSent, {}, error});
    }
}

std::deque<PendingCommand> RedisConnection::Private::takeInFlight()
{
    deadlineTimer.stop();
    out.clear();
    unwritten = 0;
    sendTime = -1;
    return std::exchange(inFlight, {});
}

void RedisConnection::Private::tellLost(std::deque<PendingCommand> &lost, qsizetype unwrittenOnes,
                                        const QString &reason)
{
    const QPointer<RedisConnection> self = q;
    const RedisReply unknown{
        Outcome::Unknown, {}, tr("%1; whether the command ran is unknown").arg(reason)};
    for (; !lost.empty() && self; lost.pop_front())
        lost.front().finish(qsizetype(lost.size()) > unwrittenOnes
                                ? unknown
                                : RedisReply{Outcome::NotSent, {}, reason});
}

bool RedisConnection::Private::takeValue(RedisValue &value)
{
    if (inFlight.empty() || qsizetype(inFlight.size()) == unwritten)
        return false;
    RedisReply reply{Outcome::Answered, std::move(value), {}};
    if (reply.value.isError())
        reply.error = link->sentence(reply.value);
    if (!inFlight.front().take(reply))
        return true;
    PendingCommand pending = std::move(inFlight.front());
    inFlight.pop_front();
    pending.finish(reply);
    return true;
}

void RedisConnection::Private::checkDeadline()
{
    if (inFlight.empty())
        return;
    const qint64 late = link->now() - inFlight.front().deadline;
    if (late < 0)
        return deadlineTimer.start(int(-late));
    if (late > lateness) {
        // This process was held up itself: what has arrived meanwhile is read before anything is
        // judged.
        inFlight.front().deadline = link->now() + lateness / 2;
        return deadlineTimer.start(lateness / 2);
    }
    link->fail(tr("no answer within %1 ms").arg(link->timeouts().command.count()));
}

void RedisConnection::Private::linkOpened()
{
    for (WaitingCommands::Entry &entry : waiting.takeAll()) {
        out.append(entry.bytes);
        send(std::move(entry.pending));
    }
    const QPointer<RedisConnection> self = q;
    flush();
    if (self && link->isOpen())
        Q_EMIT q->stateChanged();
    if (self && link->isOpen())
        Q_EMIT q->connected();
}

void RedisConnection::Private::linkFailed(const QString &reason, bool wasOpen)
{
    const QPointer<RedisConnection> self = q;
    const qsizetype unwrittenOnes = unwritten;
    std::deque<PendingCommand> lost = takeInFlight();
    tellLost(lost, unwrittenOnes, reason);
    if (self && wasOpen)
        Q_EMIT q->disconnected(reason);
    if (self && link->state() == State::Waiting)
        Q_EMIT q->retrying(link->retryIn(), reason);
    if (self)
        Q_EMIT q->stateChanged();
}

} // namespace Treewarden
