// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"

#include "shared/redis/redislink.h"
#include "shared/redis/respencoder.h"

#include <QPointer>
#include <QPromise>

#include <deque>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

using Words = RedisConnection::Words;
using Queueing = RedisConnection::Queueing;
using Outcome = RedisReply::Outcome;
using BatchCallback = std::function<void(const QList<RedisReply> &)>;

constexpr qsizetype mostWaiting = 1000; ///< commands, while there is no connection
constexpr qsizetype mostWaitingBytes = 4 << 20;
constexpr qsizetype mostUnsentBytes = 16 << 20; ///< towards a peer that does not read
constexpr qint64 lateness = 1000; ///< ms; a timer that comes later than this was held up by this machine, not by Redis

/// The reply of a transaction out of those of MULTI, its commands and EXEC.
RedisReply transactionReply(QList<RedisReply> &replies)
{
    for (RedisReply &reply : replies) {
        if (!reply.isOk())
            return std::move(reply);
    }
    return std::move(replies.last());
}

bool isPushCommand(const QByteArray &word)
{
    static const QList<QByteArray> names { "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE",
                                           "SUNSUBSCRIBE", "MONITOR", "HELLO", "SYNC", "PSYNC" };
    return word.size() <= 12 && names.contains(word.toUpper());
}

} // namespace

class RedisConnection::Private : public RedisLink::Owner
{
public:
    /// Several commands that were given together: their replies are collected.
    struct Batch
    {
        qsizetype expected = 0;
        bool isTransaction = false;
        QList<RedisReply> replies;
        BatchCallback callback;
    };

    /// What is owed to a caller.
    struct Pending
    {
        qint64 deadline = 0;
        bool hasContext = false;
        QPointer<QObject> context;
        RedisConnection::Callback callback;
        std::unique_ptr<Batch> batch;
    };

    /// A command that waits for a connection.
    struct Waiting
    {
        Pending pending;
        QByteArray bytes;
        qsizetype commands = 1;
        QByteArray newestKey; ///< a later one with the same key takes its place; empty for none
    };

    Private(RedisConnection *connection, RedisUrl url, RedisTimeouts timeouts)
        : q(connection)
        , link(std::make_unique<RedisLink>(std::move(url), timeouts, this))
    {
        deadlineTimer.setSingleShot(true);
        QObject::connect(&deadlineTimer, &QTimer::timeout, q, [this] { checkDeadline(); });
    }
    ~Private() override { RedisLink::dispose(std::move(link)); }

    void submit(const QList<Words> &commands, Pending pending, Queueing queueing, bool isTransaction);
    void enqueue(QByteArray bytes, const QList<Words> &commands, Pending pending, Queueing queueing);
    void send(Pending pending);
    void answerLater(Pending pending, const QString &error);
    void wake();
    void flush();
    void deliverLater();
    void finish(Pending &pending, RedisReply reply);
    void finishAll(std::deque<Pending> &list, Outcome outcome, const QString &error);
    void checkDeadline();

    void linkOpened() override;
    void linkFailed(const QString &reason, bool wasOpen) override;
    void linkStateChanged() override { Q_EMIT q->stateChanged(); }
    bool takeValue(RedisValue &value) override;
    void valuesTaken() override { flush(); }
    void sendPing() override { q->command({ "PING" }, nullptr, {}, Queueing::Never); }

    RedisConnection *q;
    std::unique_ptr<RedisLink> link;
    QTimer deadlineTimer;
    QByteArray out; ///< encoded, not yet given to the socket
    std::deque<Pending> inFlight;
    std::deque<Waiting> waiting;
    qsizetype waitingBytes = 0, waitingCommands = 0;
    std::deque<std::pair<Pending, QString>> unsent; ///< NotSent, to be told later
    bool isWakePlanned = false;
    qint64 sendTime = -1; ///< one reading of the clock for all commands of a batch
};

/// Calls back unless the context died. The connection may be gone afterwards.
void RedisConnection::Private::finish(Pending &pending, RedisReply reply)
{
    if (pending.hasContext && !pending.context)
        return;
    if (!pending.batch) {
        if (pending.callback)
            pending.callback(reply);
        return;
    }
    Batch &batch = *pending.batch;
    while (batch.replies.size() < batch.expected)
        batch.replies.append(reply);
    if (!batch.isTransaction)
        return batch.callback ? batch.callback(batch.replies) : void();
    if (pending.callback)
        pending.callback(transactionReply(batch.replies));
}

void RedisConnection::Private::finishAll(std::deque<Pending> &list, Outcome outcome, const QString &error)
{
    const QPointer<RedisConnection> self = q;
    while (!list.empty() && self) {
        Pending pending = std::move(list.front());
        list.pop_front();
        finish(pending, { outcome, {}, error });
    }
}

void RedisConnection::Private::submit(const QList<Words> &commands, Pending pending, Queueing queueing, bool isTransaction)
{
    for (const Words &words : commands) {
        if (words.isEmpty())
            return answerLater(std::move(pending), tr("a command without words cannot be sent"));
        if (isPushCommand(words.first()))
            return answerLater(std::move(pending), tr("%1 cannot be sent here: it changes what the connection speaks").arg(QString::fromLatin1(words.first())));
    }
    if (!link->isOpen()) {
        QByteArray bytes;
        for (const Words &words : commands)
            appendCommand(bytes, words);
        return enqueue(std::move(bytes), commands, std::move(pending), queueing);
    }
    if (out.size() + link->unsent() > mostUnsentBytes)
        return answerLater(std::move(pending), tr("Redis does not read what it is sent; more than 16 MiB wait"));
    if (pending.batch && pending.batch->expected == 0)
        return answerLater(std::move(pending), {});
    for (const Words &words : commands)
        appendCommand(out, words);
    send(std::move(pending));
    Q_UNUSED(isTransaction)
}

void RedisConnection::Private::send(Pending pending)
{
    if (sendTime < 0)
        sendTime = link->now();
    pending.deadline = sendTime + link->timeouts().command.count();
    inFlight.push_back(std::move(pending));
    if (!deadlineTimer.isActive())
        deadlineTimer.start(link->timeouts().command);
    wake();
}

void RedisConnection::Private::enqueue(QByteArray bytes, const QList<Words> &commands, Pending pending, Queueing queueing)
{
    if (pending.batch && pending.batch->expected == 0)
        return answerLater(std::move(pending), {});
    if (queueing == Queueing::Never || link->state() == State::Closed) {
        const QString reason = link->lastError().isEmpty() ? tr("there is no connection to Redis at %1").arg(link->url().displayText()) : link->lastError();
        if (queueing == Queueing::Never)
            return answerLater(std::move(pending), reason);
    }
    QByteArray key;
    if (queueing == Queueing::NewestOnly) {
        key = commands.first().first() + '\n' + commands.first().value(1);
        for (auto it = waiting.begin(); it != waiting.end(); ++it) {
            if (it->newestKey != key)
                continue;
            waitingBytes -= it->bytes.size();
            waitingCommands -= it->commands;
            answerLater(std::move(it->pending), tr("a newer one took its place while there was no connection to Redis"));
            waiting.erase(it);
            break;
        }
    }
    if (waitingCommands + commands.size() > mostWaiting || waitingBytes + bytes.size() > mostWaitingBytes)
        return answerLater(std::move(pending), tr("too much waits for a connection to Redis at %1 already").arg(link->url().displayText()));
    waitingBytes += bytes.size();
    waitingCommands += commands.size();
    waiting.push_back({ std::move(pending), std::move(bytes), commands.size(), std::move(key) });
}

void RedisConnection::Private::answerLater(Pending pending, const QString &error)
{
    unsent.emplace_back(std::move(pending), error);
    wake();
}

void RedisConnection::Private::wake()
{
    if (isWakePlanned)
        return;
    isWakePlanned = true;
    QMetaObject::invokeMethod(q, [this] {
        isWakePlanned = false;
        flush();
        deliverLater();
    }, Qt::QueuedConnection);
}

void RedisConnection::Private::flush()
{
    sendTime = -1;
    if (out.isEmpty())
        return;
    link->write(out);
    out.resize(0);
}

void RedisConnection::Private::deliverLater()
{
    const QPointer<RedisConnection> self = q;
    auto list = std::move(unsent);
    unsent.clear();
    for (auto &[pending, error] : list) {
        finish(pending, { Outcome::NotSent, {}, error });
        if (!self)
            return;
    }
}

bool RedisConnection::Private::takeValue(RedisValue &value)
{
    if (inFlight.empty())
        return false;
    RedisReply reply { Outcome::Answered, std::move(value), {} };
    if (reply.value.isError())
        reply.error = link->sentence(reply.value);
    Batch *batch = inFlight.front().batch.get();
    if (batch) {
        batch->replies.append(std::move(reply));
        if (batch->replies.size() < batch->expected)
            return true;
    }
    Pending pending = std::move(inFlight.front());
    inFlight.pop_front();
    finish(pending, std::move(reply));
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
        // This process was held up itself: what has arrived meanwhile is read before anything is judged.
        inFlight.front().deadline = link->now() + lateness / 2;
        return deadlineTimer.start(lateness / 2);
    }
    link->fail(tr("no answer within %1 ms").arg(link->timeouts().command.count()));
}

void RedisConnection::Private::linkOpened()
{
    auto list = std::move(waiting);
    waiting.clear();
    waitingBytes = waitingCommands = 0;
    for (Private::Waiting &item : list) {
        out.append(item.bytes);
        send(std::move(item.pending));
    }
    const QPointer<RedisConnection> self = q;
    Q_EMIT q->stateChanged();
    if (self && link->isOpen())
        Q_EMIT q->connected();
}

void RedisConnection::Private::linkFailed(const QString &reason, bool wasOpen)
{
    const QPointer<RedisConnection> self = q;
    deadlineTimer.stop();
    out.clear();
    auto list = std::move(inFlight);
    inFlight.clear();
    finishAll(list, Outcome::Unknown, tr("%1; whether the command ran is unknown").arg(reason));
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
    if (state() == State::Closed && d->waiting.empty())
        return;
    const QPointer<RedisConnection> self = this;
    const bool wasOpen = d->link->isOpen();
    d->deadlineTimer.stop();
    const QString reason = tr("the connection to Redis was closed by this program");
    d->flush();
    d->link->close();
    auto list = std::move(d->inFlight);
    d->inFlight.clear();
    auto waiting = std::move(d->waiting);
    d->waiting.clear();
    d->waitingBytes = d->waitingCommands = 0;
    d->finishAll(list, Outcome::Unknown, reason);
    for (Private::Waiting &item : waiting) {
        if (!self)
            return;
        d->finish(item.pending, { Outcome::NotSent, {}, reason });
    }
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
    d->submit({ std::move(words) }, { 0, context != nullptr, context, std::move(callback), nullptr }, queueing, false);
}

void RedisConnection::transaction(QList<Words> commands, QObject *context, Callback callback, Queueing queueing)
{
    auto batch = std::make_unique<Private::Batch>();
    commands.prepend({ "MULTI" });
    commands.append({ "EXEC" });
    batch->expected = commands.size();
    batch->isTransaction = true;
    d->submit(commands, { 0, context != nullptr, context, std::move(callback), std::move(batch) }, queueing, true);
}

void RedisConnection::pipeline(QList<Words> commands, QObject *context, std::function<void(const QList<RedisReply> &)> callback,
                               Queueing queueing)
{
    auto batch = std::make_unique<Private::Batch>();
    batch->expected = commands.size();
    batch->callback = std::move(callback);
    d->submit(commands, { 0, context != nullptr, context, {}, std::move(batch) }, queueing, false);
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
