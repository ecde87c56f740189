// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gateways.h"
#include "agent/probes/host/cpuprobe.h"
#include "agent/probes/host/diskprobe.h"
#include "agent/probes/host/filesystemprobe.h"
#include "agent/probes/host/loadprobe.h"
#include "agent/probes/host/memoryprobe.h"
#include "agent/probes/host/networkprobe.h"
#include "agent/probes/host/pressureprobe.h"
#include "agent/probes/host/uptimeprobe.h"
#include "agent/probes/probe.h"
#include "agent/probes/procsnapshot.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestHostProbes : public QObject
{
    Q_OBJECT

    /// The probes on a copy of the saved trees, which a test may change between two samples.
    class Host
    {
    public:
        Host()
            : m_context{m_folder.filePath(u"proc"_s), m_folder.filePath(u"sys"_s)}
            , m_processes(m_context.procRoot)
        {
            const QString saved = QStringLiteral(FIXTURES);
            for (const QString &tree : {u"proc"_s, u"sys"_s}) {
                for (QDirIterator files(saved + u'/' + tree, QDir::Files,
                                        QDirIterator::Subdirectories);
                     files.hasNext();) {
                    const QString from = files.next(),
                                  to = m_folder.path() + from.mid(saved.size());
                    if (!QDir().mkpath(to.section(u'/', 0, -2)) || !QFile::copy(from, to))
                        qFatal("cannot copy %s", qPrintable(from));
                }
            }
            for (const NamedHostProbe &row : hostProbes())
                m_probes.push_back(row.make(m_context, m_processes));
        }

        Workload sample(qint64 now)
        {
            Workload workload;
            m_processes.refresh(now);
            for (const auto &probe : m_probes)
                probe->sample(workload, now);
            return workload;
        }

        void replace(const QString &name, const QByteArray &before, const QByteArray &after)
        {
            QFile file(m_context.procRoot + u'/' + name);
            if (!file.open(QIODevice::ReadWrite))
                qFatal("cannot open %s", qPrintable(file.fileName()));
            QByteArray text = file.readAll();
            if (!text.contains(before))
                qFatal("no %s in it", before.constData());
            text.replace(before, after);
            file.seek(0);
            file.write(text);
            file.resize(text.size());
        }

        void remove(const QString &name)
        {
            QDir(m_context.procRoot + u'/' + name).removeRecursively();
            QFile::remove(m_context.procRoot + u'/' + name);
        }

    private:
        QTemporaryDir m_folder;
        ProbeContext m_context;
        ProcSnapshot m_processes;
        std::vector<std::unique_ptr<HostProbe>> m_probes;
    };

private Q_SLOTS:

    void findsTheDefaultGateways()
    {
        QCOMPARE(parseGateways4("Iface\tDestination\tGateway "
                                "\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
                                "eth1\t00000000\t0102A8C0\t0003\t0\t0\t200\t00000000\t0\t0\t0   \n"
                                "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0   \n"
                                "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0    \n"
                                "ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0    \n"),
                 (QStringList{u"192.0.2.1"_s, u"192.168.2.1"_s}));
        const QByteArray zeros(32, '0');
        QCOMPARE(parseGateways6("fd000000000000000000000000000000 40 " + zeros + " 00 " + zeros
                                + " 00000100 00000001 00000000 00000001     eth0\n" + zeros + " 00 "
                                + zeros
                                + " 00 fd000000000000000000000000000001 00000400 00000003 00000000 "
                                  "00000003     eth0\n"
                                + zeros + " 00 " + zeros
                                + " 00 fe800000000000000000000000000001 00000400 00000003 00000000 "
                                  "00000003     eth0\n"),
                 QStringList{u"fd00::1"_s});
        for (const QByteArray &rubbish :
             {QByteArray(), QByteArray("\n\0x", 3), QByteArray("a b c\n1 2 3"), zeros}) {
            QVERIFY(parseGateways4(rubbish).isEmpty());
            QVERIFY(parseGateways6(rubbish).isEmpty());
        }
    }

    void readsASavedTree()
    {
        Host host;
        const Workload first = host.sample(0);
        QVERIFY(!first.cpu.busy && !first.disk.read
                && !first.network.receive); // no rate without an earlier sample
        QCOMPARE(first.cpu.cores, std::optional(2));
        QCOMPARE(first.load, (QList<double>{0.42, 0.40, 0.36}));
        QCOMPARE(first.memory.total, std::optional<qint64>(8'000'000LL * 1024));
        QCOMPARE(first.memory.used, std::optional<qint64>(2'000'000LL * 1024));
        QCOMPARE(first.memory.swapUsed, std::optional<qint64>(100'000LL * 1024));
        QCOMPARE(first.pressure.cpu, std::optional(1.5));
        QCOMPARE(first.pressure.io, std::optional(0.31));
        QCOMPARE(first.processes.total, std::optional(18));
        QCOMPARE(first.processes.running, std::optional(2));
        QCOMPARE(first.processes.blocked, std::optional(1));
        QCOMPARE(first.uptime, std::optional<qint64>(86400));

        host.replace(u"stat"_s, "cpu  1000 100 500 8000 200 50 50 100 0 0",
                     "cpu  1040 100 520 8100 220 55 55 110 0 0");
        host.replace(u"diskstats"_s, "vda 100 0 2000 50 200 0 4000 70 0 1000",
                     "vda 100 0 4000 50 200 0 4200 70 0 2000");
        host.replace(u"net/dev"_s, "  eth0: 1000000 100 1", "  eth0: 1002000 100 3");
        const Workload second = host.sample(2000);
        QCOMPARE(second.cpu.busy, std::optional(40.0)); // 80 of 200 ticks
        QCOMPARE(second.cpu.user, std::optional(20.0));
        QCOMPARE(second.cpu.system, std::optional(15.0)); // with interrupts
        QCOMPARE(second.cpu.iowait, std::optional(10.0));
        QCOMPARE(second.cpu.steal, std::optional(5.0));
        QCOMPARE(
            second.disk.read,
            std::optional(2000.0 * 512 / 2)); // vda alone: partitions and loop devices count twice
        QCOMPARE(second.disk.write, std::optional(200.0 * 512 / 2));
        QCOMPARE(second.disk.busy, std::optional(50.0));
        QCOMPARE(second.network.receive, std::optional(1000.0)); // without the bond above it
        QCOMPARE(second.network.errors, std::optional(1.0));
        QCOMPARE(second.uptime, std::optional<qint64>(86402));
    }

    void leavesOutARateWhoseCounterFell()
    {
        Host host;
        host.sample(0);
        host.replace(u"diskstats"_s, "vda 100 0 2000", "vda 100 0 1000");
        host.replace(u"net/dev"_s, "  eth0: 1000000", "  eth0: 5");
        host.replace(u"stat"_s, "cpu  1000 100 500 8000 200", "cpu  1100 100 500 8100 100");
        const Workload second = host.sample(1000);
        QVERIFY(!second.disk.read && !second.disk.busy && !second.network.receive);
        QVERIFY(!second.cpu.iowait); // it fell, as it does on tickless kernels
        QCOMPARE(second.cpu.user, std::optional(100.0));
        host.replace(u"net/dev"_s, "  eth0: 5", "  eth0: 1005");
        QCOMPARE(host.sample(2000).network.receive, std::optional(1000.0));
    }

    void leavesOutWhatTheKernelDoesNotTell()
    {
        Host host;
        for (const auto &name : {u"pressure"_s, u"diskstats"_s, u"net"_s, u"self"_s, u"loadavg"_s,
                                 u"uptime"_s, u"meminfo"_s, u"stat"_s})
            host.remove(name);
        host.sample(0);
        const Workload workload = host.sample(1000);
        JsonWriter writer;
        writeWorkload(writer, workload);
        QCOMPARE(writer.takeBytes(), QByteArray(R"({"processes":{"total":18}})"));
    }

    void choosesMountsThatCannotHang()
    {
        QFile file(QStringLiteral(FIXTURES "/proc/self/mountinfo"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto mounts = parseMounts(file.readAll());
        QVERIFY(mounts.isOk());
        QCOMPARE(mounts->size(), 2);
        QCOMPARE(mounts->at(0).path, QByteArray("/")); // its bind mount is the same device
        QCOMPARE(mounts->at(1).path, QByteArray("/data one"));
    }

    void keepsAtMostSixteenMounts()
    {
        QByteArray text;
        for (int i = 0; i < 100; ++i)
            text += QByteArray("27 1 8:%1 / /m%1 rw - ext4 /dev/sd%1 rw\n")
                        .replace("%1", QByteArray::number(i));
        QCOMPARE(parseMounts(text)->size(), 16);
    }

    void samplesThisMachine()
    {
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        Workload workload;
        for (const NamedHostProbe &row : hostProbes())
            row.make({}, processes)->sample(workload, 0);
        QVERIFY(workload.cpu.cores.value_or(0) > 0);
        QVERIFY(workload.memory.used.value_or(0) > 0);
        QVERIFY(workload.processes.total.value_or(0) > 1);
        QVERIFY(workload.uptime.value_or(0) > 0);
    }

    void refusesRubbish_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("binary") << QByteArray("\0\xff\xfe\n\x01", 5);
        QTest::newRow("words") << QByteArray("some thing else\nentirely\n");
        QTest::newRow("long") << QByteArray(1 << 20, 'x');
    }

    void refusesRubbish()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseCpuTimes(text));
        QVERIFY(!parseMemory(text));
        QVERIFY(!parseLoad(text));
        QVERIFY(!parsePressure(text));
        QVERIFY(!parseUptime(text));
        QVERIFY(!parseInterfaces(text));
        QVERIFY(!parseMounts(text) || parseMounts(text)->isEmpty());
        QVERIFY(!parseDiskstats(text) || parseDiskstats(text)->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestHostProbes)
#include "tst_hostprobes.moc"
