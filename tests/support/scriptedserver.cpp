// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedserver.h"

#include <QTcpSocket>

namespace Treewarden {
using namespace Qt::StringLiterals;

ScriptedServer::ScriptedServer(Script script, std::function<void(QTcpSocket *)> greeting)
    : m_script(std::move(script))
    , m_greeting(std::move(greeting))
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the scripted server can't listen");
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection()) {
            ++m_connections;
            connect(client, &QTcpSocket::readyRead, this, [this, client, turn = 0]() mutable {
                m_script(client, client->readAll(), turn++);
            });
            connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
            if (m_greeting)
                m_greeting(client);
        }
    });
}

RedisUrl ScriptedServer::url() const
{
    RedisUrl url;
    url.host = u"127.0.0.1"_s;
    url.port = m_server.serverPort();
    return url;
}

} // namespace Treewarden
