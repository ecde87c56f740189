// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/executorframe.h"
#include "shared/protocol/updatemessage.h"

#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>

#include <algorithm>

namespace Treewarden {

/// What an agent meets on the executor's socket, played by a test.
class FakeExecutor : public QObject
{
public:
    explicit FakeExecutor(const QString &path)
        : m_path(path)
    {
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            m_socket = m_server.nextPendingConnection();
            m_frames = {};
            connect(m_socket, &QLocalSocket::readyRead, this, [this, socket = m_socket] {
                const auto frames = m_frames.take(socket->readAll());
                if (frames)
                    received += *frames;
            });
            if (saysWelcome)
                send({{QStringLiteral("type"), QStringLiteral("welcome")},
                      {QStringLiteral("version"), 1}});
        });
    }

    bool listen() { return m_server.listen(m_path); }

    void leave()
    {
        m_server.close();
        if (m_socket)
            m_socket->abort();
        m_socket = nullptr;
    }

    bool isMet() const { return m_socket; }

    void send(const QJsonObject &frame) { sendBytes(executorFrame(frame)); }

    void sendBytes(const QByteArray &bytes)
    {
        if (m_socket)
            m_socket->write(bytes);
    }

    void tell(const CommandMessage &message, qint64 n)
    {
        send({{QStringLiteral("type"), QStringLiteral("state")},
              {QStringLiteral("n"), n},
              {QStringLiteral("message"),
               QJsonDocument::fromJson(toJson(UpdateMessage(message))).object()}});
    }

    QList<QJsonObject> of(const QString &type) const
    {
        QList<QJsonObject> found;
        std::copy_if(received.begin(), received.end(), std::back_inserter(found),
                     [&type](const QJsonObject &frame) {
                         return frame.value(QStringLiteral("type")).toString() == type;
                     });
        return found;
    }

    qint64 lastTaken() const
    {
        const auto taken = of(QStringLiteral("taken"));
        return taken.isEmpty() ? 0 : taken.last().value(QStringLiteral("n")).toInteger();
    }

    QList<QJsonObject> received;
    bool saysWelcome = true;

private:
    const QString m_path;
    QLocalServer m_server;
    QLocalSocket *m_socket = nullptr;
    ExecutorFrameReader m_frames;
};

} // namespace Treewarden
