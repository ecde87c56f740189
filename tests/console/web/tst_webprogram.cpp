// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console/web/rawclient.h"
#include "tests/support/redisserver.h"

#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

/// treewarden-web as a user runs it.
class WebProgram : public QProcess
{
public:
    explicit WebProgram(const QStringList &words) { start(QStringLiteral(TREEWARDEN_WEB), words); }

    ~WebProgram() override
    {
        kill();
        waitForFinished();
    }

    bool ends()
    {
        return QTest::qWaitFor([this] { return state() == NotRunning; }, RawClient::patience);
    }

    /// The port of the link that it prints; 0: it printed none.
    quint16 port()
    {
        QByteArray line;
        if (!QTest::qWaitFor([&] { return (line += readAllStandardOutput()).endsWith('\n'); },
                             RawClient::patience))
            return 0;
        return static_cast<quint16>(QUrl(QString::fromUtf8(line.trimmed())).port(0));
    }

    QByteArray errors() { return readAllStandardError(); }
};

const QString nowhere = u"unix:///nonexistent/redis.sock"_s;

class TestWebProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesWrongWordsInOneSentence_data();
    void refusesWrongWordsInOneSentence();
    void refusesAWrongConfiguration_data();
    void refusesAWrongConfiguration();
    void saysWhoMayHaveTheSamePort();
    void servesWithoutRedisAndEndsOnSigterm();
    void sweepsServersThatWentSilent();
};

void TestWebProgram::refusesWrongWordsInOneSentence_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("no place") << QStringList{u"--listen"_s, u"here"_s}
                              << QByteArray("cannot listen on \"here\"");
    QTest::addRow("off the loopback")
        << QStringList{u"--listen"_s, u"0.0.0.0:8420"_s} << QByteArray("no encryption of its own");
    QTest::addRow("unknown option") << QStringList{u"--lisen"_s} << QByteArray("lisen");
    QTest::addRow("no Redis URL") << QStringList{u"--redis"_s, u"http://x"_s}
                                  << QByteArray("http://x");
}

void TestWebProgram::refusesWrongWordsInOneSentence()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, text);
    WebProgram program(words);
    QVERIFY(program.ends());
    QCOMPARE(program.exitCode(), 64);
    const QByteArray errors = program.errors();
    QCOMPARE(errors.count('\n'), 1);
    QVERIFY2(errors.startsWith("treewarden-web: ") && errors.contains(text), errors.constData());
}

void TestWebProgram::refusesAWrongConfiguration_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("listen") << QByteArray("[web]\nlisten=nowhere\n") << QByteArray("[web] listen");
    QTest::addRow("hosts") << QByteArray("[web]\nhosts=a b!\n") << QByteArray("[web] hosts");
    QTest::addRow("off the loopback")
        << QByteArray("[web]\nlisten=0.0.0.0:0\n") << QByteArray("[web] trusted_proxies");
    QTest::addRow("redis") << QByteArray("[redis]\nurl=ftp://x\n") << QByteArray("ftp://x");
}

void TestWebProgram::refusesAWrongConfiguration()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, text);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"web.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    WebProgram program({u"--config"_s, file.fileName()});
    QVERIFY(program.ends());
    const QByteArray errors = program.errors();
    QVERIFY2(errors.contains(text), errors.constData());
    QCOMPARE(program.exitCode(), 78);
    QCOMPARE(errors.count('\n'), 1);
}

void TestWebProgram::saysWhoMayHaveTheSamePort()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    WebProgram program(
        {u"--redis"_s, nowhere, u"--listen"_s, u"127.0.0.1:%1"_s.arg(other.serverPort())});
    QVERIFY(program.ends());
    QCOMPARE(program.exitCode(), 69);
    const QByteArray errors = program.errors();
    QVERIFY2(errors.contains("another program listens there"), errors.constData());
    QCOMPARE(errors.count('\n'), 1);
}

void TestWebProgram::servesWithoutRedisAndEndsOnSigterm()
{
    WebProgram program({u"--redis"_s, nowhere, u"--listen"_s, u"127.0.0.1:0"_s, u"--no-sweep"_s,
                        u"--no-alerts"_s});
    const quint16 port = program.port();
    QVERIFY2(port > 0, program.errors().constData());
    QCOMPARE(statusOf(answerTo(port, get("/"))), 200);
    QCOMPARE(statusOf(answerTo(port, get("/healthz"))), 503);
    RawClient listener(port);
    listener.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(listener.sees("\"live\":false,\"known\":false"));
    program.terminate();
    QVERIFY(program.ends());
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QVERIFY(listener.seesEnd());
}

void TestWebProgram::sweepsServersThatWentSilent()
{
    const RedisServer redis;
    redis.call({"HSET", "servers:alive", "10.0.0.7", "1"});
    redis.call({"HSET", "server:info:10.0.0.7", "hostname", "web-01", "lease", "1000"});
    redis.call({"SET", "server:alive:10.0.0.7", "1", "PX", "500"});
    WebProgram program({u"--redis"_s, redis.urlText(), u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY(program.port() > 0);
    // The first sweep is late by definition and holds for lease + heartbeat + 2 s.
    QTRY_COMPARE_WITH_TIMEOUT(redis.text({"HGET", "servers:alive", "10.0.0.7"}), "0", 30'000);
}

} // namespace

QTEST_GUILESS_MAIN(TestWebProgram)
#include "tst_webprogram.moc"
