// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "tests/support/freeport.h"
#include "tests/support/redisserver.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// Nonsense at every door of the programs: one sentence on stderr that names it, the right exit
// code, no crash.
class TestBadInput : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;
    QTemporaryDir m_folder;
    RedisServer m_redis{{RedisServer::Listen::Tcp, {}, {}, {}}};
    RedisServer m_lockedRedis{{RedisServer::Listen::Tcp, "right", {}, {}}};
    QTcpServer m_webServer; // a peer that is no Redis

    struct Outcome
    {
        int exitCode;
        QStringList errors; ///< lines of stderr
    };

    Outcome run(const QString &program, const QStringList &arguments, const QString &redis)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TREEWARDEN_REDIS"_s, redis);
        environment.insert(u"STATE_DIRECTORY"_s, m_folder.filePath(u"state"_s));
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"LANGUAGE"_s, u"en"_s);
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
        // The event loop runs meanwhile: it is what the peer that is no Redis answers from.
        const bool hasEnded
            = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, patience);
        if (!hasEnded || process.exitStatus() != QProcess::NormalExit) {
            process.kill();
            process.waitForFinished();
            return {-1, {u"it hung or crashed"_s}};
        }
        return {process.exitCode(),
                QString::fromUtf8(process.readAllStandardError()).split(u'\n', Qt::SkipEmptyParts)};
    }

    QString write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    QString agent() const { return QStringLiteral(AGENT); }

    QString web() const { return QStringLiteral(WEB); }

    QString cli() const { return QStringLiteral(CLI); }

    QString lockedUrl() const
    {
        return u"redis://:wrong-secret@127.0.0.1:%1"_s.arg(m_lockedRedis.port());
    }

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY(m_webServer.listen(QHostAddress::LocalHost));
        connect(&m_webServer, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_webServer.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
    }

    void everyProgramSaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("redis");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("sentence");

        const QString good = m_redis.urlText();
        const QString noRedis = u"redis://127.0.0.1:%1"_s.arg(m_webServer.serverPort());
        const QString nobody = u"redis://127.0.0.1:%1"_s.arg(freePort());
        const QString takenPort = u"127.0.0.1:%1"_s.arg(m_webServer.serverPort());
        const QString binary = write(u"binary.conf"_s, QByteArray("\0\1\2\3\n", 5));
        const QString prose = write(u"prose.conf"_s, "hello there\n");
        const QString huge
            = write(u"huge.json"_s, "{\"services\":\"" + QByteArray(10 << 20, 'x') + "\"}");

        for (const QString &program : {agent(), web(), cli()}) {
            const QByteArray name = program.section(u'/', -1).toUtf8();
            const QStringList verb = program == cli() ? QStringList{u"servers"_s}
                : program == agent() ? QStringList{u"--once"_s, u"--ip"_s, u"10.0.0.7"_s}
                                     : QStringList{u"--listen"_s, u"127.0.0.1:0"_s};
            const auto row = [&](const char *what, const QStringList &arguments,
                                 const QString &redis, int code, const QString &sentence) {
                QTest::newRow((name + ": " + what).constData())
                    << program << verb + arguments << redis << code << sentence;
            };
            row("missing INI", {u"--config"_s, u"/nowhere/x.conf"_s}, good, 78,
                u"/nowhere/x.conf"_s);
            row("binary INI", {u"--config"_s, binary}, good, 78, u"binary"_s);
            row("INI of prose", {u"--config"_s, prose}, good, 78, u"line 1"_s);
            row("unknown option", {u"--nonsense"_s}, good, 64, u"nonsense"_s);
            row("unknown log level", {u"--log-level"_s, u"loud"_s}, good, 64, u"loud"_s);
            row("password on the line", {u"--redis"_s, u"redis://:secret@127.0.0.1"_s}, good, 64,
                u"ps"_s);
            row("URL that is none", {u"--redis"_s, u"gopher://127.0.0.1"_s}, good, 64, u"gopher"_s);
            if (program == web())
                continue; // a service: it keeps trying
            row("nobody listens", {}, nobody, 69, u"127.0.0.1"_s);
            row("a Redis that is none", {}, noRedis, 69, u"Redis"_s);
            row("wrong password", {}, lockedUrl(), 69, u"password"_s);
        }
        const auto row = [](const char *what, const QString &program, const QStringList &arguments,
                            const QString &redis, int code, const QString &sentence) {
            QTest::newRow(what) << program << arguments << redis << code << sentence;
        };
        row("agent: ip that is none", agent(), {u"--ip"_s, u"10.0.0.256"_s}, good, 64,
            u"10.0.0.256"_s);
        row("agent: not enrolled", agent(), {u"--ip"_s, u"10.0.0.7"_s}, good, 68,
            u"treewarden enrol 10.0.0.7"_s);
        row("web: port in use", web(), {u"--listen"_s, takenPort}, good, 69,
            u"another program listens"_s);
        row("web: no address", web(), {u"--listen"_s, u"nowhere"_s}, good, 64, u"nowhere"_s);
        row("command line: ip that is none", cli(), {u"enrol"_s, u"10.0.0.256"_s}, good, 64,
            u"10.0.0.256"_s);
        row("command line: configuration of 10 MB", cli(),
            {u"enrol"_s, u"10.0.0.7"_s, u"--from"_s, huge}, good, 65, u"huge.json"_s);
        row("command line: unknown verb", cli(), {u"serverz"_s}, good, 64, u"servers"_s);
    }

    void everyProgramSaysWhatIsWrong()
    {
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        QFETCH(QString, redis);
        QFETCH(int, exitCode);
        QFETCH(QString, sentence);
        const Outcome outcome = run(program, arguments, redis);
        const QString errors = outcome.errors.join(u'\n');
        QVERIFY2(outcome.exitCode == exitCode,
                 qPrintable(u"left with %1: %2"_s.arg(outcome.exitCode).arg(errors)));
        QVERIFY2(outcome.errors.size() == 1, qPrintable(errors));
        QVERIFY2(errors.contains(sentence, Qt::CaseInsensitive), qPrintable(errors));
        QVERIFY2(!errors.contains(u"wrong-secret"_s) && !errors.contains(u":secret"_s),
                 qPrintable(errors));
    }

    void aConfigurationOf10MegabytesIsRefusedByTheAgent()
    {
        m_redis.call(
            {"HSET", Keys::serverConfig(u"10.0.0.8"_s), "services", QByteArray(10 << 20, 'x')});
        const Outcome outcome
            = run(agent(), {u"--check"_s, u"--ip"_s, u"10.0.0.8"_s}, m_redis.urlText());
        QCOMPARE(outcome.exitCode, 78);
        QVERIFY2(outcome.errors.size() == 1 && outcome.errors.first().contains(u"10.0.0.8"_s),
                 qPrintable(outcome.errors.join(u'\n')));
    }

    void hostileKeysAndMessagesAreShownSafely()
    {
        const QString ip = u"10.0.0.9"_s;
        m_redis.call({"HSET", Keys::serversAlive, ip.toUtf8(), "1", "not-an-ip\n", "1"});
        m_redis.call({"HSET", Keys::serverInfo(ip), "hostname", QByteArray(1 << 20, 'h'), "os",
                      QByteArray("\x1b[31m\xff\xfe", 7)});
        m_redis.call({"HSET", Keys::services(ip), "a:b", "{\"alive\":1", "..:\n", "{}",
                      "redis:6379", "{\"alive\":1,\"since\":5}"});
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TREEWARDEN_REDIS"_s, m_redis.urlText());
        process.setProcessEnvironment(environment);
        process.start(cli(), {u"server"_s, ip});
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 0);
        const QByteArray shown = process.readAllStandardOutput();
        QVERIFY2(shown.size() < 20'000, "a field of 1 MB is cut");
        QVERIFY(!shown.contains('\x1b'));
        QVERIFY(shown.contains("6379"));
    }
};

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
