// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdaemon.h"

#include "tests/support/freeport.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QTcpSocket>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // ms; a loaded machine starts MariaDB slowly

/// Runs to its end, or the test means nothing.
void runToItsEnd(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(4 * patience) || process.exitCode() != 0)
        qFatal("%s: %s", qPrintable(program), process.readAll().constData());
}

/// MariaDB as root insists on being told as whom it shall run.
QStringList userOfMariaDb()
{
    return ::geteuid() == 0 ? QStringList{u"--user=root"_s} : QStringList{};
}

} // namespace

TestDaemon::TestDaemon(const QString &role)
    : m_role(role)
    , m_port(freePort())
{
    // Workers under another user go through it.
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755));
    // A group of its own, so that workers are stopped and killed with their master; gone when the
    // test is.
    m_process.setChildProcessModifier([] {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(path(u"log"_s), QIODevice::Append);
}

TestDaemon::~TestDaemon()
{
    kill();
}

std::unique_ptr<TestDaemon> TestDaemon::redis(const QStringList &arguments)
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"redis"_s));
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
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"redis"_s));
    daemon->m_program = u"redis-server"_s;
    daemon->m_socket = daemon->path(u"r.sock"_s);
    daemon->m_port = 0;
    daemon->m_arguments = {u"--port"_s, u"0"_s,    u"--unixsocket"_s, daemon->m_socket,
                           u"--save"_s, QString(), u"--dir"_s,        daemon->folder()};
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::sshd(const QStringList &arguments)
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"ssh"_s));
    // Its folder for privilege separation; without root it separates nothing and asks for none.
    if (::geteuid() == 0)
        QDir().mkpath(u"/run/sshd"_s);
    const QString key = daemon->path(u"key"_s);
    runToItsEnd(u"ssh-keygen"_s,
                {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, key});
    daemon->m_program = u"/usr/sbin/sshd"_s;
    daemon->m_arguments = QStringList{u"-D"_s, u"-e"_s,
                                      u"-f"_s, u"/dev/null"_s,
                                      u"-h"_s, key,
                                      u"-p"_s, QString::number(daemon->m_port),
                                      u"-o"_s, u"ListenAddress=127.0.0.1"_s,
                                      u"-o"_s, u"PidFile="_s + daemon->path(u"pid"_s),
                                      u"-o"_s, u"UsePAM=no"_s}
        + arguments;
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::nginx(const QByteArray &listen, const QByteArray &more)
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"nginx"_s));
    QDir(daemon->folder()).mkpath(u"t"_s);
    QByteArray text
        = "daemon off; master_process on; worker_processes 1; pid F/pid; error_log F/err; events { "
          "worker_connections 64; }\n"
          "http { access_log F/access; client_body_temp_path F/t/b; proxy_temp_path F/t/p; "
          "fastcgi_temp_path F/t/f;\n"
          "uwsgi_temp_path F/t/u; scgi_temp_path F/t/s; server { listen 127.0.0.1:PORT LISTEN;\n"
          "MORE location / { return 200 \"fine\\n\"; } location = /bad { return 503; } } }\n";
    daemon->write(u"conf"_s,
                  text.replace("F/", daemon->folder().toUtf8() + '/')
                      .replace("PORT", QByteArray::number(daemon->m_port))
                      .replace("LISTEN", listen)
                      .replace("MORE", more));
    daemon->m_program = u"/usr/sbin/nginx"_s;
    daemon->m_arguments = {u"-c"_s, daemon->path(u"conf"_s), u"-e"_s, daemon->path(u"err"_s)};
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::nginxWithStatus()
{
    return nginx({}, "location = /nginx_status { stub_status; }\n");
}

std::unique_ptr<TestDaemon> TestDaemon::nginxWithTls(const QString &certificate, const QString &key)
{
    return nginx("ssl",
                 "ssl_certificate " + certificate.toUtf8() + "; ssl_certificate_key " + key.toUtf8()
                     + ";\n");
}

std::unique_ptr<TestDaemon> TestDaemon::apache()
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"apache"_s));
    QDir(daemon->folder()).mkpath(u"www"_s);
    daemon->write(u"www/index.html"_s, "fine\n");
    QByteArray text
        = "ServerRoot FOLDER\nServerName 127.0.0.1\nListen 127.0.0.1:PORT\n"
          "PidFile FOLDER/pid\nDefaultRuntimeDir FOLDER\nMutex file:FOLDER default\n"
          "ErrorLog FOLDER/err\nDocumentRoot FOLDER/www\nDirectoryIndex index.html\n"
          "StartServers 1\nServerLimit 2\nThreadsPerChild 25\nMaxRequestWorkers 50\n"
          "ExtendedStatus On\n"
          "<Location /server-status>\nSetHandler server-status\nRequire local\n</Location>\n"
          "<Location /bad>\nRedirect 503 /bad\n</Location>\n";
    if (::geteuid() == 0)
        text += "User www-data\nGroup www-data\n";
    for (const char *module : {"mpm_event", "authz_core", "authz_host", "status", "alias", "dir"})
        text.prepend("LoadModule " + QByteArray(module) + "_module /usr/lib/apache2/modules/mod_"
                     + module + ".so\n");
    daemon->write(u"conf"_s,
                  text.replace("FOLDER", daemon->folder().toUtf8())
                      .replace("PORT", QByteArray::number(daemon->m_port)));
    daemon->m_program = u"/usr/sbin/apache2"_s;
    daemon->m_arguments = {u"-f"_s, daemon->path(u"conf"_s), u"-DFOREGROUND"_s};
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::varnish(quint16 backendPort)
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"varnish"_s));
    daemon->m_adminPort = freePort();
    daemon->write(u"secret"_s, "a secret of one test\n");
    daemon->write(u"vcl"_s,
                  "vcl 4.1; backend default { .host=\"127.0.0.1\"; .port=\""
                      + QByteArray::number(backendPort)
                      + "\"; .probe={ .url=\"/\"; .interval=500ms; .timeout=500ms; .window=3; "
                        ".threshold=2; } }\n");
    daemon->m_program = u"/usr/sbin/varnishd"_s;
    daemon->m_arguments = {u"-F"_s,
                           u"-n"_s,
                           daemon->path(u"v"_s),
                           u"-a"_s,
                           u"127.0.0.1:%1"_s.arg(daemon->m_port),
                           u"-T"_s,
                           u"127.0.0.1:%1"_s.arg(daemon->m_adminPort),
                           u"-S"_s,
                           daemon->path(u"secret"_s),
                           u"-f"_s,
                           daemon->path(u"vcl"_s),
                           u"-s"_s,
                           u"malloc,16M"_s,
                           u"-p"_s,
                           u"vcc_allow_inline_c=off"_s};
    daemon->start();
    return daemon;
}

std::unique_ptr<TestDaemon> TestDaemon::mariadb()
{
    std::unique_ptr<TestDaemon> daemon(new TestDaemon(u"mysql"_s));
    const QString data = daemon->path(u"data"_s);
    runToItsEnd(u"mariadb-install-db"_s,
                QStringList{u"--no-defaults"_s, u"--auth-root-authentication-method=normal"_s,
                            u"--skip-test-db"_s, u"--datadir="_s + data}
                    + userOfMariaDb());
    daemon->m_program = u"mariadbd"_s;
    daemon->m_arguments = QStringList{u"--no-defaults"_s,
                                      u"--datadir="_s + data,
                                      u"--socket="_s + daemon->path(u"m.sock"_s),
                                      u"--pid-file="_s + daemon->path(u"m.pid"_s),
                                      u"--bind-address=127.0.0.1"_s,
                                      u"--port="_s + QString::number(daemon->m_port),
                                      u"--innodb-buffer-pool-size=16M"_s,
                                      u"--innodb-flush-log-at-trx-commit=0"_s}
        + userOfMariaDb();
    daemon->start();
    return daemon;
}

void TestDaemon::start()
{
    m_process.start(m_program, m_arguments);
    const QDeadlineTimer deadline(patience);
    while (!accepts()) {
        if (deadline.hasExpired() || m_process.state() == QProcess::NotRunning)
            qFatal("%s does not start: %s %s", qPrintable(m_program),
                   qPrintable(m_process.errorString()), log().right(2000).constData());
        m_process.waitForFinished(20); // pauses, unless it dies
    }
}

bool TestDaemon::accepts() const
{
    if (m_process.state() == QProcess::Starting)
        return false;
    if (m_port == 0) {
        QLocalSocket socket;
        socket.connectToServer(m_socket);
        return socket.waitForConnected(1000);
    }
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    return socket.waitForConnected(1000);
}

void TestDaemon::signalAll(int signal)
{
    if (m_process.state() == QProcess::Running)
        ::kill(-pid(), signal);
}

void TestDaemon::kill()
{
    signalAll(SIGKILL);
    if (m_process.state() != QProcess::NotRunning)
        m_process.waitForFinished(patience);
    // Workers hold the listening socket a moment longer than their master lives: while they go, the
    // kernel resets what connects.
    const QDeadlineTimer deadline(patience);
    while (accepts() && !deadline.hasExpired()) { } // each try is a connection of its own
}

void TestDaemon::pause()
{
    signalAll(SIGSTOP);
}

void TestDaemon::resume()
{
    signalAll(SIGCONT);
}

QByteArray TestDaemon::log() const
{
    QFile file(path(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestDaemon::write(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
}

} // namespace Treewarden
