// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetreading.h"

#include <QElapsedTimer>
#include <QObject>
#include <QQueue>
#include <QSet>

namespace Treewarden {

/// Reads servers from their keys, each in one transaction and a bounded number at a time. A reading
/// that a message has overtaken is thrown away and done again, so that an old reading never covers
/// newer news.
class ServerReader : public QObject
{
    Q_OBJECT
public:
    explicit ServerReader(RedisConnection &connection, QObject *parent = nullptr);

    /// Asks for `ip`; asking again before the answer reads once more.
    void read(const QString &ip);
    /// Something was told about `ip`: a reading on its way may be older than that.
    void overtake(const QString &ip);

    /// It is to be read, or just being read.
    bool isAsking(const QString &ip) const
    {
        return m_isWaiting.contains(ip) || m_underway.contains(ip);
    }

    /// Forgets what waits and what is on its way.
    void clear();

    bool isIdle() const
    {
        return m_waiting.isEmpty() && m_suspects.isEmpty() && m_underway.isEmpty();
    }

    qsizetype waitingCount() const { return m_waiting.size(); }

Q_SIGNALS:
    /// Nothing in `reading`: the server is not enrolled.
    void hasRead(const QString &ip, const std::optional<ServerReading> &reading);
    void failed(const QString &ip, const QString &reason);
    /// Its keys cannot be read without losing the connection.
    void unreadable(const QString &ip);
    /// The last reading that was asked for has been told.
    void idle();

private:
    struct Underway
    {
        bool isOvertaken = false;
        int tries = 0;
    };

    void enqueue(const QString &ip);
    void readMore();
    void readSuspect();
    void send(const QString &ip);
    void take(const QString &ip, const RedisReply &reply);
    void suspect(const QString &ip);

    RedisConnection &m_connection;
    QQueue<QString> m_waiting, m_suspects; ///< suspects are read last, and alone
    QSet<QString> m_isWaiting;
    QHash<QString, Underway> m_underway;
    QHash<QString, int> m_strikes; ///< how often the connection ended while this one was underway
    QElapsedTimer m_strikesAge;
    quint64 m_generation = 0;
};

} // namespace Treewarden
