// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace Treewarden {

/// A real daemon from Debian's packages, started privately by a test: own folder, loopback, free port. Everything that
/// it started is gone with the object. Functions that fail say so with qFatal().
class Daemon
{
public:
    virtual ~Daemon();

    QString role() const { return m_role; }
    quint16 port() const { return m_port; }
    QString folder() const { return m_folder.path(); }
    qint64 processId() const { return m_process.processId(); }

    void start(); ///< and waits until its port answers a connection
    void kill(); ///< SIGKILL to the daemon and its workers
    void pause(); ///< SIGSTOP to all of them
    void resume();

protected:
    explicit Daemon(const QString &role);
    virtual QStringList command() = 0; ///< program and arguments, in the foreground

    QTemporaryDir m_folder;

private:
    void signalAll(int signal);

    QString m_role;
    quint16 m_port;
    QProcess m_process;
};

std::unique_ptr<Daemon> makeNginx();
std::unique_ptr<Daemon> makeSshd();
std::unique_ptr<Daemon> makeMariaDb();
std::unique_ptr<Daemon> makeRedis();

} // namespace Treewarden
