// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace Treewarden {

/// A real daemon of Debian's packages, private to one test: in a folder of its own, on a free port
/// of 127.0.0.1, gone with the test, whatever becomes of the test. Functions that fail say so with
/// qFatal().
class TestDaemon
{
public:
    static std::unique_ptr<TestDaemon> redis(const QStringList &arguments = {}); ///< on a port
    static std::unique_ptr<TestDaemon> redisOnPath(); ///< on a Unix socket only
    static std::unique_ptr<TestDaemon> sshd(const QStringList &arguments = {});
    /// `listen`: words after the port, such as "ssl"; `more`: lines of its server block.
    static std::unique_ptr<TestDaemon> nginx(const QByteArray &listen = {},
                                             const QByteArray &more = {});
    static std::unique_ptr<TestDaemon> nginxWithStatus(); ///< stub_status at /nginx_status
    static std::unique_ptr<TestDaemon> nginxWithTls(const QString &certificate, const QString &key);
    static std::unique_ptr<TestDaemon> apache(); ///< mod_status at /server-status
    /// In front of what listens on `backendPort`, asked whether it is healthy twice a second; its
    /// CLI listens on adminPort(), the secret is the file "secret".
    static std::unique_ptr<TestDaemon> varnish(quint16 backendPort);
    static std::unique_ptr<TestDaemon> mariadb();
    static std::unique_ptr<TestDaemon> memcached(const QStringList &arguments = {});
    static std::unique_ptr<TestDaemon> gearmand();
    /// Without `collects` it has values from its start only, which grow old.
    static std::unique_ptr<TestDaemon> gmond(bool collects = true);

    ~TestDaemon();

    /// As discovery names it: redis, ssh, nginx, mysql, apache, varnish, memcached, gearman, gmond.
    QString role() const { return m_role; }

    quint16 port() const { return m_port; } ///< 0 on a Unix socket

    quint16 adminPort() const { return m_adminPort; } ///< 0: it has none

    QString folder() const { return m_folder.path(); }

    pid_t pid() const { return pid_t(m_process.processId()); }

    void start(); ///< and waits until it accepts connections
    void kill(); ///< SIGKILL to it and its workers
    void pause(); ///< SIGSTOP to it and its workers
    void resume();

private:
    explicit TestDaemon(const QString &role);

    QString path(const QString &name) const { return m_folder.filePath(name); }

    bool accepts() const;
    void write(const QString &name, const QByteArray &text) const;
    QByteArray log() const;
    void signalAll(int signal);

    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_role, m_program, m_socket;
    QStringList m_arguments;
    quint16 m_port = 0, m_adminPort = 0;
};

} // namespace Treewarden
