// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisurl.h"

#include <QObject>

#include <functional>

QT_BEGIN_NAMESPACE
class QAbstractSocket;
class QIODevice;
class QLocalSocket;
QT_END_NAMESPACE

namespace Treewarden {

/// One attempt to reach a Redis: a TCP, TLS or Unix socket behind one face. TLS is loaded only for
/// a rediss:// URL.
class RedisSocket : public QObject
{
    Q_OBJECT
public:
    explicit RedisSocket(const RedisUrl &url, QObject *parent = nullptr);
    ~RedisSocket() override;

    void open();
    qint64 read(char *buffer, qint64 size);
    void write(const QByteArray &bytes);
    /// Hands what was written to the kernel now; may find out, and tell, that the connection is
    /// gone.
    void flush();
    /// While it rests, hardly anything is read of what arrives.
    void setResting(bool isResting);
    /// What the kernel has not taken yet.
    qint64 unsent() const;
    QString localAddress() const;

Q_SIGNALS:
    /// Connected and, for TLS, the certificate accepted.
    void opened();
    void readyRead();
    /// Given once; the socket is of no use any more. `isRefused`: a certificate is wrong, a retry
    /// won't help.
    void failed(const QString &reason, bool isRefused);

private:
    void makeTcp();
    void makeTls();
    void makeLocal();
    void watch(QAbstractSocket *socket);
    QString prepareTls();
    void fail(const QString &reason, bool isRefused = false);

    RedisUrl m_url;
    QIODevice *m_device = nullptr;
    bool m_hasFailed = false;
    bool m_isEncrypted = false;
};

} // namespace Treewarden
