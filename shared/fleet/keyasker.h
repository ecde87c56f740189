// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"

#include <QObject>

namespace Treewarden {

class Complaints;

/// Asks for keys of anybody's content: all commands of a question must be answered well, and what
/// was asked before a gap is not answered after it.
class KeyAsker : public QObject
{
    Q_OBJECT
public:
    using Commands = QList<RedisConnection::Words>;
    using Handler = std::function<void(const QList<RedisReply> &)>;

    KeyAsker(RedisConnection &connection, Complaints &complaints, QObject *parent = nullptr);

    void ask(const Commands &commands, const Handler &handler);
    /// Asks for whole keys and for `more`. Servers that nobody knows yet may write servers:pending:
    /// a key larger than any reply may be is answered with nothing, or it would end the connection
    /// each time.
    void askBounded(const Commands &commands, const RedisConnection::Words &more,
                    const Handler &handler);

    /// Drops the answers to what was asked so far.
    void forget() { ++m_generation; }

Q_SIGNALS:
    void answered();
    /// Redis answered with an error. The loss of the connection is told by the connection itself.
    void failed(const QString &reason);

private:
    Commands bounded(Commands commands, const QList<RedisReply> &sizes) const;

    RedisConnection &m_connection;
    Complaints &m_complaints;
    quint64 m_generation = 0;
};

} // namespace Treewarden
