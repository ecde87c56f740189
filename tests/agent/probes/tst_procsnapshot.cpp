// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/passwdfile.h"
#include "agent/probes/processmatcher.h"
#include "agent/probes/processstat.h"
#include "agent/probes/procsnapshot.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestProcSnapshot : public QObject
{
    Q_OBJECT

    static void writeProcess(const QDir &root, int pid, const QByteArray &line,
                             const QByteArray &startTime = "100")
    {
        root.mkpath(QString::number(pid));
        const auto write = [&](const QString &name, const QByteArray &text) {
            QFile file(root.filePath(u"%1/%2"_s.arg(pid).arg(name)));
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                qFatal("cannot write %s", qPrintable(file.fileName()));
        };
        write(u"cmdline"_s, line);
        write(u"stat"_s,
              QByteArray::number(pid) + " (x) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + startTime
                  + " 0 0\n");
    }

private Q_SLOTS:

    void readsOddNames()
    {
        ProcSnapshot processes(QStringLiteral(FIXTURES "/proc"));
        QVERIFY(processes.refresh(0));
        QCOMPARE(processes.total(), 18);
        QCOMPARE(processes.processes().size(), size_t(17)); // without the zombie
        QVERIFY(!processes.find(800));
        QCOMPARE(processes.find(2)->commandLine, QByteArray("[kthreadd]"));
        QCOMPARE(processes.find(77)->commandLine, QByteArray("/opt/odd dir/a b) c --name=x y"));
        QCOMPARE(processes.find(77)->startTime, quint64(1077));
        QCOMPARE(processes.find(900)->commandLine, QByteArray("/opt/evil line?break memcached?x"));
        QCOMPARE(processes.find(301)->parent, 300);
        QVERIFY(processes.find(77)->runs("a b) c"));
        QVERIFY(processes.find(300)->runs("mysqld_safe") && processes.find(300)->runs("sh"));
        QVERIFY(processes.find(400)->runs("redis-server") && !processes.find(400)->runs("server"));
        QVERIFY(processes.find(500)->runs("nginx") && processes.find(200)->runs("sshd"));
        QVERIFY(!processes.find(702)->runs("default.vcl"));
    }

    void seesProcessesComeGoAndExec()
    {
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        QProcess shell;
        shell.start(u"/bin/sh"_s, {u"-c"_s, u"read line; exec sleep 4711"_s});
        QVERIFY(shell.waitForStarted());
        const auto pid = pid_t(shell.processId());
        QVERIFY(processes.refresh(1000));
        QVERIFY(processes.find(pid));
        const quint64 revision = processes.revision();
        shell.write("\n");
        qint64 now = 1000;
        QTRY_VERIFY_WITH_TIMEOUT(processes.refresh(now += 1000)
                                     && processes.find(pid)->commandLine == "sleep 4711",
                                 10'000);
        QVERIFY(processes.revision() > revision);
        shell.kill();
        QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 10'000);
        QVERIFY(processes.refresh(now + 6000));
        QVERIFY(!processes.find(pid));
    }

    /// Nobody came between the two looks, and the number of threads alone tells that one left.
    void seesAProcessGoWhileNobodyComes()
    {
        const pid_t child = fork();
        if (child == 0) {
            pause();
            _exit(0);
        }
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        QVERIFY(processes.find(child));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        QVERIFY(processes.refresh(6000));
        QVERIFY(!processes.find(child));
    }

    /// Out of descriptors nothing can be read, and nobody has died of it.
    void takesNobodyForDeadThatCannotBeRead()
    {
        const auto start = [] {
            const pid_t child = fork();
            if (child == 0) {
                pause();
                _exit(0);
            }
            return child;
        };
        const pid_t early = start();
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        const pid_t late = start();
        rlimit limit{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
        const rlimit none{0, limit.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &none), 0);
        const bool isRead = processes.refresh(70'000); // by now all are read again
        const bool isEarlyThere = processes.find(early), isLateThere = processes.find(late);
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
        QVERIFY(isRead && isEarlyThere && !isLateThere);
        QVERIFY(processes.refresh(70'001));
        QVERIFY(processes.find(early) && processes.find(late));
        for (const pid_t child : {early, late}) {
            kill(child, SIGKILL);
            waitpid(child, nullptr, 0);
        }
        QVERIFY(processes.refresh(140'000));
        QVERIFY(!processes.find(early) && !processes.find(late));
    }

    void countsZombiesInTheTotalOnly()
    {
        const pid_t child = fork();
        if (child == 0)
            _exit(0);
        siginfo_t info{};
        QCOMPARE(waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT), 0);
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        QVERIFY(!processes.find(child));
        QVERIFY(size_t(processes.total()) > processes.processes().size());
        QCOMPARE(processes.stateOf(child), 'Z');
        waitpid(child, nullptr, 0);
        QCOMPARE(processes.stateOf(child), '\0');
    }

    void keepsADeadProcessOutWhileItsZombieStays()
    {
        const pid_t child = fork();
        if (child == 0) {
            pause();
            _exit(0);
        }
        ProcSnapshot processes(u"/proc"_s);
        QVERIFY(processes.refresh(0));
        QVERIFY(processes.find(child));
        kill(child, SIGKILL);
        processes.markDead(child);
        QVERIFY(!processes.find(child));
        QVERIFY(processes.refresh(6000));
        QVERIFY(!processes.find(child));
        waitpid(child, nullptr, 0);
    }

    void seesAPidThatIsUsedAgain()
    {
        QTemporaryDir folder;
        const QDir root(folder.path());
        writeProcess(root, 100, "first");
        ProcSnapshot processes(folder.path());
        QVERIFY(processes.refresh(0));
        QVERIFY(QDir(root).rename(u"100"_s,
                                  u"old"_s)); // keeps its inode, so that the next one gets another
        writeProcess(root, 100, "second", "200");
        QVERIFY(processes.refresh(1000));
        QCOMPARE(processes.find(100)->commandLine, QByteArray("second"));
        QCOMPARE(processes.find(100)->startTime, quint64(200));
    }

    void readsAllLinesAgainWithinHalfAMinute()
    {
        QTemporaryDir folder;
        const QDir root(folder.path());
        for (int pid = 1; pid <= 50; ++pid)
            writeProcess(root, pid, "before");
        ProcSnapshot processes(folder.path());
        QVERIFY(processes.refresh(0));
        for (int pid = 1; pid <= 50; ++pid)
            writeProcess(root, pid, "after");
        for (qint64 now = 1000; now <= 31'000; now += 1000)
            QVERIFY(processes.refresh(now));
        for (const Process &process : processes.processes())
            QCOMPARE(process.commandLine, QByteArray("after"));
    }

    void tellsWhenNothingChanged()
    {
        QTemporaryDir folder;
        writeProcess(QDir(folder.path()), 1, "x");
        ProcSnapshot processes(folder.path());
        QVERIFY(processes.refresh(0));
        const quint64 revision = processes.revision();
        QVERIFY(processes.refresh(1000));
        QCOMPARE(processes.revision(), revision);
    }

    void saysWhenProcCannotBeRead() { QVERIFY(!ProcSnapshot(u"/nowhere"_s).refresh(0)); }

    void matcherJudgesEachLineOnce()
    {
        ProcSnapshot processes(QStringLiteral(FIXTURES "/proc"));
        QVERIFY(processes.refresh(0));
        int judged = 0;
        ProcessMatcher matcher([&judged](const Process &process) {
            ++judged;
            return process.runs("nginx");
        });
        QCOMPARE(matcher.match(processes), (QList<pid_t>{500, 501}));
        QCOMPARE(judged, 17);
        processes.markDead(500);
        QCOMPARE(matcher.match(processes), (QList<pid_t>{501}));
        QCOMPARE(judged, 17);
    }

    void refusesStatsThatAreNone()
    {
        for (const char *text : {"", "1", "1 (x", "1 (x) S 1",
                                 "1 )x( S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
                                 "1 (x) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 never 0 0"})
            QVERIFY(!parseProcessStat(text));
    }

    void readsNamesOfUsers()
    {
        const auto names = parsePasswd(
            "root:x:0:0::/:/bin/sh\nrubbish\ntoor:x:0:0::/:\nwww-data:x:33:33::/:\n:::\n");
        QCOMPARE(names.value(0), QByteArray("root"));
        QCOMPARE(names.value(33), QByteArray("www-data"));
        QCOMPARE(names.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestProcSnapshot)
#include "tst_procsnapshot.moc"
