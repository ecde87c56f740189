// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/serverfacts.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

class TestServerFacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void readsTheKernelsFiles()
    {
        QTemporaryDir proc;
        write(proc.filePath(u"cpuinfo"_s),
              "processor\t: 0\nmodel name\t: Some CPU @ 2.40GHz\nflags\t\t: fpu\n");
        write(proc.filePath(u"meminfo"_s), "MemTotal:       16384000 kB\nMemFree:        1 kB\n");
        write(proc.filePath(u"stat"_s), "cpu  1 2 3\nbtime 1700000000\nprocesses 7\n");
        const ServerInfo info = collectServerFacts({proc.path(), u"/nonexistent"_s}, proc.path());
        QCOMPARE(info.cpuModel, u"Some CPU @ 2.40GHz"_s);
        QCOMPARE(info.memoryTotal, 16384000LL * 1024);
        QCOMPARE(info.bootTime, 1700000000000LL);
        QVERIFY(!info.hostname.isEmpty() && !info.kernel.isEmpty() && !info.architecture.isEmpty());
        QVERIFY(!info.machineId.isEmpty() && !info.os.isEmpty() && !info.virtualization.isEmpty());
        QVERIFY(*info.cpuCount > 0);
        QVERIFY(!info.started && !info.lease && info.session.isEmpty());
    }

    void leavesAbsentWhatIsNotTold()
    {
        QTemporaryDir proc;
        write(proc.filePath(u"meminfo"_s), "MemTotal: rubbish\n");
        const ServerInfo info = collectServerFacts({proc.path(), proc.path()}, proc.path());
        QVERIFY(info.cpuModel.isEmpty());
        QVERIFY(!info.memoryTotal);
        QVERIFY(!info.bootTime);
    }

    void tellsFactsFromWhatChangesAtEachStart()
    {
        ServerInfo one = collectServerFacts({}, {});
        ServerInfo other = one;
        other.session = u"s"_s;
        other.started = other.updated = other.lease = 5;
        QVERIFY(haveSameFacts(one, other));
        other.kernel += u'x';
        QVERIFY(!haveSameFacts(one, other));
    }
};

QTEST_GUILESS_MAIN(TestServerFacts)
#include "tst_serverfacts.moc"
