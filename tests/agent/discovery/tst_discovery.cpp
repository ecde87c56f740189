// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"
#include "agent/discovery/discovery.h"
#include "agent/discovery/founddaemon.h"
#include "shared/protocol/role.h"
#include "tests/support/testdaemon.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestDiscovery : public QObject
{
    Q_OBJECT

    static CheckResult ask(const QString &role, const QString &instance, const QJsonObject &alive,
                           const ProcSnapshot &processes)
    {
        QJsonObject parameters = alive;
        const ProbeCheck check{parameters.take(u"probe"_s).toString(), parameters};
        const auto probe = makeServiceProbe({{role, instance}, check, {}, false}, check, {});
        if (!probe)
            qFatal("%s", qPrintable(probe.error().text));
        std::optional<CheckResult> result;
        probe.value()->check(processes, [&result](const CheckResult &answer) { result = answer; });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000))
            qFatal("no answer from the probe");
        return result.value_or(CheckResult::died(u"no answer"_s, {}));
    }

private Q_SLOTS:

    void findsDaemonsWithAChecksThatWorks()
    {
        const auto redis = TestDaemon::redis(), second = TestDaemon::redis();
        const auto sshd = TestDaemon::sshd(), nginx = TestDaemon::nginx(),
                   mariadb = TestDaemon::mariadb();
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        const QJsonObject services = discoverServices(processes, u"/proc"_s);
        const std::pair<QString, const TestDaemon *> expected[] = {{u"redis"_s, redis.get()},
                                                                   {u"redis"_s, second.get()},
                                                                   {u"ssh"_s, sshd.get()},
                                                                   {u"nginx"_s, nginx.get()},
                                                                   {u"mysql"_s, mariadb.get()}};
        for (const auto &[role, daemon] : expected) {
            const QString name = QString::number(daemon->port());
            const QJsonObject instance = services.value(role).toObject().value(name).toObject();
            QVERIFY2(!instance.isEmpty(), qPrintable(role));
            QCOMPARE(instance.value(u"protected"_s).toBool(), role == u"ssh");
            const CheckResult result
                = ask(role, name, instance.value(u"alive"_s).toObject(), processes);
            QVERIFY2(result.alive == true, qPrintable(result.reason));
            QVERIFY(result.processes.contains(daemon->pid()));
        }
    }

    void findsADaemonOnAUnixSocket()
    {
        const auto redis = TestDaemon::redisOnPath();
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        const Role *role = findRole(u"redis");
        const auto daemons = findDaemons(*role, processes, readListeners(u"/proc"_s), u"/proc"_s);
        const bool isFound
            = std::any_of(daemons.begin(), daemons.end(), [&redis](const FoundDaemon &daemon) {
                  return daemon.port == 0 && daemon.path == redis->folder() + u"/r.sock"_s;
              });
        QVERIFY(isFound);
    }

    void readsPortsFromCommandLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("port");
        QTest::newRow("redis") << QByteArray("/usr/bin/redis-server *:6380") << 6380;
        QTest::newRow("redis address") << QByteArray("redis-server 127.0.0.1:6381") << 6381;
        QTest::newRow("mysql") << QByteArray("mysqld --port=3307 --socket=/x") << 3307;
        QTest::newRow("sshd") << QByteArray(
            "sshd: /usr/sbin/sshd -D -p 2222 [listener] 0 of 10-100 startups")
                              << 2222;
        QTest::newRow("memcached") << QByteArray("memcached -u nobody -p 11212 -m 64") << 11212;
        QTest::newRow("none") << QByteArray("nginx: master process /usr/sbin/nginx") << 0;
        QTest::newRow("no port") << QByteArray("x --port=99999") << 0;
    }

    void readsPortsFromCommandLines()
    {
        QFETCH(QByteArray, line);
        Process process;
        process.commandLine = line;
        QTEST(portInCommandLine(process), "port");
    }

    void readsTablesOfListeners()
    {
        const auto four
            = parseTcpListeners("  sl  local_address rem_address   st tx_queue rx_queue tr "
                                "tm->when retrnsmt   uid  timeout inode\n"
                                "   0: 0100007F:18EB 00000000:0000 0A 00000000:00000000 "
                                "00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0\n"
                                "   1: 0100007F:18EB 0100007F:D000 01 00000000:00000000 "
                                "00:00000000 00000000     0        0 4712 1 0 100 0 0 10 0\n");
        QCOMPARE(four.size(), 1);
        QCOMPARE(four.first().address, u"127.0.0.1"_s);
        QCOMPARE(four.first().port, 6379);
        QCOMPARE(four.first().inode, quint64(4711));
        const auto six
            = parseTcpListeners("head\n   0: 00000000000000000000000001000000:0016 "
                                "00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 7 1\n");
        QCOMPARE(six.first().address, u"::1"_s);
        const auto local = parseUnixListeners(
            "Num RefCount Protocol Flags Type St Inode Path\n"
            "0000000000000000: 00000002 00000000 00010000 0001 01 99 /run/with blank.sock\n"
            "0000000000000000: 00000003 00000000 00000000 0001 03 98 /run/connected.sock\n");
        QCOMPARE(local.size(), 1);
        QCOMPARE(local.first().path, u"/run/with blank.sock"_s);
        QVERIFY(parseTcpListeners("rubbish\nrubbish rubbish\n").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
