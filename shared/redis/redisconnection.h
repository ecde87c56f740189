// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisurl.h"
#include "shared/redis/redisvalue.h"

#include <QFuture>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace Treewarden {

/// The limits of one connection. Defaults are those of docs/architecture.md; tests shorten them.
struct RedisTimeouts
{
    std::chrono::milliseconds connect{
        5000}; ///< until the handshake (TLS, AUTH, SELECT) has been answered
    std::chrono::milliseconds command{5000};
    std::chrono::milliseconds idlePing{15000}; ///< silence after which a PING is sent
    std::chrono::milliseconds pingGrace{5000};
    std::chrono::milliseconds firstRetry{100};
    std::chrono::milliseconds longestRetry{10000};
    std::chrono::milliseconds authenticationRetry{
        30000}; ///< after a refused login or certificate, up to twice this
    std::chrono::milliseconds healthy{
        30000}; ///< a connection that stood this long starts the pauses anew
};

/// A connection to one Redis that keeps itself open: commands go out in order and each gets exactly
/// one reply. Never blocks. After a loss it reconnects by itself with growing, partly random
/// pauses; what was in flight is reported as Outcome::Unknown and never resent. Commands given
/// while disconnected wait (at most 1,000 or 4 MiB).
class RedisConnection : public QObject
{
    Q_OBJECT
public:
    using Words = QList<QByteArray>;
    using Callback = std::function<void(const RedisReply &)>;

    /// What may happen to a command that waits for a connection.
    enum class Queueing {
        Wait, ///< until connected; NotSent when the queue overflows or close() comes first
        NewestOnly, ///< telemetry: a later one with the same first two words takes its place
                    ///< (NotSent)
        Never, ///< NotSent at once while disconnected
    };
    enum class State { Closed, Connecting, Connected, Waiting };

    explicit RedisConnection(RedisUrl url, RedisTimeouts timeouts = {}, QObject *parent = nullptr);
    ~RedisConnection() override;

    /// Connects, or tries again at once while Waiting.
    /// Other limits from now on: an agent's follow the lease of its configuration.
    void setTimeouts(const RedisTimeouts &timeouts);

    void open();
    /// Ends the connection; what waits or is in flight is reported first. open() may follow.
    void close();

    State state() const;

    bool isConnected() const { return state() == State::Connected; }

    const RedisUrl &url() const;
    /// Why there is no connection, a sentence; empty while connected.
    QString lastError() const;
    /// Milliseconds until the next attempt while Waiting, else 0.
    qint64 retryIn() const;
    /// True when the last attempt failed because of the user, password or certificate: retries
    /// won't help by themselves.
    bool isRefused() const;
    /// The local end of a TCP connection, or empty.
    QString localAddress() const;

    /// Sends one command. `callback` is called exactly once, later, in the order of the commands,
    /// unless `context` was destroyed before. Destroying the connection drops what is still owed:
    /// only close() reports it. Commands that subscribe are refused (RedisSubscriber is for them).
    /// A callback may destroy the connection, but must not run an event loop of its own.
    void command(Words words, QObject *context, Callback callback,
                 Queueing queueing = Queueing::Wait);
    /// Sends MULTI, `commands`, EXEC in one write; the reply is EXEC's: an array with one value a
    /// command, or the first error that any of them got (EXEC then ran nothing).
    void transaction(QList<Words> commands, QObject *context, Callback callback,
                     Queueing queueing = Queueing::Wait);
    /// Sends several commands in one write; `callback` gets all the replies at once, in order.
    void pipeline(QList<Words> commands, QObject *context,
                  std::function<void(const QList<RedisReply> &)> callback,
                  Queueing queueing = Queueing::Wait);
    /// command() as a future, for one-shot programs and tests.
    QFuture<RedisReply> request(Words words);

Q_SIGNALS:
    /// The handshake is done; commands that waited go out now.
    void connected();
    /// A connection that stood is gone. Replies of what was in flight have been given before.
    void disconnected(const QString &reason);
    /// An attempt failed or the connection broke; the next attempt comes in `milliseconds`.
    void retrying(qint64 milliseconds, const QString &reason);
    void stateChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Treewarden
