// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/probe.h"
#include "agent/probes/procsnapshot.h"
#include "tests/support/freeport.h"
#include "tests/support/testdaemon.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// Native probes against the daemons they are for: up, down, hung; and against peers that lie.
class TestServiceProbes : public QObject
{
    Q_OBJECT

    /// A probe with its own look at the processes.
    class Asked
    {
    public:
        Asked(const QString &name, const QJsonObject &parameters, const QString &role = u"dummy"_s,
              bool isWorkload = false)
            : m_processes(u"/proc"_s)
        {
            const ProbeCheck check{name, parameters, 1};
            ServiceDefinition service{{role, u"one"_s}, check, {}, false};
            if (isWorkload)
                service.workload = check;
            for (const NamedServiceProbe &row : serviceProbes()) {
                if (name == QLatin1StringView(row.name)) {
                    auto made = row.make(service, check, {});
                    if (!made)
                        qFatal("%s", qPrintable(made.error().text));
                    m_probe = std::move(made).value();
                }
            }
        }

        CheckResult ask()
        {
            m_processes.refresh(m_now += 6000); // every listing is a whole one
            std::optional<CheckResult> result;
            m_probe->check(m_processes, [&result](const CheckResult &answer) { result = answer; });
            if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000))
                qFatal("no answer from the probe");
            return *result;
        }

        ServiceProbe &probe() { return *m_probe; }

    private:
        ProcSnapshot m_processes;
        std::unique_ptr<ServiceProbe> m_probe;
        qint64 m_now = 0;
    };

    static QString whyNot(const QString &name, const QJsonObject &parameters)
    {
        const ProbeCheck check{name, parameters, 1};
        for (const NamedServiceProbe &row : serviceProbes()) {
            if (name == QLatin1StringView(row.name)) {
                const auto made = row.make({{u"dummy"_s, u"one"_s}, check, {}, false}, check, {});
                return made ? QString() : made.error().text;
            }
        }
        return u"no such probe"_s;
    }

    static void lifeOf(TestDaemon &daemon, Asked &asked)
    {
        const CheckResult up = asked.ask();
        QVERIFY2(up.alive == true, qPrintable(up.reason));
        QVERIFY(up.processes.contains(daemon.pid()));
        daemon.kill();
        const CheckResult down = asked.ask();
        QCOMPARE(down.alive, std::optional(false));
        QVERIFY2(down.reason.contains(u"nothing listens at"_s), qPrintable(down.reason));
        daemon.start();
        QCOMPARE(asked.ask().alive, std::optional(true));
        daemon.pause();
        CheckResult hung;
        QTRY_VERIFY_WITH_TIMEOUT((hung = asked.ask()).alive == false, 10'000);
        daemon.resume();
        QVERIFY2(hung.reason.contains(u"gave no answer within"_s), qPrintable(hung.reason));
        QTRY_VERIFY_WITH_TIMEOUT(asked.ask().alive == true, 10'000);
    }

private Q_SLOTS:

    void redisLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::redis();
        Asked asked(u"redis"_s, {{u"port"_s, daemon->port()}}, u"redis"_s);
        lifeOf(*daemon, asked);
    }

    void sshLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::sshd();
        Asked asked(u"ssh"_s, {{u"port"_s, daemon->port()}}, u"ssh"_s);
        lifeOf(*daemon, asked);
    }

    void mysqlLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::mariadb();
        Asked asked(u"mysql"_s, {{u"port"_s, daemon->port()}}, u"mysql"_s);
        lifeOf(*daemon, asked);
        Asked onPath(u"mysql"_s, {{u"socket"_s, daemon->folder() + u"/m.sock"_s}}, u"mysql"_s);
        const CheckResult result = onPath.ask();
        QCOMPARE(result.alive, std::optional(true));
        QVERIFY(result.info.value(u"version"_s).toString().contains(u"MariaDB"_s));
    }

    void httpLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::nginx();
        const QString url = u"http://127.0.0.1:%1"_s.arg(daemon->port());
        Asked asked(u"http"_s, {{u"url"_s, url}, {u"every"_s, 0}}, u"nginx"_s);
        lifeOf(*daemon, asked);
        QCOMPARE(Asked(u"http"_s, {{u"url"_s, url}, {u"text"_s, u"fine"_s}}).ask().alive,
                 std::optional(true));
        QCOMPARE(Asked(u"http"_s, {{u"url"_s, url}, {u"text"_s, u"ill"_s}}).ask().code,
                 u"http.text"_s);
        QCOMPARE(Asked(u"http"_s, {{u"url"_s, url + u"/bad"_s}}).ask().code, u"http.status"_s);
        QCOMPARE(Asked(u"http"_s, {{u"url"_s, url + u"/bad"_s}, {u"status"_s, 503}}).ask().alive,
                 std::optional(true));
        QCOMPARE(
            Asked(u"http"_s, {{u"url"_s, url + u"/bad"_s}, {u"status"_s, u"any"_s}}).ask().alive,
            std::optional(true));
    }

    void tellsAtOnceThatAHeldConnectionClosed()
    {
        const auto daemon = TestDaemon::redis();
        Asked asked(u"redis"_s, {{u"port"_s, daemon->port()}}, u"redis"_s);
        QCOMPARE(asked.ask().alive, std::optional(true));
        bool isChanged = false;
        asked.probe().changed = [&isChanged] { isChanged = true; };
        daemon->kill();
        QTRY_VERIFY_WITH_TIMEOUT(isChanged, 10'000);
        QCOMPARE(asked.ask().alive, std::optional(false));
    }

    void aRedisThatWantsAPasswordLives()
    {
        const auto daemon = TestDaemon::redis({u"--requirepass"_s, u"secret"_s});
        const CheckResult result = Asked(u"redis"_s, {{u"port"_s, daemon->port()}}).ask();
        QCOMPARE(result.alive, std::optional(true));
        QVERIFY(result.reason.contains(u"NOAUTH"_s));
    }

    void readsTheNumbersOfRedis()
    {
        const auto daemon = TestDaemon::redisOnPath();
        const CheckResult result
            = Asked(u"redis"_s, {{u"path"_s, daemon->folder() + u"/r.sock"_s}}, u"redis"_s, true)
                  .ask();
        QVERIFY(result.info.value(u"used_memory"_s).toDouble() > 0);
        QCOMPARE(result.info.value(u"role"_s).toString(), u"master"_s);
        QCOMPARE(result.info.value(u"keys"_s).toInt(-1), 0);
    }

    void saysThatSshTurnsLoginsAway()
    {
        const auto daemon = TestDaemon::sshd({u"-o"_s, u"MaxStartups=1:100:1"_s});
        QTcpSocket idle;
        QByteArray banner;
        connect(&idle, &QTcpSocket::readyRead, this, [&] { banner += idle.readAll(); });
        const auto takesTheOnlyPlace = [&] { // somebody else's may not be free again yet
            banner.clear();
            idle.abort();
            idle.connectToHost(QHostAddress::LocalHost, daemon->port());
            return QTest::qWaitFor([&] { return !banner.isEmpty(); }, 3000)
                && banner.startsWith("SSH-");
        };
        QTRY_VERIFY_WITH_TIMEOUT(takesTheOnlyPlace(), 60'000);
        const CheckResult result = Asked(u"ssh"_s, {{u"port"_s, daemon->port()}}).ask();
        QVERIFY2(result.alive == false,
                 qPrintable(result.reason + result.info.value(u"banner"_s).toString()));
        QCOMPARE(result.code, u"ssh.maxstartups"_s);
    }

    void doesNotBotherSshWhileItsBannerIsFresh()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int connections = 0;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            ++connections;
            server.nextPendingConnection()->write("SSH-2.0-fake\r\n");
        });
        Asked asked(u"ssh"_s, {{u"port"_s, server.serverPort()}});
        for (int round = 0; round < 5; ++round)
            QCOMPARE(asked.ask().alive, std::optional(true));
        QCOMPARE(connections, 1);
    }

    /// No beam.smp runs here: a refused port is left alone for a while, but not for ever.
    void asksARefusedPortAgainWithoutAProcessOfItsRole()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const quint16 port = server.serverPort();
        server.close();
        Asked asked(u"tcp"_s, {{u"port"_s, port}}, u"couchbase"_s);
        QCOMPARE(asked.ask().code, u"socket.refused"_s);
        QVERIFY(server.listen(QHostAddress::LocalHost, port));
        QTRY_COMPARE_WITH_TIMEOUT(asked.ask().alive, std::optional(true), 20'000);
    }

    void tcpAsksWhatItIsTold()
    {
        const auto daemon = TestDaemon::redis();
        const QJsonValue port = daemon->port();
        QCOMPARE(Asked(u"tcp"_s, {{u"port"_s, port}}).ask().alive, std::optional(true));
        QCOMPARE(Asked(u"tcp"_s, {{u"port"_s, port}, {u"host"_s, u"localhost"_s}}).ask().alive,
                 std::optional(true));
        QCOMPARE(Asked(u"tcp"_s,
                       {{u"port"_s, port}, {u"send"_s, u"PING\\r\\n"_s}, {u"expect"_s, u"+PONG"_s}})
                     .ask()
                     .alive,
                 std::optional(true));
        QCOMPARE(Asked(u"tcp"_s,
                       {{u"port"_s, port}, {u"send"_s, u"QUIT\\r\\n"_s}, {u"expect"_s, u"+PONG"_s}})
                     .ask()
                     .code,
                 u"socket.expect"_s);
        const CheckResult noName
            = Asked(u"tcp"_s, {{u"port"_s, port}, {u"host"_s, u"no-such-host.invalid"_s}}).ask();
        QCOMPARE(noName.alive, std::optional(false));
        QVERIFY2(noName.code == u"socket.name" || noName.code == u"socket.timeout",
                 qPrintable(noName.code));
    }

    void unixConnectsToAPath()
    {
        const auto daemon = TestDaemon::redisOnPath();
        const QString path = daemon->folder() + u"/r.sock"_s;
        QCOMPARE(Asked(u"unix"_s, {{u"path"_s, path}}).ask().alive, std::optional(true));
        daemon->kill();
        QCOMPARE(Asked(u"unix"_s, {{u"path"_s, path}}).ask().code, u"socket.refused"_s);
        QCOMPARE(Asked(u"unix"_s, {{u"path"_s, path + u"none"_s}}).ask().code, u"socket.refused"_s);
    }

    void processFindsByNamePortAndPidFile()
    {
        const auto daemon = TestDaemon::nginx();
        const QString pidFile = daemon->folder() + u"/pid"_s;
        QVERIFY(
            Asked(u"process"_s, {{u"name"_s, u"nginx"_s}}).ask().processes.contains(daemon->pid()));
        QCOMPARE(Asked(u"process"_s, {{u"name"_s, u"nginx"_s}, {u"arguments"_s, daemon->folder()}})
                     .ask()
                     .processes,
                 QList<pid_t>{daemon->pid()});
        QCOMPARE(Asked(u"process"_s, {{u"pidfile"_s, pidFile}}).ask().processes,
                 QList<pid_t>{daemon->pid()});
        QCOMPARE(Asked(u"process"_s, {{u"pidfile"_s, pidFile}, {u"name"_s, u"redis-server"_s}})
                     .ask()
                     .code,
                 u"pidfile.other"_s);
        QCOMPARE(Asked(u"process"_s, {{u"pidfile"_s, pidFile + u"x"_s}}).ask().code,
                 u"pidfile.unreadable"_s);
        QCOMPARE(Asked(u"process"_s, {{u"name"_s, u"nginx"_s}, {u"least"_s, 100'000}}).ask().code,
                 u"process.count"_s);
        QCOMPARE(
            Asked(u"process"_s, {{u"name"_s, u"nginx"_s}, {u"port"_s, daemon->port()}}).ask().alive,
            std::optional(true));
        QCOMPARE(Asked(u"process"_s, {{u"port"_s, daemon->port()}}).ask().alive,
                 std::optional(true));
        QCOMPARE(Asked(u"process"_s, {{u"name"_s, u"nginx"_s}, {u"port"_s, freePort()}}).ask().code,
                 u"process.port"_s);
    }

    void diesWithTheProcessItNeeds()
    {
        const auto daemon = TestDaemon::redis();
        Asked asked(u"tcp"_s,
                    {{u"port"_s, daemon->port()}, {u"process"_s, u"no such process 4711"_s}});
        QCOMPARE(asked.ask().code, u"process.count"_s);
    }

    void doesNotBelieveLiars_data()
    {
        QTest::addColumn<QString>("probe");
        QTest::addColumn<QByteArray>("answer");
        for (const QString &probe : {u"redis"_s, u"ssh"_s, u"mysql"_s, u"http"_s}) {
            const auto row = [&](const char *what, const QByteArray &answer) {
                QTest::addRow("%s: %s", qPrintable(probe), what) << probe << answer;
            };
            row("nothing", {});
            row("binary", QByteArray("\0\xff\xfe\x01\x02\x03\x04\x05", 8));
            row("newline", "\r\n");
            row("words", "220 mail.example ESMTP\r\n");
            row("huge length", "$999999999999\r\n");
            row("endless", QByteArray(4 << 20, 'x'));
            row("half a packet",
                QByteArray("\x4a\0\0\0\x0a"
                           "5.5",
                           8));
        }
        QTest::newRow("redis: loading")
            << u"redis"_s << QByteArray("-LOADING Redis is loading the dataset in memory\r\n");
        QTest::newRow("redis: full")
            << u"redis"_s << QByteArray("-ERR max number of clients reached\r\n");
        QTest::newRow("mysql: full")
            << u"mysql"_s << QByteArray("\x17\0\0\0\xff\x10\x04Too many connections", 27);
        QTest::newRow("http: error") << u"http"_s << QByteArray("HTTP/1.1 500 Oops\r\n\r\n");
    }

    void doesNotBelieveLiars()
    {
        QFETCH(QString, probe);
        QFETCH(QByteArray, answer);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *peer = server.nextPendingConnection();
            peer->write(answer);
            peer->flush();
        });
        const QJsonObject parameters = probe == u"http"
            ? QJsonObject{{u"url"_s, u"http://127.0.0.1:%1/"_s.arg(server.serverPort())}}
            : QJsonObject{{u"port"_s, server.serverPort()}};
        const CheckResult result = Asked(probe, parameters).ask();
        QCOMPARE(result.alive, std::optional(false));
        QVERIFY(!result.reason.isEmpty() && result.reason.size() < 400 && !result.code.isEmpty());
    }

    void doesNotWaitForOneByteASecond()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QTimer drip;
        QTcpSocket *peer = nullptr;
        connect(&server, &QTcpServer::newConnection, this,
                [&] { peer = server.nextPendingConnection(); });
        connect(&drip, &QTimer::timeout, this, [&] {
            if (peer)
                peer->write("x");
        });
        drip.start(300);
        const CheckResult result = Asked(u"ssh"_s, {{u"port"_s, server.serverPort()}}).ask();
        QCOMPARE(result.code, u"socket.timeout"_s);
    }

    void mayBeDestroyedWhileItAsks()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        auto asked
            = std::make_unique<Asked>(u"redis"_s, QJsonObject{{u"port"_s, server.serverPort()}});
        bool isDone = false;
        asked->probe().check(ProcSnapshot(u"/nowhere"_s),
                             [&isDone](const CheckResult &) { isDone = true; });
        asked.reset();
        QVERIFY(!QTest::qWaitFor([&isDone] { return isDone; }, 1500));
    }

    void saysWhichParameterIsWrong()
    {
        QVERIFY(whyNot(u"tcp"_s, {}).contains(u"port"_s));
        QVERIFY(whyNot(u"tcp"_s, {{u"port"_s, 70'000}}).contains(u"65535"_s));
        QVERIFY(whyNot(u"redis"_s, {{u"port"_s, 1}, {u"path"_s, u"/x"_s}}).contains(u"either"_s));
        QVERIFY(whyNot(u"http"_s, {{u"url"_s, u"ftp://127.0.0.1/"_s}}).contains(u"http://"_s));
        QVERIFY(whyNot(u"process"_s, {}).contains(u"name"_s));
        QVERIFY(whyNot(u"unix"_s, {{u"path"_s, QString(200, u'x')}}).contains(u"107"_s));
    }
};

QTEST_GUILESS_MAIN(TestServiceProbes)
#include "tst_serviceprobes.moc"
