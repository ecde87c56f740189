// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/event.h"
#include "shared/redis/redisconnection.h"

#include <QObject>
#include <QTimer>

namespace Treewarden {

/// The events in an array of stream entries, as XRANGE and XREAD give them; what is broken is
/// skipped.
QList<Event> readEntries(const RedisValue &entries);

/// Reads a stream from an entry on, for as long as it lives. After a loss it goes on where it was:
/// no entry is told twice or missed, unless Redis itself lost it.
class StreamFollower : public QObject
{
    Q_OBJECT

public:
    /// Tells what comes after the entry `lastId` ("0-0": everything) as soon as `connection`, which
    /// nobody else uses, is connected.
    StreamFollower(RedisConnection &connection, const QByteArray &key, const QString &lastId,
                   QObject *parent = nullptr);

Q_SIGNALS:
    void entriesCame(const RedisValue &entries);
    /// Redis is away or refuses, a sentence; told once until it answers again.
    void troubled(const QString &reason);
    void recovered();

private:
    void read();
    void take(const RedisReply &reply);
    void noteTrouble(const QString &reason);

    RedisConnection &m_connection;
    QByteArray m_key;
    QString m_lastId;
    QTimer m_retry;
    bool m_isReading = false, m_isTroubled = false;
};

} // namespace Treewarden
