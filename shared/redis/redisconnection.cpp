// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"

#include "shared/redis/pendingcommand.h"
#include "shared/redis/redislink.h"
#include "shared/redis/respencoder.h"
#include "shared/redis/waitingcommands.h"

#include <QPromise>

#include <array>
#include <span>

namespace Treewarden {
using namespace Qt::StringLiterals;

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

    void sendPing() override { q->command({"PING"}, nullptr, {}, Queueing::Never); }

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

RedisConnection::RedisConnection(RedisUrl url, RedisTimeouts timeouts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(url), timeouts))
{
}

RedisConnection::~RedisConnection() = default;

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
        waiting.front().pending.finish({Outcome::NotSent, {}, reason});
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
