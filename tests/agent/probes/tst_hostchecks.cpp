// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/filelook.h"
#include "agent/probes/filesystemcheck.h"
#include "agent/probes/mountinfo.h"
#include "agent/probes/procsnapshot.h"

#include <QFile>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestHostChecks : public QObject
{
    Q_OBJECT

    static constexpr int patience = 20'000; // ms

    /// A probe as the table makes it; an error as a test's failure.
    static std::unique_ptr<ServiceProbe> probe(const QString &name, const QJsonObject &parameters,
                                               const ProbeContext &context = {})
    {
        const ProbeCheck check{name, parameters};
        for (const NamedServiceProbe &row : serviceProbes()) {
            if (name != QLatin1StringView(row.name))
                continue;
            auto made = row.make({{u"fs"_s, u"default"_s}, check, {}, false}, check, context);
            if (!made)
                qFatal("%s", qPrintable(made.error().text));
            return std::move(*made);
        }
        qFatal("no such probe");
    }

    static CheckResult ask(ServiceProbe &probe)
    {
        const ProcSnapshot processes(u"/proc"_s);
        std::optional<CheckResult> result;
        probe.check(processes, [&result](const CheckResult &answer) { result = answer; });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, patience))
            qFatal("no answer from the probe");
        return result.value_or(CheckResult());
    }

    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
    }

    /// A /proc with nothing but this table of mounts.
    static ProbeContext withMounts(const QTemporaryDir &folder, const QByteArray &text)
    {
        QDir(folder.path()).mkpath(u"self"_s);
        write(folder.filePath(u"self/mountinfo"_s), text);
        return {folder.path(), {}};
    }

private Q_SLOTS:

    void readsMounts()
    {
        const auto mounts = parseMountInfo(
            "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard\n"
            "rubbish\n"
            "30 27 0:40 /x /mnt/two\\040words ro master:3 propagate_from:2 - nfs4 srv:/x\\011y rw\n"
            "31 27 8:1 / /data rw - ext4 /dev/sda1 ro,errors=remount-ro\n"
            "32 31 0:50 / /data rw - tmpfs tmpfs rw\n"
            "33 27 0:51 / /short rw -\n");
        QCOMPARE(mounts.size(), 4);
        QCOMPARE(mounts.at(1).path, QByteArray("/mnt/two words"));
        QCOMPARE(mounts.at(1).source, QByteArray("srv:/x\ty"));
        QVERIFY(mounts.at(1).isReadOnly && mounts.at(1).mayHang());
        QVERIFY(mounts.at(2).isReadOnly && !mounts.at(2).mayHang());
        QVERIFY(!mounts.at(0).isReadOnly);
        QCOMPARE(mountAt(mounts, "/data")->type, QByteArray("tmpfs"));
        QVERIFY(!mountAt(mounts, "/dat"));
        QVERIFY(passesMountThatMayHang(mounts, "/mnt/two words/a"));
        QVERIFY(!passesMountThatMayHang(mounts, "/mnt/two wordsa"));
        QVERIFY(!passesMountThatMayHang(mounts, "/data/a"));
    }

    void aMountedFileSystemIsAlive()
    {
        const auto root = probe(u"filesystem"_s, {{u"path"_s, u"/"_s}, {u"free"_s, 1}});
        const CheckResult result = ask(*root);
        QVERIFY2(result.alive == true, qPrintable(result.reason));
        QVERIFY(result.info.value(u"total"_s).toDouble() > 0);
        QVERIFY(result.info.value(u"used"_s).toDouble() > 0);
        QVERIFY2(root->description().contains(u"mounted at /"_s), qPrintable(root->description()));
    }

    void aFolderWhereNothingIsMountedIsNot()
    {
        const QTemporaryDir folder;
        const CheckResult result = ask(*probe(u"filesystem"_s, {{u"path"_s, folder.path()}}));
        QCOMPARE(result.alive, std::optional(false));
        QCOMPARE(result.code, u"fs.unmounted"_s);
        const CheckResult held
            = ask(*probe(u"filesystem"_s, {{u"path"_s, folder.path()}, {u"mounted"_s, false}}));
        QCOMPARE(held.alive, std::optional(true));
    }

    void knowsReadOnlyFileSystems()
    {
        const QTemporaryDir proc, folder;
        const QByteArray path = folder.path().toUtf8();
        const ProbeContext context
            = withMounts(proc, "31 27 8:1 / " + path + " rw - ext4 /dev/sda1 ro\n");
        const QJsonObject parameters{{u"path"_s, folder.path()}, {u"writable"_s, true}};
        QCOMPARE(ask(*probe(u"filesystem"_s, parameters, context)).code, u"fs.readonly"_s);
        QCOMPARE(
            ask(*probe(u"filesystem"_s, {{u"path"_s, u"/proc"_s}, {u"type"_s, u"nfs4"_s}})).code,
            u"fs.type"_s);
    }

    void testsWritingWithoutATrace()
    {
        const QTemporaryDir folder;
        const QJsonObject parameters{
            {u"path"_s, folder.path()}, {u"mounted"_s, false}, {u"write"_s, true}};
        const CheckResult result = ask(*probe(u"filesystem"_s, parameters));
        QVERIFY2(result.alive == true, qPrintable(result.reason));
        QVERIFY(
            QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
        QCOMPARE(ask(*probe(u"filesystem"_s,
                            {{u"path"_s, u"/proc"_s}, {u"write"_s, true}, {u"timeout"_s, 20}}))
                     .alive,
                 std::optional(false));
    }

    void judgesSpaceAndInodes_data()
    {
        QTest::addColumn<QJsonObject>("demand");
        QTest::addColumn<QString>("code");
        QTest::newRow("enough") << QJsonObject{{u"free"_s, u"10%"_s}, {u"inodes"_s, 20}}
                                << QString();
        QTest::newRow("percent") << QJsonObject{{u"free"_s, u"11%"_s}} << u"fs.space"_s;
        QTest::newRow("bytes") << QJsonObject{{u"free"_s, u"1K"_s}} << u"fs.space"_s;
        QTest::newRow("inodes") << QJsonObject{{u"inodes"_s, 21}} << u"fs.inodes"_s;
    }

    void judgesSpaceAndInodes()
    {
        QFETCH(QJsonObject, demand);
        FilesystemDemands demands;
        demands.path = u"/"_s;
        if (demand.value(u"free"_s) == u"1K"_s)
            demands.leastFree = 1024;
        else if (demand.contains(u"free"_s))
            demands.leastFreePercent = demand.value(u"free"_s).toString().chopped(1).toDouble();
        if (demand.contains(u"inodes"_s))
            demands.leastFreeInodes = demand.value(u"inodes"_s).toDouble();
        FilesystemCheck check(demands, {}, [](const QByteArray &, bool) {
            return FilesystemUse{0, false, 1000, 850, 100, 100, 20, 0};
        });
        QTEST(ask(check).code, "code");
    }

    void aStaleNetworkFileSystemNeverHangsTheAgent()
    {
        const QTemporaryDir proc;
        const ProbeContext context
            = withMounts(proc, "31 27 0:40 / /net/data rw - nfs4 server:/data rw\n");
        FilesystemDemands demands;
        demands.path = u"/net/data"_s;
        demands.every = std::chrono::milliseconds(0);
        demands.timeout = std::chrono::milliseconds(50);
        const auto server = std::make_shared<QSemaphore>();
        const auto asked = std::make_shared<std::atomic<int>>(0);
        FilesystemCheck check(demands, context, [server, asked](const QByteArray &, bool) {
            ++*asked;
            server->acquire();
            return FilesystemUse{0, false, 1000, 500, 500, 0, 0, 0};
        });
        int changes = 0;
        check.changed = [&changes] { ++changes; };
        for (int round = 0; round < 5; ++round) {
            const CheckResult result = ask(check);
            QCOMPARE(result.alive, std::optional(false));
            QCOMPARE(result.code, u"fs.hung"_s);
        }
        QCOMPARE(asked->load(), 1); // one thread is stuck, not five
        server->release(); // the server is back
        QTRY_COMPARE_WITH_TIMEOUT(changes, 1, patience);
        server->release(100);
        QCOMPARE(ask(check).alive, std::optional(true));
    }

    void aProbeMayGoWhileItsThreadIsStuck()
    {
        const QTemporaryDir proc;
        FilesystemDemands demands;
        demands.path = u"/net/data"_s;
        demands.timeout = std::chrono::milliseconds(20);
        const auto server = std::make_shared<QSemaphore>();
        const auto left = std::make_shared<std::atomic<bool>>(false);
        {
            FilesystemCheck check(demands,
                                  withMounts(proc, "31 27 0:40 / /net/data rw - cifs //a/b rw\n"),
                                  [server, left](const QByteArray &, bool) {
                                      server->acquire();
                                      *left = true;
                                      return FilesystemUse{};
                                  });
            QCOMPARE(ask(check).code, u"fs.hung"_s);
        }
        server->release();
        QTRY_VERIFY_WITH_TIMEOUT(left->load(), patience);
    }

    void aFileIsLookedAt()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"backup.log"_s);
        const auto check = probe(u"file"_s,
                                 {{u"path"_s, path},
                                  {u"smallest"_s, 3},
                                  {u"largest"_s, u"1K"_s},
                                  {u"oldest"_s, 600},
                                  {u"pattern"_s, u"^finished (well|with warnings)$"_s}});
        QCOMPARE(ask(*check).code, u"file.missing"_s);
        write(path, "x");
        QCOMPARE(ask(*check).code, u"file.small"_s);
        write(path, "started\nfinished badly\n");
        QCOMPARE(ask(*check).code, u"file.text"_s);
        write(path, "started\nfinished well\n");
        const CheckResult good = ask(*check);
        QVERIFY2(good.alive == true, qPrintable(good.reason));
        QCOMPARE(good.files, QStringList{path});
        QCOMPARE(good.info.value(u"size"_s).toInt(), 22);
        const timespec times[2] = {{1'000'000, 0}, {1'000'000, 0}};
        QCOMPARE(utimensat(AT_FDCWD, qPrintable(path), times, 0), 0);
        const CheckResult old = ask(*check);
        QCOMPARE(old.code, u"file.old"_s);
        QVERIFY2(old.reason.contains(u"1970-01-12T13:46:40Z"_s), qPrintable(old.reason));
        write(path, QByteArray(2000, 'x'));
        QCOMPARE(ask(*check).code, u"file.large"_s);
    }

    void theNewestFileOfAPatternCounts()
    {
        const QTemporaryDir folder;
        const auto check = probe(u"file"_s,
                                 {{u"path"_s, folder.filePath(u"dump-*.gz"_s)},
                                  {u"oldest"_s, 3600},
                                  {u"text"_s, u"new"_s}});
        write(folder.filePath(u"other"_s), "new");
        QCOMPARE(ask(*check).code, u"file.missing"_s);
        const QString first = folder.filePath(u"dump-1.gz"_s);
        write(first, "old");
        const timespec times[2] = {{1'000'000, 0}, {1'000'000, 0}};
        QCOMPARE(utimensat(AT_FDCWD, qPrintable(first), times, 0), 0);
        QCOMPARE(ask(*check).code, u"file.old"_s);
        write(folder.filePath(u"dump-2.gz"_s), "new");
        QTRY_COMPARE_WITH_TIMEOUT(ask(*check).alive, std::optional(true), patience);
        QCOMPARE(ask(*check).files, QStringList{folder.path()});
    }

    void noPatternTakesForEver()
    {
        QCOMPARE(matchesBounded(QByteArray(50, 'a') + 'c', u"^(a+)+$"_s), std::nullopt);
        QCOMPARE(matchesBounded("one\ntwo\n", u"^two$"_s), std::optional(true));
        QCOMPARE(matchesBounded("one\xff\n", u"^two$"_s), std::optional(false));
    }
};

QTEST_GUILESS_MAIN(TestHostChecks)
#include "tst_hostchecks.moc"
