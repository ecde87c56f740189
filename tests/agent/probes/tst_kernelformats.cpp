// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/cpuprobe.h"
#include "agent/probes/host/diskprobe.h"
#include "agent/probes/host/filesystemprobe.h"
#include "agent/probes/host/loadprobe.h"
#include "agent/probes/host/memoryprobe.h"
#include "agent/probes/host/networkprobe.h"
#include "agent/probes/host/pressureprobe.h"
#include "agent/probes/host/uptimeprobe.h"
#include "agent/probes/probe.h"
#include "agent/probes/processstat.h"
#include "agent/probes/procsnapshot.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

/// What the files of one kernel say. Sizes in KiB, as the kernel writes them.
struct KernelRow
{
    const char *name;
    QList<quint64> cpu; ///< user, nice, system, idle, iowait, irq, softirq, steal
    int cores, running, blocked;
    std::optional<qint64> total, available, used, cached, swapTotal, swapUsed; ///< memory
    QList<double> load;
    qint64 uptime;
    std::optional<double> pressure; ///< of the processor
    QByteArray disk; ///< one of the devices, or empty
    qsizetype disks;
    DiskCounters counters;
    QByteArray interface;
    qsizetype interfaces;
    InterfaceCounters traffic;
    QByteArrayList mounts;
};

const QList<KernelRow> &kernelRows()
{
    // clang-format off
    static const QList<KernelRow> rows{
        {"centos6-2.6.32",
         {84113, 1290, 41210, 98120440, 20133, 88, 1904, 0}, 2, 1, 0,
         3916504, {}, {}, 2110332, 4063224, 3124, // before 3.14 there is no MemAvailable
         {0.08, 0.03, 0.01}, 491203, {},
         "cciss/c0d0", 5, {4102330 * 512ULL, 52801234 * 512ULL, 1002331},
         "eth0", 3, {3289141234, 918273645, 4},
         {"/", "/boot"}},
        {"centos7-3.10",
         {10132153, 290696, 3084719, 46828483, 16683, 0, 25195, 175628}, 4, 3, 1,
         16266324, 9123400, 7142924, 8421096, 2097148, 97148,
         {1.52, 1.31, 1.20}, 1201331, {},
         "sda", 5, {33010220 * 512ULL, 410220110 * 512ULL, 3302210},
         "eth0", 3, {8812033441, 1203344120, 0},
         {"/", "/boot"}},
        {"debian10-4.19",
         {2255, 34, 2290, 22625563, 6290, 127, 456, 12}, 2, 2, 0,
         2043220, 1203344, 839876, 980112, 0, 0,
         {0.00, 0.01, 0.05}, 113100, {},
         "vda", 2, {4102204 * 512ULL, 9012204 * 512ULL, 120331},
         "ens3", 3, {120331220, 33012204, 0},
         {"/"}},
        {"debian12-6.1", // the third of four processors is offline
         {301220, 1204, 90122, 5120334, 4402, 0, 2204, 0}, 3, 1, 2,
         65786880, 50122044, 15664836, 30122044, 8388604, 0,
         {12.50, 10.02, 8.75}, 51203, 12.34,
         "nvme0n1", 4, {90122044 * 512ULL, 201220440 * 512ULL, 501220},
         "wg0", 3, {120331, 90122, 5},
         {"/", "/boot/efi", "/tank"}},
        {"lxc-lxcfs",
         {4112, 0, 1204, 901220, 0, 0, 0, 0}, 2, 4, 0,
         524288, 401220, 123068, 100000, 0, 0,
         {0.20, 0.10, 0.05}, 9053, {},
         "", 0, {},
         "eth0", 2, {90122, 30122, 0},
         {"/", "/data"}},
    };
    // clang-format on
    return rows;
}

std::optional<qint64> bytes(std::optional<qint64> kibibytes)
{
    return kibibytes ? std::optional(*kibibytes * 1024) : std::nullopt;
}

} // namespace

/// The same probe on the files of kernels and distributions that write them differently.
class TestKernelFormats : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QDir m_root{m_folder.path()};

    static QByteArray saved(const KernelRow &row, const QString &name)
    {
        QFile file(QStringLiteral(FIXTURES "/kernels/") + QLatin1StringView(row.name) + u'/'
                   + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void write(const QString &name, const QByteArray &text)
    {
        m_root.mkpath(name.section(u'/', 0, -2));
        QFile file(m_root.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }

    void writeProcess(int pid, const QByteArray &name, const QByteArray &arguments,
                      char state = 'S')
    {
        write(u"%1/cmdline"_s.arg(pid), arguments);
        write(u"%1/stat"_s.arg(pid),
              QByteArray::number(pid) + " (" + name + ") " + state
                  + " 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 " + QByteArray::number(1000 + pid)
                  + " 0 0\n");
    }

private Q_SLOTS:

    void init() { QVERIFY(m_root.removeRecursively() && m_root.mkpath(u"."_s)); }

    void readsEveryFile_data()
    {
        QTest::addColumn<qsizetype>("index");
        for (qsizetype i = 0; i < kernelRows().size(); ++i)
            QTest::newRow(kernelRows().at(i).name) << i;
    }

    void readsEveryFile()
    {
        QFETCH(qsizetype, index);
        const KernelRow &row = kernelRows().at(index);
        const auto cpu = parseCpuTimes(saved(row, u"stat"_s));
        QVERIFY(cpu.isOk());
        QCOMPARE((QList<quint64>{cpu->user, cpu->nice, cpu->system, cpu->idle, cpu->iowait,
                                 cpu->irq, cpu->softirq, cpu->steal}),
                 row.cpu);
        QCOMPARE(cpu->cores, row.cores);
        QCOMPARE(cpu->running, std::optional(row.running));
        QCOMPARE(cpu->blocked, std::optional(row.blocked));

        const auto memory = parseMemory(saved(row, u"meminfo"_s));
        QVERIFY(memory.isOk());
        QCOMPARE(memory->total, bytes(row.total));
        QCOMPARE(memory->available, bytes(row.available));
        QCOMPARE(memory->used, bytes(row.used));
        QCOMPARE(memory->cached, bytes(row.cached));
        QCOMPARE(memory->swapTotal, bytes(row.swapTotal));
        QCOMPARE(memory->swapUsed, bytes(row.swapUsed));

        QCOMPARE(parseLoad(saved(row, u"loadavg"_s)).value(), row.load);
        QCOMPARE(parseUptime(saved(row, u"uptime"_s)).value(), row.uptime);
        const auto pressure = parsePressure(saved(row, u"pressure/cpu"_s));
        QCOMPARE(pressure ? std::optional(*pressure) : std::nullopt, row.pressure);

        const auto disks = parseDiskstats(saved(row, u"diskstats"_s));
        QVERIFY(disks.isOk());
        QCOMPARE(disks->size(), row.disks);
        const DiskCounters disk = disks->value(row.disk);
        QCOMPARE(disk.readBytes, row.counters.readBytes);
        QCOMPARE(disk.writtenBytes, row.counters.writtenBytes);
        QCOMPARE(disk.busyMilliseconds, row.counters.busyMilliseconds);

        const auto interfaces = parseInterfaces(saved(row, u"net/dev"_s));
        QVERIFY(interfaces.isOk());
        QCOMPARE(interfaces->size(), row.interfaces);
        const InterfaceCounters traffic = interfaces->value(row.interface);
        QCOMPARE(traffic.received, row.traffic.received);
        QCOMPARE(traffic.transmitted, row.traffic.transmitted);
        QCOMPARE(traffic.errors, row.traffic.errors);

        const auto mounts = parseMounts(saved(row, u"self/mountinfo"_s));
        QVERIFY(mounts.isOk());
        QByteArrayList paths;
        for (const Mount &mount : *mounts)
            paths << mount.path;
        QCOMPARE(paths, row.mounts);
    }

    /// A machine of 256 processors: its /proc/stat is larger than a page by far.
    void reads256Processors()
    {
        QByteArray stat("cpu  256000 0 512000 10240000 0 0 0 0 0 0\n");
        for (int i = 0; i < 256; ++i)
            stat += "cpu" + QByteArray::number(i) + " 1000 0 2000 40000 0 0 0 0 0 0\n";
        stat += "intr 12345678901" + QByteArray(" 0").repeated(4096)
            + "\nctxt 1\nbtime 1700000000\nprocesses 1\nprocs_running 257\nprocs_blocked 3\n";
        write(u"proc/stat"_s, stat);
        const ProbeContext context{m_root.filePath(u"proc"_s), m_root.filePath(u"sys"_s)};
        const ProcSnapshot processes(context.procRoot);
        Workload workload;
        std::unique_ptr<HostProbe> cpu;
        for (const NamedHostProbe &probe : hostProbes()) {
            if (QByteArrayView(probe.name) == "cpu")
                cpu = probe.make(context, processes);
        }
        cpu->sample(workload, 0);
        QCOMPARE(workload.cpu.cores, std::optional(256));
        QCOMPARE(workload.processes.running, std::optional(257));
        QCOMPARE(workload.processes.blocked, std::optional(3));
        write(u"proc/stat"_s,
              stat.replace("cpu  256000 0 512000 10240000", "cpu  256256 0 512256 10240512"));
        cpu->sample(workload, 1000);
        QCOMPARE(workload.cpu.busy, std::optional(50.0));
    }

    void leavesOutLinesThatLackFields()
    {
        QCOMPARE(
            parseDiskstats("8 0 sda 1 2 3\n8 16 sdb 1 2 3 4 5 6 7 8 9 10 11\n8 17 sdb1 1 2 3 4\n")
                ->keys(),
            QByteArrayList{"sdb"}); // partitions had 4 fields before 2.6.25
        QCOMPARE(parseInterfaces(" eth0: 1 2 3\n eth1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n")
                     ->keys(),
                 QByteArrayList{"eth1"});
        QCOMPARE(parseMounts("1 2 8:1\n1 2 8:1 / / rw - ext4 /dev/sda1 rw\n")->size(), 1);
        const auto cpu = parseCpuTimes("cpu 1 2 3 4\n"); // 2.4
        QVERIFY(cpu.isOk());
        QCOMPARE(cpu->total(), quint64(10));
        QVERIFY(!cpu->running && !cpu->blocked);
        const auto memory = parseMemory("MemTotal: 100 kB\nMemAvailable: 200 kB\nSwapFree: x kB\n");
        QVERIFY(memory->total && !memory->used && !memory->swapUsed);
        QVERIFY(!parseMemory("MemTotal: -5 kB\n"));
    }

    void readsOddProcesses()
    {
        writeProcess(2, "kthreadd", {});
        writeProcess(3, "kworker/0:1H-kblockd", {}, 'I');
        writeProcess(10, ") S 1 (", QByteArray("/opt/) S 1 (\0x\0", 15));
        writeProcess(11, "two\nlines", QByteArray("/opt/two\nlines\0", 15));
        writeProcess(12, "", QByteArray("nameless\0", 9));
        writeProcess(13, "\xff\xfe\x01", QByteArray("\xff\xfe\x01\0", 4));
        writeProcess(14, "java", QByteArray(200'000, 'a'));
        writeProcess(15, "zombie", {}, 'Z');
        writeProcess(16, "dead", {}, 'X');
        writeProcess(17, "rewritten", QByteArray("title: all in one word without an end"));
        writeProcess(18, "empty", QByteArray("\0\0\0", 3));
        write(u"20/stat"_s, "20 (no fields\n");
        write(u"20/cmdline"_s, "x");
        write(u"21/stat"_s, "21 (no arguments) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0\n");
        m_root.mkpath(u"22/stat"_s); // what may not be read
        m_root.mkpath(u"23"_s);
        write(u"99999999999/stat"_s, "no pid");
        write(u"-5/stat"_s, "no pid");
        write(u"12abc/stat"_s, "no pid");

        ProcSnapshot processes(m_root.path());
        QVERIFY(processes.refresh(0));
        QList<pid_t> living;
        for (const Process &process : processes.processes())
            living << process.pid;
        QCOMPARE(living, (QList<pid_t>{2, 3, 10, 11, 12, 13, 14, 17, 18}));
        QCOMPARE(processes.total(), 15);
        QCOMPARE(processes.find(2)->commandLine, QByteArray("[kthreadd]"));
        QCOMPARE(processes.find(3)->name, QByteArray("kworker/0:1H-kblockd"));
        QCOMPARE(processes.find(3)->state, 'I');
        QCOMPARE(processes.find(10)->name, QByteArray(") S 1 ("));
        QCOMPARE(processes.find(10)->startTime, quint64(1010));
        QCOMPARE(processes.find(10)->commandLine, QByteArray("/opt/) S 1 ( x"));
        QCOMPARE(processes.find(11)->commandLine, QByteArray("/opt/two?lines"));
        QVERIFY(processes.find(12)->runs("nameless"));
        QCOMPARE(processes.find(14)->commandLine.size(), 64 * 1024);
        QVERIFY(processes.find(17)->runs("title"));
        QCOMPARE(processes.find(18)->commandLine, QByteArray());
    }

    void readsTheStatOfEveryKernel_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<quint64>("startTime"); // 0: refused
        const auto row
            = [](const char *kernel, const QByteArray &text, const QByteArray &name,
                 quint64 startTime) { QTest::newRow(kernel) << text << name << startTime; };
        row("2.6.32, 44 fields",
            "1201 (sshd) S 1 1201 1201 0 -1 4202816 1022 0 0 0 12 4 0 0 20 0 1 0 2210 67690496 301 "
            "18446744073709551615 1 1 0 0 0 0 0 4096 81925 18446744073709551615 0 0 17 1 0 0 0 0 "
            "0\n",
            "sshd", 2210);
        row("3.10, 52 fields",
            "881 (crond) S 1 881 881 0 -1 1077952576 1204 9012 0 0 41 20 9 12 20 0 1 0 901 "
            "129425408 "
            "412 18446744073709551615 94 94 14 14 14 0 0 0 81923 18446744073709551615 0 0 17 2 0 0 "
            "0 "
            "0 0 94 94 94 14 14 14 14 0\n",
            "crond", 901);
        row("6.1, kernel thread",
            "2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 3 0 0 20 0 1 0 12 0 0 "
            "18446744073709551615 0 0 0 0 0 0 0 2147483647 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
            "kthreadd", 12);
        row("hidden numbers", "7 (x) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 55", "x", 55);
        row("cut off", "7 (x) S 1 7 7 0 -1 0 0 0", {}, 0);
        row("no name", "7 x S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 55 0", {}, 0);
        row("no start", "7 (x) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 - 0", {}, 0);
    }

    void readsTheStatOfEveryKernel()
    {
        QFETCH(QByteArray, text);
        const auto stat = parseProcessStat(text);
        QTEST(stat ? stat->name : QByteArray(), "name");
        QTEST(stat ? stat->startTime : quint64(0), "startTime");
    }
};

QTEST_GUILESS_MAIN(TestKernelFormats)
#include "tst_kernelformats.moc"
