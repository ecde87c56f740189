// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redissocket.h"

#include "shared/core/textformat.h"

#include <QFile>
#include <QHostAddress>
#include <QLocalSocket>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>

namespace Treewarden {
using namespace Qt::StringLiterals;

RedisSocket::RedisSocket(const RedisUrl &url, QObject *parent)
    : QObject(parent)
    , m_url(url)
{
    switch (url.transport) {
    case RedisUrl::Transport::Tcp:
        makeTcp();
        break;
    case RedisUrl::Transport::Tls:
        makeTls();
        break;
    case RedisUrl::Transport::Unix:
        makeLocal();
        break;
    }
    connect(m_device, &QIODevice::readyRead, this, &RedisSocket::readyRead);
}

RedisSocket::~RedisSocket()
{
    m_hasFailed = true;
    m_device->disconnect(this);
    if (auto *local = qobject_cast<QLocalSocket *>(m_device))
        local->abort();
    else
        static_cast<QAbstractSocket *>(m_device)->abort();
}

void RedisSocket::makeTcp()
{
    auto *socket = new QTcpSocket(this);
    m_device = socket;
    watch(socket);
    connect(socket, &QAbstractSocket::connected, this, &RedisSocket::opened);
}

void RedisSocket::makeTls()
{
    auto *socket = new QSslSocket(this);
    m_device = socket;
    watch(socket);
    connect(socket, &QSslSocket::encrypted, this, [this] {
        m_isEncrypted = true;
        Q_EMIT opened();
    });
}

void RedisSocket::makeLocal()
{
    auto *socket = new QLocalSocket(this);
    m_device = socket;
    connect(socket, &QLocalSocket::connected, this, &RedisSocket::opened);
    connect(socket, &QLocalSocket::disconnected, this,
            [this] { fail(tr("it closed the connection")); });
    connect(
        socket, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError error) {
            switch (error) {
            case QLocalSocket::ServerNotFoundError:
                return fail(tr("there is no socket at this path; is Redis running?"));
            case QLocalSocket::ConnectionRefusedError:
                return fail(tr("nothing listens on this socket; is Redis running?"));
            case QLocalSocket::SocketAccessError:
                return fail(tr(
                    "this user may not open the socket; add it to the group that Redis runs as"));
            case QLocalSocket::PeerClosedError:
                return fail(tr("it closed the connection"));
            default:
                return fail(static_cast<QLocalSocket *>(m_device)->errorString());
            }
        });
}

void RedisSocket::watch(QAbstractSocket *socket)
{
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QAbstractSocket::connected, socket,
            [socket] { socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); });
    connect(
        socket, &QAbstractSocket::errorOccurred, this,
        [this, socket](QAbstractSocket::SocketError error) {
            switch (error) {
            case QAbstractSocket::ConnectionRefusedError:
                return fail(tr("nothing listens there; is Redis running, and is the port right?"));
            case QAbstractSocket::HostNotFoundError:
                return fail(tr("this host name is unknown"));
            case QAbstractSocket::SslHandshakeFailedError:
                if (socket->errorString().contains(u"wrong version number"_s))
                    return fail(tr("this port does not speak TLS; write redis:// in the URL"),
                                true);
                return fail(tr("the TLS handshake failed: %1").arg(socket->errorString()), true);
            case QAbstractSocket::RemoteHostClosedError:
                if (m_url.transport == RedisUrl::Transport::Tls && !m_isEncrypted)
                    return fail(tr("it closed the connection during the TLS handshake; does this "
                                   "port speak TLS?"),
                                true);
                return fail(tr("it closed the connection"));
            default:
                return fail(socket->errorString());
            }
        });
}

/// Reads the certificate files; gives what is wrong with them, or nothing.
QString RedisSocket::prepareTls()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (!m_url.caFile.isEmpty()) {
        const QList<QSslCertificate> authorities = QSslCertificate::fromPath(m_url.caFile);
        if (authorities.isEmpty())
            return tr("ca_file %1 holds no PEM certificate that this program can read")
                .arg(oneLine(m_url.caFile));
        configuration.setCaCertificates(authorities);
    }
    if (!m_url.certificateFile.isEmpty()) {
        const QList<QSslCertificate> chain = QSslCertificate::fromPath(m_url.certificateFile);
        if (chain.isEmpty())
            return tr("certificate_file %1 holds no PEM certificate that this program can read")
                .arg(oneLine(m_url.certificateFile));
        configuration.setLocalCertificateChain(chain);
        QFile file(m_url.keyFile);
        const QByteArray pem = file.open(QIODevice::ReadOnly) ? file.read(64 << 10) : QByteArray();
        QSslKey key(pem, QSsl::Rsa);
        if (key.isNull())
            key = QSslKey(pem, QSsl::Ec);
        if (key.isNull())
            return tr("key_file %1 holds no PEM key that this program can read")
                .arg(oneLine(m_url.keyFile));
        configuration.setPrivateKey(key);
    }
    static_cast<QSslSocket *>(m_device)->setSslConfiguration(configuration);
    return {};
}

void RedisSocket::open()
{
    switch (m_url.transport) {
    case RedisUrl::Transport::Tcp:
        return static_cast<QTcpSocket *>(m_device)->connectToHost(m_url.host, m_url.port);
    case RedisUrl::Transport::Tls:
        if (!QSslSocket::supportsSsl())
            return fail(tr("this machine has no TLS library; install OpenSSL 3"), true);
        if (const QString wrong = prepareTls(); !wrong.isEmpty())
            return fail(wrong, true);
        return static_cast<QSslSocket *>(m_device)->connectToHostEncrypted(m_url.host, m_url.port);
    case RedisUrl::Transport::Unix:
        return static_cast<QLocalSocket *>(m_device)->connectToServer(m_url.path);
    }
}

qint64 RedisSocket::read(char *buffer, qint64 size)
{
    // What failed while it connected has nothing to read, and Qt would warn.
    return m_device->isOpen() ? m_device->read(buffer, size) : 0;
}

/// A buffer that one byte fills: the kernel keeps what comes, and nobody is woken by it. A TLS
/// socket needs its buffer.
void RedisSocket::setResting(bool isResting)
{
    const qint64 size = isResting ? 1 : 0;
    if (m_url.transport == RedisUrl::Transport::Unix)
        static_cast<QLocalSocket *>(m_device)->setReadBufferSize(size);
    else if (m_url.transport == RedisUrl::Transport::Tcp)
        static_cast<QAbstractSocket *>(m_device)->setReadBufferSize(size);
}

void RedisSocket::write(const QByteArray &bytes)
{
    m_device->write(bytes);
}

void RedisSocket::flush()
{
    if (auto *local = qobject_cast<QLocalSocket *>(m_device))
        local->flush();
    else
        static_cast<QAbstractSocket *>(m_device)->flush();
}

qint64 RedisSocket::unsent() const
{
    return m_device->bytesToWrite();
}

QString RedisSocket::localAddress() const
{
    const auto *socket = qobject_cast<QAbstractSocket *>(m_device);
    return socket ? socket->localAddress().toString() : QString();
}

void RedisSocket::fail(const QString &reason, bool isRefused)
{
    if (m_hasFailed)
        return;
    m_hasFailed = true;
    Q_EMIT failed(reason, isRefused);
}

} // namespace Treewarden
