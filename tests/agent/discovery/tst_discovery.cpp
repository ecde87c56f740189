// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"
#include "agent/discovery/cgroupunit.h"
#include "agent/discovery/discovery.h"
#include "agent/discovery/founddaemon.h"
#include "shared/config/serverconfig.h"
#include "shared/protocol/role.h"
#include "tests/support/testdaemon.h"

#include <QDir>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestDiscovery : public QObject
{
    Q_OBJECT

    static CheckResult ask(const ServiceDefinition &service, const ProcSnapshot &processes)
    {
        const auto probe = makeServiceProbe(service, *service.alive, {});
        if (!probe)
            qFatal("%s", qPrintable(probe.error().text));
        std::optional<CheckResult> result;
        probe.value()->check(processes, [&result](const CheckResult &answer) { result = answer; });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000))
            qFatal("no answer from the probe");
        return result.value_or(CheckResult::died(u"no answer"_s, {}));
    }

    static void write(const QDir &folder, const QString &name, const QByteArray &text)
    {
        QFile file(folder.filePath(name));
        if (!folder.mkpath(QFileInfo(name).path()) || !file.open(QIODevice::WriteOnly)
            || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(name));
    }

    /// A process of a saved /proc.
    static void writeProcess(const QDir &root, int pid, int parent, const QByteArray &commandLine,
                             const QByteArray &cgroup)
    {
        const QString folder = QString::number(pid) + u'/';
        write(root, folder + u"cmdline"_s, commandLine);
        write(root, folder + u"cgroup"_s, cgroup);
        write(root, folder + u"stat"_s,
              QByteArray::number(pid) + " (x) S " + QByteArray::number(parent)
                  + " 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 0 0\n");
    }

private Q_SLOTS:

    /// Everything that Debian has of the role table runs at once; what is found loads as a
    /// configuration without a word against it, and each check of it says alive.
    void findsEveryDaemonWithACheckThatWorks()
    {
        std::vector<std::unique_ptr<TestDaemon>> daemons;
        daemons.push_back(TestDaemon::redis());
        daemons.push_back(TestDaemon::redis());
        daemons.push_back(TestDaemon::sshd());
        daemons.push_back(TestDaemon::nginx());
        daemons.push_back(TestDaemon::apache());
        daemons.push_back(TestDaemon::varnish(daemons.at(3)->port()));
        daemons.push_back(TestDaemon::memcached());
        daemons.push_back(TestDaemon::gearmand());
        daemons.push_back(TestDaemon::gmond());
        daemons.push_back(TestDaemon::mariadb());
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        const QJsonObject services = discoverServices(processes, u"/proc"_s);

        const ParsedConfig parsed
            = parseServerConfig(u"127.0.0.1"_s, {{"services", QJsonDocument(services).toJson()}});
        QVERIFY2(parsed.config.has_value(), qPrintable(parsed.errorText()));
        for (const ConfigIssue &issue : parsed.issues)
            QFAIL(qPrintable(issue.path + u": "_s + issue.text));
        for (const auto &daemon : daemons) {
            const ServiceId id{daemon->role(), QString::number(daemon->port())};
            const auto &all = parsed.config->services;
            const auto found = std::find_if(all.begin(), all.end(),
                                            [&id](const auto &one) { return one.id == id; });
            QVERIFY2(found != all.end(), qPrintable(id.text()));
            QCOMPARE(found->isProtected, id.role == u"ssh");
            const CheckResult result = ask(*found, processes);
            QVERIFY2(result.alive == true, qPrintable(id.text() + u": "_s + result.reason));
            QVERIFY2(!result.processes.isEmpty(), qPrintable(id.text()));
        }
    }

    void findsADaemonOnAUnixSocket()
    {
        const auto redis = TestDaemon::redisOnPath();
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        const Role *role = findRole(u"redis");
        const auto daemons = findDaemons(*role, HostPicture(processes, u"/proc"_s));
        const bool isFound
            = std::any_of(daemons.begin(), daemons.end(), [&redis](const FoundDaemon &daemon) {
                  return daemon.port == 0 && daemon.path == redis->folder() + u"/r.sock"_s;
              });
        QVERIFY(isFound);
    }

    void findsTheHousesOwnProgramsByTheirUnits()
    {
        const QTemporaryDir folder;
        const QDir root(folder.path());
        writeProcess(root, 10, 1, QByteArray("/opt/comdb/bin/comdbd\0--port=3301\0", 36),
                     "0::/system.slice/system-comdb.slice/comdb@3301.service\n");
        writeProcess(root, 11, 10, "/opt/comdb/bin/worker",
                     "0::/system.slice/system-comdb.slice/comdb@3301.service\n");
        writeProcess(root, 12, 1, QByteArray("/usr/bin/python3\0/srv/photos/serve.py\0", 39),
                     "1:name=systemd:/system.slice/photolib.service\n0::/x\n");
        writeProcess(root, 13, 1, "/usr/bin/monitor-of-others",
                     "0::/system.slice/monitor-exporter.service\n");
        write(root, u"net/tcp"_s,
              "head\n 0: 00000000:0CE5 00000000:0000 0A 0:0 00:0 0 0 0 4711 1\n");
        ProcSnapshot processes(folder.path());
        QVERIFY(processes.refresh(0));
        const QJsonObject services = discoverServices(processes, folder.path());
        QCOMPARE(services.keys(), (QStringList{u"comdb"_s, u"photolib"_s}));
        const QJsonObject comdb{{u"3301"_s,
                                 QJsonObject{{u"alive"_s,
                                              QJsonObject{{u"probe"_s, u"process"_s},
                                                          {u"name"_s, u"comdbd"_s},
                                                          {u"port"_s, 3301}}}}}};
        QCOMPARE(services.value(u"comdb"_s).toObject(), comdb);
        QVERIFY(services.value(u"photolib"_s).toObject().contains(u"default"_s));
    }

    void findsNetworkFileSystems()
    {
        const QTemporaryDir folder;
        const QDir root(folder.path());
        write(root, u"self/mountinfo"_s,
              "27 1 254:0 / / rw - ext4 /dev/vda rw\n"
              "30 27 0:40 / /data/photos\\040one rw - nfs4 srv:/p rw\n"
              "31 27 0:41 / /net/ro ro - cifs //srv/ro ro\n"
              "32 27 0:42 / /gone rw - nfs srv:/g rw\n"
              "33 32 0:43 / /gone rw - tmpfs tmpfs rw\n");
        ProcSnapshot processes(folder.path());
        QVERIFY(processes.refresh(0));
        const QJsonObject fs = discoverServices(processes, folder.path()).value(u"fs"_s).toObject();
        QCOMPARE(fs.keys(), (QStringList{u"data-photos-one"_s, u"net-ro"_s}));
        const QJsonObject photos{{u"probe"_s, u"filesystem"_s},
                                 {u"path"_s, u"/data/photos one"_s},
                                 {u"writable"_s, true}};
        QCOMPARE(fs.value(u"data-photos-one"_s).toObject().value(u"alive"_s).toObject(), photos);
        const ParsedConfig parsed = parseServerConfig(
            u"127.0.0.1"_s, {{"services", QJsonDocument(QJsonObject{{u"fs"_s, fs}}).toJson()}});
        QVERIFY2(parsed.issues.isEmpty(), qPrintable(parsed.errorText()));
    }

    void readsUnitsOfCgroups_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("unit");
        QTest::newRow("v2") << QByteArray("0::/system.slice/nginx.service\n")
                            << QByteArray("nginx.service");
        QTest::newRow("v1") << QByteArray("12:cpu,cpuacct:/x.service\n1:name=systemd:/"
                                          "system.slice/ssh.service\n")
                            << QByteArray("ssh.service");
        QTest::newRow("hybrid") << QByteArray(
            "1:name=systemd:/system.slice/a.service\n0::/system.slice/b.service\n")
                                << QByteArray("a.service");
        QTest::newRow("delegated")
            << QByteArray("0::/system.slice/a.service/payload/x\n") << QByteArray("a.service");
        QTest::newRow("user's") << QByteArray(
            "0::/user.slice/user-1.slice/user@1.service/app.slice/b@2.service\n")
                                << QByteArray("b@2.service");
        QTest::newRow("session") << QByteArray("0::/user.slice/user-1.slice/session-3.scope\n")
                                 << QByteArray();
        QTest::newRow("container") << QByteArray("0::/\n") << QByteArray();
        QTest::newRow("rubbish") << QByteArray("\n::\n0:\n0::\n0::/.service\nx") << QByteArray();
    }

    void readsUnitsOfCgroups()
    {
        QFETCH(QByteArray, text);
        QTEST(unitOfCgroup(text), "unit");
    }

    void knowsUnitsByTheirNames()
    {
        QVERIFY(isUnitNamed("comdb.service", "comdb"));
        QVERIFY(isUnitNamed("comdb@3301.service", "comdb"));
        QVERIFY(!isUnitNamed("comdb-exporter.service", "comdb"));
        QVERIFY(!isUnitNamed("comdb.socket", "comdb") && !isUnitNamed("", "comdb"));
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
