// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"
#include "shared/redis/respdecoder.h"

#include <QElapsedTimer>
#include <QTimer>

namespace Treewarden {

class RedisSocket;
class SentinelResolver;

/// What a connection and a subscriber have in common: keeps one socket to a Redis open and logged
/// in, hands over the values that arrive, notices silence, and tries again after a loss.
class RedisLink : public QObject
{
    Q_OBJECT
public:
    /// Whoever the link works for. Each function may close or delete the link.
    class Owner
    {
    public:
        virtual ~Owner() = default;
        /// Logged in; what was written before is answered.
        virtual void linkOpened() = 0;
        /// An attempt failed or, when `wasOpen`, the link broke. The next attempt is already
        /// planned.
        virtual void linkFailed(const QString &reason, bool wasOpen) = 0;
        virtual void linkStateChanged() = 0;
        /// One value arrived. False when nothing was asked: that is a protocol error.
        virtual bool takeValue(RedisValue &value) = 0;
        /// All values that arrived together were taken.
        virtual void valuesTaken() = 0;
        /// Nothing was heard for a while: ask something.
        virtual void sendPing() = 0;
    };

    RedisLink(RedisUrl url, RedisTimeouts timeouts, Owner *owner);
    ~RedisLink() override;

    /// Connects; while it waits for the next attempt: at once.
    void open();
    void close();
    void write(const QByteArray &bytes);
    /// Hands what was written to the kernel without another turn of the event loop. May fail the
    /// link.
    void flush();
    qint64 unsent() const;
    /// Gives the connection up and tries again later.
    void fail(const QString &reason, bool isRefused = false);

    RedisConnection::State state() const { return m_state; }

    bool isOpen() const { return m_state == RedisConnection::State::Connected; }

    const RedisUrl &url() const { return m_url; }

    const RedisTimeouts &timeouts() const { return m_timeouts; }

    /// Holds from what comes next on.
    void setTimeouts(const RedisTimeouts &timeouts) { m_timeouts = timeouts; }

    /// After each reading nothing is read for so long at most: thousands of small values a second
    /// wake the program a few times only. For who needs no answer at once.
    void setPause(std::chrono::milliseconds pause) { m_pause = pause; }

    const QString &lastError() const { return m_lastError; }

    bool isRefused() const { return m_isRefused; }

    qint64 retryIn() const;
    QString localAddress() const;

    /// Milliseconds of a clock that never jumps.
    qint64 now() const { return m_clock.elapsed(); }

    /// The sentence for an error answer; the password never stands in it.
    QString sentence(const RedisValue &error) const;

    /// Ends a link that may be in the middle of calling its owner.
    static void dispose(std::unique_ptr<RedisLink> link);

private:
    void attempt();
    void connectTo(const RedisUrl &url);
    void makeResolver();
    void dropSocket();
    void greet();
    void read();
    void beginRest(qint64 bytes);
    void endRest();
    void takeGreeting(const RedisValue &value);
    bool isDisowned(const RedisValue &value);
    void timerFired();
    void checkSilence();
    std::chrono::milliseconds nextPause();

    enum class Greeting { Auth, Select, Role, Ping };

    RedisUrl m_url;
    RedisTimeouts m_timeouts;
    Owner *m_owner;
    SentinelResolver *m_resolver = nullptr; ///< of a URL with Sentinels
    RedisSocket *m_socket = nullptr;
    std::unique_ptr<RespDecoder> m_decoder;
    QList<Greeting> m_greetings; ///< whose answers are awaited
    QByteArray m_firstBytes; ///< what a peer said that may be no Redis
    RedisConnection::State m_state = RedisConnection::State::Closed;
    QString m_lastError;
    bool m_isRefused = false;
    bool m_isPinging = false;
    int m_failures = 0;
    quint64 m_generation
        = 0; ///< counts sockets: a callback may have replaced the one that is being read
    qint64 m_openedAt = 0, m_lastHeard = 0, m_lastRead = 0;
    QElapsedTimer m_clock;
    QTimer m_timer; ///< of the attempt, or of the pause before the next
    QTimer m_silence;
    QTimer m_rest; ///< while it is active nothing is read
    std::chrono::milliseconds m_pause{0};
    bool m_isEndingRest = false;
};

} // namespace Treewarden
