// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/redisserver.h"

#include "shared/redis/respdecoder.h"
#include "shared/redis/respencoder.h"
#include "tests/support/freeport.h"

#include <QDeadlineTimer>
#include <QLocalSocket>

#include <csignal>
#include <sys/prctl.h>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; ///< ms; the machine may be busy

/// Asks once over a Unix socket; nothing when there is no answer.
std::optional<RedisValue> ask(const QString &path, const QList<QByteArrayList> &commands,
                              int timeout)
{
    QLocalSocket socket;
    socket.connectToServer(path);
    if (!socket.waitForConnected(timeout))
        return std::nullopt;
    QByteArray bytes;
    for (const QByteArrayList &words : commands)
        appendCommand(bytes, words);
    socket.write(bytes);
    RespDecoder decoder;
    RedisValue value;
    qsizetype answers = 0;
    const QDeadlineTimer deadline(timeout);
    while (!deadline.hasExpired()) {
        while (decoder.next(value)) {
            if (++answers == commands.size())
                return value;
        }
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(int(deadline.remainingTime())))
            return std::nullopt;
        decoder.feed(socket.read(RespDecoder::chunkBytes));
    }
    return std::nullopt;
}

void openssl(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(u"openssl"_s, arguments);
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments.join(u' ')),
               process.readAllStandardError().constData());
}

} // namespace

RedisServer::RedisServer(const Options &options)
    : m_options(options)
{
    if (!m_folder.isValid())
        qFatal("no temporary folder: %s", qPrintable(m_folder.errorString()));
    if (options.listen != Listen::Unix)
        m_port = freePort();
    if (options.listen == Listen::Tls)
        makeCertificates();
    if (!options.acl.isEmpty()) {
        QFile file(m_folder.filePath(u"users.acl"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(options.acl.join('\n') + '\n') < 0)
            qFatal("cannot write the ACL file");
    }
    start();
}

RedisServer::~RedisServer()
{
    kill();
}

QString RedisServer::socketPath() const
{
    return m_folder.filePath(u"redis.sock"_s);
}

void RedisServer::makeCertificates()
{
    const auto authority = [this](const QString &name) {
        openssl(m_folder.path(),
                {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s, u"2"_s,
                 u"-subj"_s, u"/CN=Treewarden test authority "_s + name, u"-keyout"_s,
                 name + u".key"_s, u"-out"_s, name + u".crt"_s});
    };
    authority(u"ca"_s);
    authority(u"other"_s);
    openssl(m_folder.path(),
            {u"req"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s, u"/CN=127.0.0.1"_s,
             u"-addext"_s, u"subjectAltName=IP:127.0.0.1,DNS:localhost"_s, u"-keyout"_s,
             u"server.key"_s, u"-out"_s, u"server.csr"_s});
    openssl(m_folder.path(),
            {u"x509"_s, u"-req"_s, u"-in"_s, u"server.csr"_s, u"-CA"_s, u"ca.crt"_s, u"-CAkey"_s,
             u"ca.key"_s, u"-CAcreateserial"_s, u"-copy_extensions"_s, u"copy"_s, u"-days"_s,
             u"2"_s, u"-out"_s, u"server.crt"_s});
}

void RedisServer::start()
{
    launch();
    waitUntil([](const RedisValue &pong) { return !pong.text.startsWith("LOADING"); });
}

void RedisServer::startLoading()
{
    launch();
}

void RedisServer::launch()
{
    QStringList arguments{u"--unixsocket"_s,
                          socketPath(),
                          u"--unixsocketperm"_s,
                          u"700"_s,
                          u"--dir"_s,
                          m_folder.path(),
                          u"--save"_s,
                          u"3600 1"_s,
                          u"--logfile"_s,
                          m_folder.filePath(u"redis.log"_s),
                          u"--port"_s,
                          QString::number(m_options.listen == Listen::Tcp ? m_port : 0)};
    if (m_options.listen != Listen::Unix)
        arguments << u"--bind"_s << u"127.0.0.1"_s;
    if (m_options.listen == Listen::Tls) {
        arguments << u"--tls-port"_s << QString::number(m_port) << u"--tls-cert-file"_s
                  << m_folder.filePath(u"server.crt"_s) << u"--tls-key-file"_s
                  << m_folder.filePath(u"server.key"_s) << u"--tls-ca-cert-file"_s << caFile()
                  << u"--tls-auth-clients"_s << u"no"_s;
    }
    if (!m_options.password.isEmpty())
        arguments << u"--requirepass"_s << QString::fromUtf8(m_options.password);
    if (!m_options.acl.isEmpty())
        arguments << u"--aclfile"_s << m_folder.filePath(u"users.acl"_s);
    arguments << m_options.arguments;

    QFile::remove(socketPath());
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(u"redis-server"_s, arguments);
    if (!m_process.waitForStarted(patience))
        qFatal("redis-server does not start: %s", qPrintable(m_process.errorString()));
}

void RedisServer::waitUntil(const std::function<bool(const RedisValue &)> &isReady)
{
    const QDeadlineTimer deadline(patience);
    for (;;) {
        const std::optional<RedisValue> answer = ask(socketPath(), {{"PING"}}, 1000);
        if (answer && isReady(*answer))
            return;
        if (deadline.hasExpired() || m_process.waitForFinished(5))
            qFatal("redis-server gave up: %s", m_process.readAll().constData());
    }
}

void RedisServer::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(patience))
        qFatal("redis-server does not stop");
}

void RedisServer::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(patience);
}

void RedisServer::pause()
{
    ::kill(pid_t(m_process.processId()), SIGSTOP);
}

void RedisServer::resume()
{
    ::kill(pid_t(m_process.processId()), SIGCONT);
}

RedisUrl RedisServer::url() const
{
    RedisUrl url;
    url.password = QString::fromUtf8(m_options.password);
    switch (m_options.listen) {
    case Listen::Unix:
        url.transport = RedisUrl::Transport::Unix;
        url.path = socketPath();
        return url;
    case Listen::Tls:
        url.transport = RedisUrl::Transport::Tls;
        url.caFile = caFile();
        break;
    case Listen::Tcp:
        break;
    }
    url.host = u"127.0.0.1"_s;
    url.port = m_port;
    return url;
}

QString RedisServer::urlText() const
{
    const QString login = m_options.password.isEmpty()
        ? QString()
        : u':' + QString::fromLatin1(m_options.password.toPercentEncoding()) + u'@';
    QString text = url().displayText();
    return text.insert(text.indexOf(u"://"_s) + 3, login);
}

RedisValue RedisServer::call(const QByteArrayList &words) const
{
    QList<QByteArrayList> commands{words};
    if (!m_options.password.isEmpty())
        commands.prepend({"AUTH", m_options.password});
    const std::optional<RedisValue> value = ask(socketPath(), commands, patience);
    if (!value)
        qFatal("redis-server does not answer %s", words.first().constData());
    return *value;
}

} // namespace Treewarden
