// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpSocket>
#include <QTest>

namespace Treewarden {

/// A client that sends exactly the bytes it is given and keeps what comes back; server and test
/// share one event loop.
class RawClient
{
public:
    static constexpr int patience = 10'000; ///< ms

    explicit RawClient(quint16 port, const QString &from = QStringLiteral("127.0.0.1"))
    {
        socket.bind(QHostAddress(from));
        socket.connectToHost(QHostAddress::LocalHost, port);
        goOnReading();
    }

    /// Leaves what comes in the kernel, which soon takes no more.
    void stopReading()
    {
        QObject::disconnect(&socket, &QTcpSocket::readyRead, nullptr, nullptr);
        socket.setReadBufferSize(1024);
    }

    void goOnReading()
    {
        socket.setReadBufferSize(0);
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                         [this] { received += socket.readAll(); });
        received += socket.readAll();
    }

    void send(const QByteArray &bytes) { socket.write(bytes); }

    bool isGone() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    /// Waits until `bytes` have come.
    bool sees(const QByteArray &bytes)
    {
        return QTest::qWaitFor([&] { return received.contains(bytes); }, patience);
    }

    bool seesEnd()
    {
        return QTest::qWaitFor([this] { return isGone(); }, patience);
    }

    QTcpSocket socket;
    QByteArray received;
};

/// What a server answers to `request`, until it closes.
inline QByteArray answerTo(quint16 port, const QByteArray &request,
                           const QString &from = QStringLiteral("127.0.0.1"))
{
    RawClient client(port, from);
    client.send(request);
    return client.seesEnd() ? client.received : client.received + "(still open)";
}

/// A GET that asks for the end of the connection.
inline QByteArray get(const QByteArray &path, const QByteArray &headers = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
        + "\r\n";
}

inline int statusOf(const QByteArray &answer)
{
    return answer.mid(9, 3).toInt();
}

inline QByteArray headerOf(const QByteArray &answer, const QByteArray &name)
{
    const QByteArray head = answer.left(answer.indexOf("\r\n\r\n") + 2);
    const qsizetype at = head.toLower().indexOf("\r\n" + name.toLower() + ": ");
    if (at < 0)
        return {};
    const qsizetype start = at + 4 + name.size();
    return head.mid(start, head.indexOf("\r\n", start) - start);
}

inline QByteArray bodyOf(const QByteArray &answer)
{
    const qsizetype end = answer.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : answer.mid(end + 4);
}

} // namespace Treewarden
