// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisurl.h"

#include <QTcpServer>

#include <functional>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace Treewarden {

/// A TCP server of the test's own event loop that says what it was told to say, right or wrong.
class ScriptedServer : public QObject
{
    Q_OBJECT
public:
    /// Called with what a client sent and the number of times that this connection sent before.
    using Script = std::function<void(QTcpSocket *client, const QByteArray &received, int turn)>;

    explicit ScriptedServer(Script script, std::function<void(QTcpSocket *)> greeting = {});

    RedisUrl url() const;

    int connections() const { return m_connections; }

private:
    QTcpServer m_server;
    Script m_script;
    std::function<void(QTcpSocket *)> m_greeting;
    int m_connections = 0;
};

} // namespace Treewarden
