// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"

#include <QLocalSocket>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

namespace Treewarden {
using namespace Qt::StringLiterals;

struct FaultProxy::Pair
{
    QTcpSocket *client = nullptr;
    QLocalSocket *upstream = nullptr;
    qint64 answered = 0;
    bool isCut = false;
};

FaultProxy::FaultProxy(const QString &upstreamPath)
    : m_upstreamPath(upstreamPath)
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the fault proxy can't listen");
    m_port = m_server.serverPort();
    connect(&m_server, &QTcpServer::newConnection, this, &FaultProxy::accept);
}

RedisUrl FaultProxy::url() const
{
    RedisUrl url;
    url.host = u"127.0.0.1"_s;
    url.port = m_port;
    return url;
}

void FaultProxy::setRefusing(bool on)
{
    if (on)
        m_server.close();
    else if (!m_server.isListening() && !m_server.listen(QHostAddress::LocalHost, m_port))
        qFatal("the fault proxy can't listen again");
}

void FaultProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        ++m_connections;
        client->setParent(this);
        client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        auto pair = std::make_shared<Pair>();
        pair->client = client;
        pair->upstream = new QLocalSocket(client);
        m_pairs.append(pair);
        connect(client, &QTcpSocket::readyRead, pair->upstream, [this, pair] {
            const QByteArray bytes = pair->client->readAll();
            if (!m_isBlackHole)
                pair->upstream->write(bytes);
        });
        connect(pair->upstream, &QLocalSocket::readyRead, client, [this, pair] {
            const QByteArray bytes = pair->upstream->readAll();
            if (m_isBlackHole)
                return;
            if (m_delay.count() == 0)
                return answer(pair, bytes);
            QTimer::singleShot(m_delay, pair->client, [this, pair, bytes] { answer(pair, bytes); });
        });
        connect(pair->upstream, &QLocalSocket::errorOccurred, client, [this, pair] { cut(pair); });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        pair->upstream->connectToServer(m_upstreamPath);
    }
}

void FaultProxy::answer(const std::shared_ptr<Pair> &pair, QByteArray bytes)
{
    if (pair->isCut)
        return;
    const bool isEnd = m_cutAfter >= 0 && pair->answered + bytes.size() >= m_cutAfter;
    if (isEnd)
        bytes.truncate(m_cutAfter - pair->answered);
    pair->answered += bytes.size();
    if (m_isTrickling) {
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            pair->client->write(bytes.constData() + i, 1);
            pair->client->flush();
        }
    } else {
        pair->client->write(bytes);
    }
    if (isEnd)
        cut(pair);
}

void FaultProxy::cut(const std::shared_ptr<Pair> &pair)
{
    if (std::exchange(pair->isCut, true))
        return;
    if (m_isResetting) {
        const linger hard{1, 0};
        setsockopt(int(pair->client->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard,
                   sizeof hard);
        pair->client->abort();
    } else {
        pair->client->disconnectFromHost();
    }
}

void FaultProxy::cutAll()
{
    for (const std::weak_ptr<Pair> &each : std::exchange(m_pairs, {})) {
        if (const std::shared_ptr<Pair> pair = each.lock())
            cut(pair);
    }
}

} // namespace Treewarden
