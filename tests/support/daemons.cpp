// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/daemons.h"

#include "tests/support/redisserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpSocket>

#include <csignal>

#include <sys/prctl.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int daemonPatience = 30'000; // ms; a loaded machine starts MariaDB slowly

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

void runOnce(const QStringList &command)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(command.first(), command.mid(1));
    if (!process.waitForFinished(4 * daemonPatience) || process.exitCode() != 0)
        qFatal("%s failed: %s", qPrintable(command.join(u' ')), process.readAll().constData());
}

class Nginx : public Daemon
{
public:
    Nginx() : Daemon(u"nginx"_s) { }

protected:
    QStringList command() override
    {
        const QByteArray d = folder().toUtf8();
        QByteArray temporary;
        for (const char *kind : { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" })
            temporary += QByteArray(kind) + "_temp_path " + d + '/' + kind + "; ";
        writeFile(folder() + u"/nginx.conf"_s,
                  "daemon off; worker_processes 1; pid " + d + "/nginx.pid; error_log " + d
                      + "/error.log; events { worker_connections 64; }\nhttp { access_log off; " + temporary
                      + "server { listen 127.0.0.1:" + QByteArray::number(port())
                      + "; location / { return 200 \"ok\\n\"; } } }\n");
        return { u"nginx"_s, u"-c"_s, folder() + u"/nginx.conf"_s, u"-e"_s, folder() + u"/error.log"_s };
    }
};

class Sshd : public Daemon
{
public:
    Sshd() : Daemon(u"ssh"_s)
    {
        // sshd's folder for privilege separation; without root it separates nothing and asks for none.
        if (::geteuid() == 0)
            runOnce({ u"mkdir"_s, u"-p"_s, u"/run/sshd"_s });
        runOnce({ u"ssh-keygen"_s, u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, folder() + u"/key"_s });
    }

protected:
    QStringList command() override
    {
        return { u"/usr/sbin/sshd"_s, u"-D"_s, u"-e"_s, u"-f"_s, u"/dev/null"_s, u"-h"_s, folder() + u"/key"_s, u"-p"_s,
                 QString::number(port()), u"-o"_s, u"ListenAddress=127.0.0.1"_s, u"-o"_s,
                 u"PidFile="_s + folder() + u"/sshd.pid"_s, u"-o"_s, u"UsePAM=no"_s };
    }
};

class MariaDb : public Daemon
{
public:
    MariaDb() : Daemon(u"mysql"_s)
    {
        runOnce(QStringList { u"mariadb-install-db"_s, u"--no-defaults"_s, u"--auth-root-authentication-method=normal"_s,
                              u"--skip-test-db"_s, u"--datadir="_s + folder() + u"/data"_s }
                + asRoot());
    }

protected:
    QStringList command() override
    {
        const QString d = folder();
        return QStringList { u"mariadbd"_s, u"--no-defaults"_s, u"--datadir="_s + d + u"/data"_s,
                 u"--socket="_s + d + u"/m.sock"_s, u"--pid-file="_s + d + u"/m.pid"_s, u"--bind-address=127.0.0.1"_s,
                 u"--port="_s + QString::number(port()), u"--innodb-buffer-pool-size=16M"_s,
                 u"--innodb-flush-log-at-trx-commit=0"_s, u"--log-error="_s + d + u"/m.err"_s } + asRoot();
    }

private:
    // As root it insists on being told as whom it shall run.
    static QStringList asRoot() { return ::geteuid() == 0 ? QStringList { u"--user=root"_s } : QStringList {}; }
};

class RedisDaemon : public Daemon
{
public:
    RedisDaemon() : Daemon(u"redis"_s) { }

protected:
    QStringList command() override
    {
        return { u"redis-server"_s, u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(port()), u"--save"_s,
                 QString(), u"--dir"_s, folder() };
    }
};

} // namespace

Daemon::Daemon(const QString &role)
    : m_role(role)
    , m_port(freePort())
{
    // A group of its own, so that workers are stopped and killed with their master; gone when the test is.
    m_process.setChildProcessModifier([] {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    m_process.setStandardOutputFile(m_folder.filePath(u"output.log"_s));
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

Daemon::~Daemon()
{
    kill();
}

void Daemon::start()
{
    const QStringList words = command();
    m_process.start(words.first(), words.mid(1));
    if (!m_process.waitForStarted(daemonPatience))
        qFatal("cannot start %s: %s", qPrintable(words.first()), qPrintable(m_process.errorString()));
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < daemonPatience) {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_port);
        if (socket.waitForConnected(200))
            return;
        if (m_process.waitForFinished(20))
            break;
    }
    QFile log(m_folder.filePath(u"output.log"_s));
    const QByteArray text = log.open(QIODevice::ReadOnly) ? log.readAll() : QByteArray();
    qFatal("%s did not start: %s", qPrintable(m_role), text.right(2000).constData());
}

void Daemon::signalAll(int signal)
{
    if (m_process.state() == QProcess::Running)
        ::kill(-pid_t(m_process.processId()), signal);
}

void Daemon::kill()
{
    signalAll(SIGKILL);
    if (m_process.state() != QProcess::NotRunning)
        m_process.waitForFinished(daemonPatience);
}

void Daemon::pause()
{
    signalAll(SIGSTOP);
}

void Daemon::resume()
{
    signalAll(SIGCONT);
}

std::unique_ptr<Daemon> makeNginx()
{
    return std::make_unique<Nginx>();
}
std::unique_ptr<Daemon> makeSshd()
{
    return std::make_unique<Sshd>();
}
std::unique_ptr<Daemon> makeMariaDb()
{
    return std::make_unique<MariaDb>();
}
std::unique_ptr<Daemon> makeRedis()
{
    return std::make_unique<RedisDaemon>();
}

} // namespace Treewarden
