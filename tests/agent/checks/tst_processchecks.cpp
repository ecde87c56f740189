// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"
#include "agent/events/processwatch.h"
#include "agent/probes/procsnapshot.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// Text checks on this machine's own processes: from a start through a kill -9 to a new start.
class TestProcessChecks : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QElapsedTimer m_clock;

    std::unique_ptr<ServiceProbe> probe(const QString &text)
    {
        auto made = makeServiceProbe({{u"dummy"_s, u"one"_s}, {}, {}, false}, TextCheck{text}, {});
        return made ? std::move(made).value() : nullptr;
    }

    static CheckResult ask(ServiceProbe &probe, const ProcSnapshot &processes)
    {
        std::optional<CheckResult> result;
        probe.check(processes, [&result](const CheckResult &answer) { result = answer; });
        return result.value_or(CheckResult::died(u"no answer"_s, {}));
    }

private Q_SLOTS:

    void init() { m_clock.start(); }

    void seesAProcessComeDieAndComeAgain()
    {
        const QString program
            = m_folder.filePath(u"twdummy%1"_s.arg(QCoreApplication::applicationPid()));
        QVERIFY(QFile::copy(u"/bin/sleep"_s, program));
        ProcSnapshot processes(u"/proc"_s);
        ProcessWatch watch;
        const auto check = probe(u"ps aux | grep %1 | wc -l"_s.arg(program.section(u'/', -1)));
        QVERIFY(check);
        QVERIFY(check->isProcessCheck());
        QVERIFY(processes.refresh(m_clock.elapsed()));
        QCOMPARE(ask(*check, processes).alive, std::optional(false));

        for (int round = 0; round < 2; ++round) {
            QProcess process;
            process.start(program, {u"1000"_s});
            QVERIFY(process.waitForStarted());
            QVERIFY(processes.refresh(m_clock.elapsed()));
            const CheckResult alive = ask(*check, processes);
            QCOMPARE(alive.alive, std::optional(true));
            QCOMPARE(alive.processes, QList<pid_t>{pid_t(process.processId())});

            watch.setWatched({alive.processes.begin(), alive.processes.end()});
            QList<pid_t> died;
            const auto connection = connect(&watch, &ProcessWatch::died, this,
                                            [&](const QList<pid_t> &pids) { died = pids; });
            const auto pid = pid_t(process.processId());
            process.kill();
            QTRY_COMPARE_WITH_TIMEOUT(died, QList<pid_t>{pid}, 10'000);
            disconnect(connection);
            processes.markDead(pid);
            const CheckResult dead = ask(*check, processes);
            QCOMPARE(dead.alive, std::optional(false));
            QCOMPARE(dead.code, u"process.count"_s);
            QVERIFY(dead.reason.contains(program.section(u'/', -1)));
            QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 10'000);
        }
    }
};

QTEST_GUILESS_MAIN(TestProcessChecks)
#include "tst_processchecks.moc"
