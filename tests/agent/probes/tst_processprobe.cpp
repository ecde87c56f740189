// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/listentable.h"
#include "agent/probes/probe.h"
#include "agent/probes/processrights.h"
#include "agent/probes/processworkload.h"
#include "agent/probes/procsnapshot.h"
#include "shared/core/steadyclock.h"
#include "tests/support/freeport.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestProcessProbe : public QObject
{
    Q_OBJECT

    static constexpr int patience = 20'000; // ms

    ProcSnapshot m_processes{u"/proc"_s};

    static std::unique_ptr<ServiceProbe> probe(const QJsonObject &parameters,
                                               bool isWorkload = false)
    {
        const ProbeCheck check{u"process"_s, parameters};
        for (const NamedServiceProbe &row : serviceProbes()) {
            if (qstrcmp(row.name, "process") != 0)
                continue;
            const auto workload = isWorkload ? std::optional<Check>(check) : std::nullopt;
            auto made = row.make({{u"a"_s, u"b"_s}, check, workload, false}, check, {});
            if (!made)
                qFatal("%s", qPrintable(made.error().text));
            return std::move(*made);
        }
        qFatal("there is no probe process");
    }

    CheckResult ask(ServiceProbe &probe)
    {
        m_processes.refresh(steadyMilliseconds());
        CheckResult result;
        probe.check(m_processes, [&result](const CheckResult &answer) { result = answer; });
        return result;
    }

    static std::unique_ptr<QProcess> start(const QString &program, const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        process->start(program, arguments);
        if (!process->waitForStarted(patience))
            qFatal("%s does not start", qPrintable(program));
        return process;
    }

    /// One that listens, and knows nothing else.
    static std::unique_ptr<QProcess> startListener(quint16 port)
    {
        return start(u"/usr/bin/python3"_s,
                     {u"-c"_s,
                      u"import socket,time; s=socket.create_server(('127.0.0.1',%1)); "
                      "time.sleep(300)"_s.arg(port)});
    }

private Q_SLOTS:

    void findsAProcessByTheFileItRuns()
    {
        const QTemporaryDir folder;
        const QString program = folder.filePath(u"own-daemon"_s);
        QVERIFY(QFile::copy(
            QFile::exists(u"/usr/bin/sleep"_s) ? u"/usr/bin/sleep"_s : u"/bin/sleep"_s, program));
        const auto check = probe({{u"executable"_s, program}});
        QCOMPARE(ask(*check).code, u"process.count"_s);
        const auto daemon
            = start(u"/bin/bash"_s, {u"-c"_s, u"exec -a other-name %1 300"_s.arg(program)});
        QTRY_COMPARE_WITH_TIMEOUT(ask(*check).alive, std::optional(true), patience);
        QCOMPARE(ask(*check).processes, QList<pid_t>{pid_t(daemon->processId())});
        QVERIFY(QFile::remove(program)); // a package's update replaces it
        QCOMPARE(ask(*probe({{u"executable"_s, program}})).alive, std::optional(true));
    }

    void knowsWhoseProcessItIs()
    {
        const auto sleeper = start(u"sleep"_s, {u"314159"_s});
        const QString me = QString::fromUtf8([] {
            ProcSnapshot processes(u"/proc"_s);
            processes.refresh(0);
            return processes.find(getpid())->user;
        }());
        const auto mine = probe({{u"arguments"_s, u"314159"_s}, {u"user"_s, me}});
        QTRY_COMPARE_WITH_TIMEOUT(ask(*mine).alive, std::optional(true), patience);
        const CheckResult other
            = ask(*probe({{u"arguments"_s, u"314159"_s}, {u"user"_s, u"no-such-user"_s}}));
        QCOMPARE(other.alive, std::optional(false));
        QVERIFY2(other.reason.contains(u"of no-such-user"_s), qPrintable(other.reason));
    }

    void tellsWhenAPortIsSomebodyElses()
    {
        const quint16 port = freePort();
        const auto listener = startListener(port);
        const auto sleeper = start(u"sleep"_s, {u"271828"_s});
        const auto owner = probe({{u"arguments"_s, u"time.sleep(300)"_s}, {u"port"_s, port}});
        QTRY_COMPARE_WITH_TIMEOUT(ask(*owner).alive, std::optional(true), patience);
        const auto other = probe({{u"arguments"_s, u"271828"_s}, {u"port"_s, port}});
        const CheckResult result = ask(*other);
        QCOMPARE(result.code, u"process.portowner"_s);
        QVERIFY2(result.reason.startsWith(u"port %1 is another program's"_s.arg(port)),
                 qPrintable(result.reason));
        const auto anybody = probe({{u"port"_s, port}});
        QCOMPARE(ask(*anybody).alive, std::optional(true));
        QVERIFY(ask(*anybody).processes.contains(pid_t(listener->processId())));
        listener->kill();
        listener->waitForFinished(patience);
        m_processes.markDead(pid_t(listener->processId()));
        QTRY_COMPARE_WITH_TIMEOUT(ask(*anybody).code, u"process.port"_s, patience);
    }

    void aChildMayListenForIt()
    {
        const quint16 port = freePort();
        const auto safe = start(u"/bin/sh"_s,
                                {u"-c"_s,
                                 u"/usr/bin/python3 -c 'import socket,time; "
                                 u"s=socket.create_server((\"127.0.0.1\",%1)); "
                                 "time.sleep(300)'; true"_s.arg(port),
                                 u"safe-wrapper"_s});
        const auto check = probe({{u"arguments"_s, u"safe-wrapper"_s}, {u"port"_s, port}});
        QTRY_COMPARE_WITH_TIMEOUT(ask(*check).alive, std::optional(true), patience);
    }

    void measuresWhatProcessesUse()
    {
        const auto busy = start(u"/bin/sh"_s, {u"-c"_s, u"while :; do :; done # 141421"_s});
        const auto check = probe({{u"arguments"_s, u"# 141421"_s}}, true);
        QTRY_COMPARE_WITH_TIMEOUT(ask(*check).alive, std::optional(true), patience);
        const auto usesCpu = [&] { return ask(*check).info.value(u"cpu"_s).toDouble() > 0; };
        QVERIFY(QTest::qWaitFor(usesCpu, patience));
        const QJsonObject info = ask(*check).info;
        QCOMPARE(info.value(u"processes"_s).toInt(), 1);
        QCOMPARE(info.value(u"threads"_s).toInt(), 1);
        QVERIFY(info.value(u"memory"_s).toDouble() > 100'000);
        const double age
            = double(QDateTime::currentMSecsSinceEpoch()) - info.value(u"since"_s).toDouble();
        QVERIFY2(age > -2000 && age < 4 * patience, qPrintable(QString::number(age)));
        QCOMPARE(probe({{u"arguments"_s, u"# 141421"_s}})->description(),
                 check->description()); // the same question
        QVERIFY(ask(*probe({{u"arguments"_s, u"# 141421"_s}})).info.isEmpty());
    }

    void countsCpuOfSavedProcesses()
    {
        const QTemporaryDir folder;
        const auto write = [&folder](int pid, const QByteArray &ticks, const QByteArray &start) {
            QDir(folder.path()).mkpath(QString::number(pid));
            QFile file(folder.filePath(QString::number(pid) + u"/stat"_s));
            if (!file.open(QIODevice::WriteOnly))
                qFatal("cannot write");
            file.write(QByteArray::number(pid) + " (a) b) S 1 1 1 0 -1 0 0 0 0 0 " + ticks
                       + " 0 0 20 0 3 0 " + start + " 4096 10\n");
        };
        const double perTick = 1000.0 / double(sysconf(_SC_CLK_TCK));
        write(7, "100 50", "500");
        write(8, "10 0", "400");
        ProcessWorkload workload(folder.path());
        const QJsonObject first = workload.measure({7, 8, 9}, 1000);
        QCOMPARE(first.value(u"processes"_s).toInt(), 2);
        QVERIFY(!first.contains(u"cpu"_s));
        QCOMPARE(first.value(u"threads"_s).toInt(), 6);
        QCOMPARE(first.value(u"memory"_s).toDouble(), 20.0 * double(sysconf(_SC_PAGESIZE)));
        write(7, "120 60", "500");
        write(8, "5 0", "900"); // the pid is used again
        const QJsonObject second = workload.measure({7, 8}, 2000);
        QCOMPARE(second.value(u"cpu"_s).toDouble(), 100.0 * double(qint64(35 * perTick)) / 1000);
        QVERIFY(second.value(u"since"_s).toDouble() > first.value(u"since"_s).toDouble());
    }

    void saysWhatMayNotBeRead()
    {
        const pid_t child = fork();
        if (child == 0) { // nobody, or whoever runs the test, is not the owner of process 1
            const bool isOther = geteuid() != 0 || setresuid(65534, 65534, 65534) == 0;
            const ProcessRights rights = findProcessRights(u"/proc"_s);
            const bool isDenied = !executableOf("/proc", 1) && !socketsOf(u"/proc"_s, 1);
            const bool isTold = rights.sentences().join(u' ').contains(u"CAP_SYS_PTRACE"_s);
            _exit(isOther && !rights.readsAll && isDenied && isTold ? 0 : 1);
        }
        int status = -1;
        waitpid(child, &status, 0);
        QCOMPARE(status, 0);
        QVERIFY(executableOf("/proc", getpid())->endsWith("tst_processprobe"));
        QVERIFY(executableOf("/proc", 999'999'999)->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProcessProbe)
#include "tst_processprobe.moc"
