// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/commands/commandposition.h"
#include "shared/core/clock.h"
#include "shared/redis/redisconnection.h"

#include <QList>
#include <QObject>

namespace Treewarden {

/// One entry of command:{ip}, as it was read.
struct StreamEntry
{
    StreamId id;
    QList<QByteArray> words; ///< field names and values
    CommandPosition::Open how = CommandPosition::Open::Read;
    bool isOld = false; ///< read again from the beginning: it may have been settled long ago
    bool isReread = false; ///< it may have been settled before this agent's start
};

/// Reads command:{ip} from where it stopped, whenever somebody says so: a signal, a connection, a
/// heartbeat (a signal may be lost). Whatever stands in the stream, or becomes of it, reading goes
/// on.
class CommandListener : public QObject
{
    Q_OBJECT
public:
    CommandListener(RedisConnection &connection, const QString &ip, const QString &stateDirectory,
                    Clock clock, QObject *parent = nullptr);

    /// Reads where it stopped, and what was open then.
    void start();
    /// Reads what is new. `closely`: also whether the stream is still the one of before.
    void look(bool closely = false);
    /// Nothing more is read until it is let go on.
    void setPaused(bool isPaused);

    CommandPosition &position() { return m_position; }

Q_SIGNALS:
    void entriesRead(const QList<Treewarden::StreamEntry> &entries);

private:
    void next();
    void ask();
    void askOpen();
    void takeOpen(const QList<StreamId> &asked, const QList<RedisReply> &replies);
    void takeReplies(const QList<RedisReply> &replies);
    void takeNew(const RedisReply &reply);
    void compareWithNewest(const RedisReply &reply);
    void noteFailure();

    RedisConnection &m_connection;
    const QByteArray m_key;
    const Clock m_clock;
    CommandPosition m_position;
    QList<StreamId> m_reopen; ///< open entries of an earlier run that are still to be read
    bool m_isStarted = false, m_isAsking = false, m_isPaused = false, m_isWanted = false,
         m_isCloseWanted = false, m_isCatchingUp = false, m_isFirstLook = true;
    int m_failures = 0, m_closeFailures = 0;
    qint64 m_noCloseLookBefore = 0;
    QString m_trouble;
};

} // namespace Treewarden
