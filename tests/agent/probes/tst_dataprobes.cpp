// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/couchbasepool.h"
#include "agent/probes/localcredentials.h"
#include "agent/probes/memcachedstats.h"
#include "agent/probes/mysqlpackets.h"
#include "tests/support/askedprobe.h"
#include "tests/support/testdaemon.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHostInfo>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// A node of Couchbase after its documentation: REST for watch:secret, NOOP on the same port.
class FakeCouchbase : public QObject
{
public:
    explicit FakeCouchbase(const QByteArray &pool)
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        connect(&m_server, &QTcpServer::newConnection, this, [this, pool] {
            QTcpSocket *peer = m_server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer, pool] {
                const QByteArray said = peer->readAll();
                const bool isIn = said.contains("Basic " + QByteArray("watch:secret").toBase64());
                const QByteArray body = isIn ? pool : "{}";
                if (said == couchbaseNoop())
                    peer->write(QByteArray("\x81\x0a", 2) + QByteArray(22, '\0'));
                else
                    peer->write(
                        (isIn ? "HTTP/1.1 200 OK" : "HTTP/1.1 401 Unauthorized")
                        + QByteArray("\r\nContent-Type: application/json\r\nContent-Length: ")
                        + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            });
        });
    }

    int port() const { return m_server.serverPort(); }

private:
    QTcpServer m_server;
};

/// The probes of what keeps data, against the real daemons.
class TestDataProbes : public QObject
{
    Q_OBJECT

    static QByteArray said(QTcpSocket &socket, const QByteArray &request, const QByteArray &end)
    {
        QByteArray answer;
        socket.write(request);
        if (!QTest::qWaitFor([&] { return (answer += socket.readAll()).endsWith(end); }, 10'000))
            qFatal("no answer to %s", request.constData());
        return answer;
    }

    /// A file with a login; `open` lets everybody read it.
    QString credentials(const QByteArray &text, bool open = false)
    {
        QFile file(m_folder.filePath(QString::number(++m_files)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()
            || !file.setPermissions(QFile::Permissions(open ? 0x6044 : 0x6000)))
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    static void tell(const TestDaemon &mariadb, const QString &statement)
    {
        QProcess client;
        client.start(u"mariadb"_s,
                     {u"--no-defaults"_s, u"-uroot"_s, u"-S"_s, mariadb.folder() + u"/m.sock"_s,
                      u"-e"_s, statement});
        if (!client.waitForFinished(20'000) || client.exitCode() != 0)
            qFatal("mariadb: %s", client.readAllStandardError().constData());
    }

    static QByteArray serverGreeting(const QByteArray &plugin)
    {
        return mySqlPacket(0,
                           QByteArray("\x0a"
                                      "8.0.30",
                                      7)
                               + QByteArray("\0\x05\0\0\0", 5) + "abcdefgh" + QByteArray(19, '\0')
                               + "ijklmnopqrst" + '\0' + plugin + '\0');
    }

    QTemporaryDir m_folder;
    int m_files = 0;
    std::unique_ptr<TestDaemon> m_mysql;

private Q_SLOTS:

    void mysqlWithALoginLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::mariadb();
        const QString file = credentials("[client]\nuser=root\npassword=\n[mysqld]\nuser=no\n");
        AskedProbe asked(u"mysql"_s, {{u"port"_s, daemon->port()}, {u"credentials"_s, file}},
                         u"mysql"_s);
        checkLifeOf(*daemon, asked);
    }

    void readsTheCountersOfMysql()
    {
        const auto daemon = TestDaemon::mariadb();
        tell(*daemon, u"CREATE USER watch@localhost IDENTIFIED BY 'a \\\\ b'"_s);
        const QString file = credentials("[client]\nuser = watch\npassword = 'a \\\\ b'\n");
        AskedProbe asked(u"mysql"_s,
                         {{u"path"_s, daemon->folder() + u"/m.sock"_s}, {u"credentials"_s, file}},
                         u"mysql"_s, true);
        const CheckResult first = asked.ask();
        QCOMPARE(first.reason, QString());
        QVERIFY(first.info.value(u"version"_s).toString().contains(u"MariaDB"_s));
        QVERIFY(first.info.value(u"threads_connected"_s).toInt() >= 1);
        QVERIFY(first.info.value(u"uptime"_s).isDouble());
        const int connections = first.info.value(u"connections"_s).toInt();
        bool hasRate = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            (hasRate = hasRate || asked.ask().info.contains(u"questions_per_second"_s)), 10'000);
        QCOMPARE(asked.ask().info.value(u"connections"_s).toInt(), connections); // it is held
    }

    void tellsHowFarAReplicaIsBehind()
    {
        const auto daemon = TestDaemon::mariadb();
        tell(*daemon,
             u"CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=1, MASTER_USER='x'"_s);
        const QString file = credentials("user=root\n");
        const CheckResult result
            = AskedProbe(u"mysql"_s, {{u"port"_s, daemon->port()}, {u"credentials"_s, file}}).ask();
        QCOMPARE(result.alive, std::optional(true));
        QCOMPARE(result.code, u"mysql.replication"_s);
        QCOMPARE(result.info.value(u"replication"_s).toString(), u"stopped"_s);
    }

    void aMysqlThatRefusesTheLoginLives_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("why");
        QTest::newRow("wrong password")
            << credentials("user=root\npassword=wrong\n") << u"Access denied"_s;
        QTest::newRow("no such user") << credentials("user=nobody\n") << u"Access denied"_s;
        QTest::newRow("open to everybody") << credentials("user=root\n", true) << u"chmod"_s;
        QTest::newRow("no file") << u"/no/such/file"_s << u"cannot be read"_s;
        QTest::newRow("a folder") << m_folder.path() << u"no regular file"_s;
        QTest::newRow("empty") << credentials("[mysqld]\nuser=root\n") << u"neither user"_s;
    }

    void aMysqlThatRefusesTheLoginLives()
    {
        QFETCH(QString, file);
        QFETCH(QString, why);
        if (!m_mysql)
            m_mysql = TestDaemon::mariadb();
        AskedProbe asked(u"mysql"_s, {{u"port"_s, m_mysql->port()}, {u"credentials"_s, file}});
        const CheckResult result = asked.ask();
        QCOMPARE(result.alive, std::optional(true));
        QCOMPARE(result.code, u"mysql.login"_s);
        QVERIFY2(result.reason.contains(why), qPrintable(result.reason));
        QVERIFY(!result.reason.contains(file));
        for (int round = 0; round < 5; ++round) // it does not try again for a minute
            QCOMPARE(asked.ask().info.value(u"connections"_s), result.info.value(u"connections"_s));
        QVERIFY(result.info.contains(u"connections"_s));
        if (why != u"Access denied"_s)
            QVERIFY(asked.probe().description().contains(file));
    }

    void logsInByCachingSha2()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray proof;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *peer = server.nextPendingConnection();
            peer->write(serverGreeting("caching_sha2_password"));
            connect(peer, &QTcpSocket::readyRead, peer, [&, peer] {
                const QByteArray said = peer->readAll();
                if (said.size() > 40)
                    proof = said.sliced(said.indexOf("watch") + 6 + 1, 32);
                const QByteArray ok("\0\0\0\2\0\0\0", 7);
                if (said.size() > 40)
                    peer->write(mySqlPacket(2, "\x01\x03") + mySqlPacket(3, ok));
                else if (said.at(4) == 0x0e)
                    peer->write(mySqlPacket(1, ok));
            });
        });
        // A workload check beside it keeps the alive check to COM_PING.
        const ProbeCheck check{u"mysql"_s,
                               {{u"port"_s, server.serverPort()},
                                {u"credentials"_s, credentials("user=watch\npassword=secret\n")}},
                               2};
        const ServiceDefinition service{
            {u"x"_s, u"y"_s}, check, ProbeCheck{u"tcp"_s, {}, 1}, false};
        std::unique_ptr<ServiceProbe> probe;
        for (const NamedServiceProbe &row : serviceProbes()) {
            if (QLatin1StringView(row.name) == u"mysql")
                probe = std::move(row.make(service, check, {})).value();
        }
        std::optional<CheckResult> result;
        probe->check(ProcSnapshot(u"/nowhere"_s),
                     [&result](const CheckResult &answer) { result = answer; });
        QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 10'000);
        QVERIFY2(result->alive == true && result->reason.isEmpty(), qPrintable(result->reason));
        const auto hash = [](const QByteArray &text) {
            return QCryptographicHash::hash(text, QCryptographicHash::Sha256);
        };
        QByteArray expected = hash("secret");
        const QByteArray mask = hash(hash(expected) + "abcdefghijklmnopqrst");
        for (int i = 0; i < 32; ++i)
            expected[i] = char(expected[i] ^ mask[i]);
        QCOMPARE(proof, expected);
    }

    void sendsCredentialsToNoOtherHost()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::Any));
        QByteArray heard;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [&heard, peer] {
                heard += peer->readAll();
                peer->write("+OK\r\n+PONG\r\n");
            });
        });
        // A name: loopback or not, the agent knows only what is written.
        const QJsonObject elsewhere{{u"host"_s, QHostInfo::localHostName()},
                                    {u"port"_s, server.serverPort()}};
        const auto with = [&](const QByteArray &text) {
            QJsonObject parameters = elsewhere;
            parameters.insert(u"credentials"_s, credentials(text));
            return AskedProbe(u"redis"_s, parameters).ask();
        };
        const CheckResult refused = with("password=secret\n");
        QVERIFY(!heard.contains("secret"));
        if (refused.alive == true)
            QCOMPARE(refused.code, u"redis.login"_s);
        with("password=secret\nhost=" + QHostInfo::localHostName().toUtf8() + '\n');
        QCOMPARE(heard.contains("secret"), refused.alive == true);
    }

    void redisLogsInWithALocalPassword()
    {
        const auto daemon = TestDaemon::redis({u"--requirepass"_s, u"se cret"_s});
        const auto with = [&](const QByteArray &text) {
            return AskedProbe(u"redis"_s,
                              {{u"port"_s, daemon->port()}, {u"credentials"_s, credentials(text)}},
                              u"redis"_s, true)
                .ask();
        };
        const CheckResult good = with("password = se cret\n");
        QCOMPARE(good.alive, std::optional(true));
        QCOMPARE(good.reason, QString());
        QCOMPARE(good.info.value(u"role"_s).toString(), u"master"_s);
        QCOMPARE(with("user = default\npassword = se cret\n").reason, QString());
        const CheckResult wrong = with("password = wrong\n");
        QCOMPARE(wrong.alive, std::optional(true));
        QCOMPARE(wrong.code, u"redis.login"_s);
        QVERIFY(wrong.info.value(u"note"_s).toString().contains(u"WRONGPASS"_s));
    }

    void redisTellsRatesAndWhatFails()
    {
        const auto master = TestDaemon::redis();
        AskedProbe asked(u"redis"_s, {{u"port"_s, master->port()}}, u"redis"_s, true);
        bool hasRate = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            (hasRate = hasRate || asked.ask().info.contains(u"commands_per_second"_s)), 10'000);
        const auto replica = TestDaemon::redis(
            {u"--replicaof"_s, u"127.0.0.1"_s, QString::number(master->port())});
        master->kill();
        AskedProbe lonely(u"redis"_s, {{u"port"_s, replica->port()}}, u"redis"_s, true);
        QTRY_COMPARE_WITH_TIMEOUT(lonely.ask().code, u"redis.replication"_s, 20'000);
        QCOMPARE(lonely.ask().alive, std::optional(true));
    }

    void couchbaseIsWhatItsNodeSays_data()
    {
        QTest::addColumn<QByteArray>("node");
        QTest::addColumn<bool>("alive");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const QByteArray &fields, bool alive,
                            const QString &code) {
            QTest::newRow(name) << "{\"nodes\":[{\"status\":\"unhealthy\"},{\"thisNode\":true,"
                    + fields + "}],\"storageTotals\":{\"ram\":{\"quotaTotal\":4147204096.0}}}"
                                << alive << code;
        };
        row("healthy", R"("status":"healthy","clusterMembership":"active","uptime":"3600")", true,
            {});
        row("warmup", R"("status":"warmup")", false, u"couchbase.status"_s);
        row("unhealthy", R"("status":"unhealthy")", false, u"couchbase.status"_s);
        row("failed over", R"("status":"healthy","clusterMembership":"inactiveFailed")", false,
            u"couchbase.membership"_s);
        row("added", R"("status":"healthy","clusterMembership":"inactiveAdded")", true,
            u"couchbase.membership"_s);
        row("without a status", R"("uptime":"1")", false, u"couchbase.protocol"_s);
    }

    void couchbaseIsWhatItsNodeSays()
    {
        QFETCH(QByteArray, node);
        QFETCH(bool, alive);
        QFETCH(QString, code);
        FakeCouchbase server(node);
        AskedProbe asked(u"couchbase"_s,
                         {{u"port"_s, server.port()},
                          {u"credentials"_s, credentials("user=watch\npassword=secret\n")}});
        const CheckResult result = asked.ask();
        QCOMPARE(result.alive, std::optional(alive));
        QCOMPARE(result.code, code);
        if (code.isEmpty()) {
            QCOMPARE(result.info.value(u"uptime"_s).toInt(), 3600);
            QCOMPARE(result.info.value(u"cluster_memory_quota"_s).toDouble(), 4147204096.0);
        }
    }

    void aCouchbaseThatWantsALoginLives()
    {
        FakeCouchbase server("{}");
        const QJsonObject port{{u"port"_s, server.port()}};
        const CheckResult without = AskedProbe(u"couchbase"_s, port).ask();
        QCOMPARE(without.alive, std::optional(true));
        QCOMPARE(without.code, u"couchbase.login"_s);
        QJsonObject wrong = port;
        wrong.insert(u"credentials"_s, credentials("user=watch\npassword=wrong\n"));
        QCOMPARE(AskedProbe(u"couchbase"_s, wrong).ask().code, u"couchbase.login"_s);
        QJsonObject data = port;
        data.insert(u"as"_s, u"memcached"_s);
        QCOMPARE(AskedProbe(u"couchbase"_s, data).ask().alive, std::optional(true));
        data.insert(u"as"_s, u"magic"_s);
        QVERIFY(AskedProbe::whyNot(u"couchbase"_s, data).contains(u"rest or memcached"_s));
    }

    void parsesCredentials()
    {
        const Credentials found = parseCredentials(
            "# mine\nuser = 'a'\n[mysqld]\nuser=b\n[client]\npassword=\"x\\\\y\\s\"\nhost=db1\n");
        QCOMPARE(found.user, "a");
        QCOMPARE(found.password, "x\\y ");
        QCOMPARE(found.host, "db1");
        QVERIFY(AskedProbe::whyNot(u"redis"_s, {{u"port"_s, 1}, {u"credentials"_s, u"../x"_s}})
                    .contains(u"systemd"_s));
    }

    void parsesRowsOfMysql()
    {
        const auto column = [](const QByteArray &name) {
            return QByteArray("\x03"
                              "def"
                              "\0\0\0",
                              7)
                + char(name.size()) + name + QByteArray(14, '\0');
        };
        const QByteArray end("\xfe\0\0\2\0", 5);
        const QByteArray whole = mySqlPacket(1, "\x02") + mySqlPacket(2, column("a"))
            + mySqlPacket(3, column("b")) + mySqlPacket(4, end)
            + mySqlPacket(5, QByteArray("\x02hi\xfb", 4)) + mySqlPacket(6, end);
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY(!parseMySqlRows(QByteArrayView(whole).first(size)));
        const auto rows = parseMySqlRows(whole);
        QVERIFY(rows && *rows);
        QCOMPARE((*rows)->columns, (QList<QByteArray>{"a", "b"}));
        QCOMPARE((*rows)->value(0, "a"), std::optional<QByteArray>("hi"));
        QCOMPARE((*rows)->value(0, "b"), std::nullopt);
        QVERIFY(!*parseMySqlRows(
            mySqlPacket(1, QByteArray("\xfe\xff\xff\xff\xff\xff\xff\xff\xff", 9))));
        QCOMPARE((*parseMySqlRows(mySqlPacket(1, "\xff\x15\x04#28000no")))->fault->code, 1045);
    }

    void memcachedLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::memcached();
        AskedProbe asked(u"memcached"_s, {{u"port"_s, daemon->port()}}, u"memcached"_s);
        checkLifeOf(*daemon, asked);
    }

    void readsTheNumbersOfMemcached()
    {
        const auto daemon = TestDaemon::memcached();
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, daemon->port());
        QVERIFY(client.waitForConnected(10'000));
        said(client, "set a 0 0 5\r\nhello\r\n", "STORED\r\n");
        said(client, "get a\r\n", "END\r\n");
        said(client, "get b\r\n", "END\r\n");
        AskedProbe asked(u"memcached"_s, {{u"port"_s, daemon->port()}}, u"memcached"_s, true);
        const QJsonObject info = asked.ask().info;
        QCOMPARE(info.value(u"curr_items"_s).toInt(), 1);
        QCOMPARE(info.value(u"limit_maxbytes"_s).toInt(), 16 << 20);
        QCOMPARE(info.value(u"hit_ratio"_s).toDouble(), 50.0);
        QVERIFY(info.value(u"version"_s).toString().startsWith(u"1."_s));
        QVERIFY(!info.contains(u"gets_per_second"_s)); // nothing to compare with yet
        bool hasRate = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            (hasRate = hasRate || asked.ask().info.contains(u"gets_per_second"_s)), 10'000);
    }

    void saysThatMemcachedHasTooManyConnections()
    {
        const auto daemon = TestDaemon::memcached({u"-c"_s, u"64"_s, u"-t"_s, u"1"_s});
        AskedProbe holding(u"memcached"_s, {{u"port"_s, daemon->port()}}, u"memcached"_s, true);
        QCOMPARE(holding.ask().code, QString());
        std::vector<std::unique_ptr<QTcpSocket>> crowd;
        for (int i = 0; i < 80; ++i) {
            crowd.push_back(std::make_unique<QTcpSocket>());
            crowd.back()->connectToHost(QHostAddress::LocalHost, daemon->port());
            QVERIFY(crowd.back()->waitForConnected(10'000));
        }
        const CheckResult full = AskedProbe(u"memcached"_s, {{u"port"_s, daemon->port()}}).ask();
        QCOMPARE(full.alive, std::optional(false));
        QCOMPARE(full.code, u"memcached.full"_s);
        const CheckResult held = holding.ask();
        QCOMPARE(held.alive, std::optional(true));
        QCOMPARE(held.code, u"memcached.full"_s);
        QVERIFY(held.info.value(u"note"_s).toString().contains(u"too many connections"_s));
        crowd.clear();
        QTRY_COMPARE_WITH_TIMEOUT(holding.ask().code, QString(), 10'000);
    }

    void parsesMemcachedAnswers()
    {
        using Kind = MemcachedAnswer::Kind;
        QVERIFY(!parseMemcachedAnswer(""));
        QVERIFY(!parseMemcachedAnswer("VERSION 1.6"));
        QCOMPARE(parseMemcachedAnswer("VERSION 1.6.18\r\n")->text, "1.6.18");
        QVERIFY(!parseMemcachedAnswer("STAT pid 1\r\nSTAT uptime 2\r\nEN"));
        const auto stats = parseMemcachedAnswer("STAT uptime 2\r\nSTAT x 0.5\r\nEND\r\n");
        QCOMPARE(stats->kind, Kind::Stats);
        QCOMPARE(stats->counters, (QHash<QByteArray, quint64>{{"uptime", 2}}));
        QCOMPARE(parseMemcachedAnswer("STAT a 1\r\nrubbish\r\n")->kind, Kind::Rubbish);
        QCOMPARE(parseMemcachedAnswer("SERVER_ERROR out of memory\r\n")->kind, Kind::Refusal);
        QCOMPARE(parseMemcachedAnswer(QByteArray(5000, 'x'))->kind, Kind::Rubbish);
    }

    void believesNoLiars_data()
    {
        QTest::addColumn<QString>("probe");
        QTest::addColumn<QJsonObject>("parameters");
        const QJsonObject login{{u"credentials"_s, credentials("user=root\n")}};
        QTest::newRow("memcached") << u"memcached"_s << QJsonObject();
        QTest::newRow("couchbase") << u"couchbase"_s << QJsonObject();
        QTest::newRow("couchbase's data")
            << u"couchbase"_s << QJsonObject{{u"as"_s, u"memcached"_s}};
        QTest::newRow("redis") << u"redis"_s << QJsonObject();
        QTest::newRow("redis with a login") << u"redis"_s << login;
        QTest::newRow("mysql with a login") << u"mysql"_s << login;
    }

    void believesNoLiars()
    {
        QFETCH(QString, probe);
        QFETCH(QJsonObject, parameters);
        checkDisbeliefOf(probe, parameters);
    }
};

QTEST_GUILESS_MAIN(TestDataProbes)
#include "tst_dataprobes.moc"
