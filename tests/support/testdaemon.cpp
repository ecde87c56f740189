// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdaemon.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <csignal>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Runs to its end, or the test means nothing.
void run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("%s: %s", qPrintable(program), process.readAllStandardError().constData());
}

} // namespace

quint16 freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("no free port");
    return server.serverPort();
}

TestDaemon::TestDaemon()
    : m_port(freePort())
{
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755));
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(m_folder.filePath(u"stderr"_s));
}

TestDaemon::~TestDaemon()
{
    kill();
}

std::unique_ptr<TestDaemon> TestDaemon::redis(const QStringList &arguments)
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon);
    daemon->m_program = u"redis-server"_s;
    daemon->m_arguments = QStringList{u"--port"_s, QString::number(daemon->m_port),
                                      u"--bind"_s, u"127.0.0.1"_s,
                                      u"--save"_s, QString(),
                                      u"--dir"_s,  daemon->folder()}
        + arguments;
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::redisOnPath()
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon);
    daemon->m_program = u"redis-server"_s;
    daemon->m_path = daemon->m_folder.filePath(u"r.sock"_s);
    daemon->m_port = 0;
    daemon->m_arguments = {u"--port"_s, u"0"_s,    u"--unixsocket"_s, daemon->m_path,
                           u"--save"_s, QString(), u"--dir"_s,        daemon->folder()};
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::sshd(const QStringList &arguments)
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon);
    QDir().mkpath(u"/run/sshd"_s); // sshd insists on it when it runs as root
    const QString key = daemon->m_folder.filePath(u"key"_s);
    run(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, key});
    daemon->m_program = u"/usr/sbin/sshd"_s;
    daemon->m_arguments = QStringList{u"-D"_s, u"-e"_s,
                                      u"-f"_s, u"/dev/null"_s,
                                      u"-h"_s, key,
                                      u"-p"_s, QString::number(daemon->m_port),
                                      u"-o"_s, u"ListenAddress=127.0.0.1"_s,
                                      u"-o"_s, u"PidFile="_s + daemon->m_folder.filePath(u"pid"_s),
                                      u"-o"_s, u"UsePAM=no"_s}
        + arguments;
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::nginx()
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon);
    QDir(daemon->folder()).mkpath(u"t"_s);
    QByteArray text
        = "daemon off; master_process on; worker_processes 1; pid F/pid; error_log F/err; events { "
          "worker_connections 64; }\n"
          "http { access_log F/access; client_body_temp_path F/t/b; proxy_temp_path F/t/p; "
          "fastcgi_temp_path F/t/f;\n"
          "uwsgi_temp_path F/t/u; scgi_temp_path F/t/s; server { listen 127.0.0.1:PORT;\n"
          "location / { return 200 \"fine\\n\"; } location = /bad { return 503; } } }\n";
    daemon->write(u"conf"_s,
                  text.replace("F/", daemon->folder().toUtf8() + '/')
                      .replace("PORT", QByteArray::number(daemon->m_port)));
    daemon->m_program = u"/usr/sbin/nginx"_s;
    daemon->m_arguments = {u"-c"_s, daemon->m_folder.filePath(u"conf"_s), u"-e"_s,
                           daemon->m_folder.filePath(u"err"_s)};
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::mariadb()
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon);
    const QString data = daemon->m_folder.filePath(u"data"_s);
    run(u"mariadb-install-db"_s,
        {u"--no-defaults"_s, u"--auth-root-authentication-method=normal"_s, u"--skip-test-db"_s,
         u"--datadir="_s + data, u"--user=root"_s});
    daemon->m_program = u"mariadbd"_s;
    daemon->m_arguments = {u"--no-defaults"_s,
                           u"--user=root"_s,
                           u"--datadir="_s + data,
                           u"--socket="_s + daemon->m_folder.filePath(u"m.sock"_s),
                           u"--pid-file="_s + daemon->m_folder.filePath(u"m.pid"_s),
                           u"--bind-address=127.0.0.1"_s,
                           u"--port="_s + QString::number(daemon->m_port),
                           u"--innodb-buffer-pool-size=16M"_s,
                           u"--innodb-flush-log-at-trx-commit=0"_s};
    daemon->start();
    return daemon;
}

void TestDaemon::start()
{
    m_process.start(m_program, m_arguments);
    QDeadlineTimer deadline(30'000);
    while (!accepts()) {
        if (deadline.hasExpired() || m_process.state() == QProcess::NotRunning)
            qFatal("%s does not start", qPrintable(m_program));
        m_process.waitForFinished(20); // pauses, unless it dies
    }
}

bool TestDaemon::accepts() const
{
    if (m_process.state() == QProcess::Starting)
        return false;
    if (m_port == 0) {
        QLocalSocket socket;
        socket.connectToServer(m_path);
        return socket.waitForConnected(1000);
    }
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    return socket.waitForConnected(1000);
}

/// It and its children.
QList<pid_t> TestDaemon::group() const
{
    QList<pid_t> pids{pid()};
    QFile file(u"/proc/%1/task/%1/children"_s.arg(pid()));
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &child : file.readAll().simplified().split(' ')) {
            if (child.toInt() > 0)
                pids << child.toInt();
        }
    }
    return pids;
}

void TestDaemon::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    for (const pid_t pid : group())
        ::kill(pid, SIGKILL);
    m_process.waitForFinished(10'000);
}

void TestDaemon::pause()
{
    for (const pid_t pid : group())
        ::kill(pid, SIGSTOP);
}

void TestDaemon::resume()
{
    for (const pid_t pid : group())
        ::kill(pid, SIGCONT);
}

void TestDaemon::write(const QString &name, const QByteArray &text) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
}

} // namespace Treewarden
