// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisurl.h"
#include "shared/redis/redisvalue.h"

#include <QProcess>
#include <QTemporaryDir>

#include <functional>

namespace Treewarden {

/// A private redis-server of one test, in a temporary folder, gone with the test whatever happens
/// to it. Functions that fail say so with qFatal(): a test without its Redis means nothing.
class RedisServer
{
public:
    enum class Listen { Unix, Tcp, Tls };

    struct Options
    {
        Listen listen = Listen::Unix;
        QByteArray password; ///< requirepass
        QByteArrayList acl; ///< lines of an ACL file: "user agent on >secret ~* &* +@all"
        QStringList arguments; ///< more options of redis-server: "--maxmemory", "1mb"
    };

    /// Starts and waits until it answers.
    explicit RedisServer(const Options &options);

    RedisServer()
        : RedisServer(Options{})
    {
    }

    ~RedisServer();

    /// Where it listens, with the default user's password; for TLS with the right ca_file.
    RedisUrl url() const;
    QString urlText() const;
    QString socketPath() const; ///< always open, also beside TCP and TLS

    quint16 port() const { return m_port; }

    QString folder() const { return m_folder.path(); }

    QString caFile() const { return m_folder.filePath(QStringLiteral("ca.crt")); }

    QString otherCaFile() const { return m_folder.filePath(QStringLiteral("other.crt")); }

    qint64 processId() const { return m_process.processId(); }

    void start(); ///< on the same place, with the data of stop()
    void startLoading(); ///< start() that does not wait for its data
    void stop(); ///< SIGTERM; saves what it holds
    void kill(); ///< SIGKILL
    void pause(); ///< SIGSTOP
    void resume(); ///< SIGCONT

    /// Blocks until Redis answers; as the default user, over the Unix socket.
    RedisValue call(const QByteArrayList &words) const;

    /// call() for what answers with a text or number.
    QByteArray text(const QByteArrayList &words) const { return call(words).toBytes(); }

private:
    void makeCertificates();
    void launch();
    void waitUntil(const std::function<bool(const RedisValue &)> &isReady);

    Options m_options;
    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace Treewarden
