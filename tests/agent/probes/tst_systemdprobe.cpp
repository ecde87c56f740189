// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/procsnapshot.h"
#include "agent/probes/systemdunits.h"
#include "agent/probes/unitverdict.h"
#include "shared/core/steadyclock.h"
#include "tests/support/mockedsystemd.h"

#include <QProcess>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int busPatience = 30'000; // ms

} // namespace

/// Asks a systemd that does as it is told.
class TestSystemdProbe : public QObject
{
    Q_OBJECT

    std::unique_ptr<MockedSystemd> m_systemd;
    ProcSnapshot m_processes{u"/proc"_s};
    ProbeContext m_context;
    int m_changes = 0;

    void tell(const QByteArray &command) { m_systemd->tell(command); }

    std::unique_ptr<ServiceProbe> probe(const QJsonObject &parameters, double timeout = 10)
    {
        const ProbeCheck check{u"systemd"_s, parameters, timeout};
        for (const NamedServiceProbe &row : serviceProbes()) {
            if (qstrcmp(row.name, "systemd") != 0)
                continue;
            auto made
                = row.make({{u"monitor"_s, u"default"_s}, check, {}, false}, check, m_context);
            if (!made)
                qFatal("%s", qPrintable(made.error().text));
            (*made)->changed = [this] { ++m_changes; };
            return std::move(*made);
        }
        qFatal("there is no probe systemd");
    }

    CheckResult ask(ServiceProbe &probe)
    {
        m_processes.refresh(steadyMilliseconds());
        std::optional<CheckResult> result;
        probe.check(m_processes, [&result](const CheckResult &answer) { result = answer; });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 2 * busPatience))
            qFatal("no answer from the probe");
        return result.value_or(CheckResult());
    }

private Q_SLOTS:

    void init()
    {
        m_systemd = std::make_unique<MockedSystemd>();
        m_context.systemd = std::make_shared<SystemdUnits>(m_systemd->address());
        m_changes = 0;
    }

    void cleanup()
    {
        m_context.systemd.reset();
        m_systemd.reset();
    }

    void tellsTheStateOfAUnit()
    {
        tell("unit nginx.service loaded active running success 4711");
        tell("unit broken.service loaded failed failed exit-code 0");
        tell("unit off.service masked inactive dead success 0");
        const CheckResult good = ask(*probe({{u"unit"_s, u"nginx.service"_s}}));
        QVERIFY2(good.alive == true, qPrintable(good.reason));
        QCOMPARE(good.processes, QList<pid_t>{4711});
        QCOMPARE(good.info.value(u"restarts"_s).toInt(), 3);
        QCOMPARE(good.info.value(u"since"_s).toDouble(), 1'700'000'000'000.0);
        QVERIFY(!good.info.contains(u"memory"_s)); // systemd does not count it
        const CheckResult broken = ask(*probe({{u"unit"_s, u"broken.service"_s}}));
        QCOMPARE(broken.reason,
                 u"the unit broken.service is failed (failed), its result is exit-code 5"_s);
        QCOMPARE(broken.code, u"systemd.state"_s);
        QCOMPARE(ask(*probe({{u"unit"_s, u"off.service"_s}})).reason,
                 u"the unit off.service is masked (dead)"_s);
        QCOMPARE(ask(*probe({{u"unit"_s, u"none.service"_s}})).code, u"systemd.missing"_s);
    }

    void noticesAChangeAtOnce()
    {
        tell("unit nginx.service loaded active running success 0");
        const auto check = probe({{u"unit"_s, u"nginx.service"_s}});
        QCOMPARE(ask(*check).alive, std::optional(true));
        QCOMPARE(ask(*check).alive, std::optional(true)); // not asked again
        QCOMPARE(m_changes, 0);
        tell("unit other.service loaded failed failed signal 0");
        tell("unit nginx.service loaded failed failed signal 0");
        QTRY_COMPARE_WITH_TIMEOUT(m_changes, 1, busPatience);
        QCOMPARE(ask(*check).alive, std::optional(false));
        tell("unit nginx.service loaded active running success 0");
        QTRY_COMPARE_WITH_TIMEOUT(m_changes, 2, busPatience);
        QCOMPARE(ask(*check).alive, std::optional(true));
    }

    void asksAgainWhenTheMainProcessIsGone()
    {
        QProcess main;
        main.start(u"sleep"_s, {u"300"_s});
        QVERIFY(main.waitForStarted(busPatience));
        const auto pid = pid_t(main.processId());
        tell("unit a.service loaded active running success " + QByteArray::number(pid));
        const auto check = probe({{u"unit"_s, u"a.service"_s}});
        QCOMPARE(ask(*check).processes, QList<pid_t>{pid});
        QCOMPARE(ask(*check).processes, QList<pid_t>{pid});
        main.kill();
        main.waitForFinished(busPatience);
        m_processes.markDead(pid);
        // systemd has not seen it yet: the dead one is not watched again and again.
        QVERIFY(ask(*check).processes.isEmpty());
    }

    void tellsWhatFailedOnTheHost()
    {
        const auto check = probe({});
        QCOMPARE(ask(*check).alive, std::optional(true));
        tell("unit b.service loaded failed failed exit-code 0");
        tell("unit a.timer loaded failed failed resources 0");
        tell("job failed");
        QTRY_COMPARE_WITH_TIMEOUT(m_changes, 1, busPatience);
        const CheckResult result = ask(*check);
        QCOMPARE(result.alive, std::optional(false));
        QCOMPARE(result.reason, u"units that failed: a.timer, b.service (2)"_s);
        tell("job done");
        QCOMPARE(m_changes, 1);
    }

    void isUnknownWithoutABusOrSystemd()
    {
        m_systemd->stopSystemd();
        const CheckResult without = ask(*probe({{u"unit"_s, u"nginx.service"_s}}));
        QCOMPARE(without.alive, std::nullopt);
        QCOMPARE(without.code, u"systemd.bus"_s);
        m_systemd->stopBus();
        m_context.systemd = std::make_shared<SystemdUnits>(m_systemd->address());
        const auto check = probe({});
        QCOMPARE(ask(*check).code, u"systemd.bus"_s);
        QVERIFY2(check->description().contains(u"there is no system bus"_s),
                 qPrintable(check->description()));
        m_systemd->startBus(); // as when the host starts
        m_systemd->startSystemd();
        tell("unit nginx.service loaded active running success 0");
        QTRY_COMPARE_WITH_TIMEOUT(ask(*probe({{u"unit"_s, u"nginx.service"_s}})).alive,
                                  std::optional(true), busPatience);
    }

    void isUnknownWhileTheBusHangs()
    {
        m_systemd->signalBus(SIGSTOP);
        const auto check = probe({{u"unit"_s, u"nginx.service"_s}}, 0.2);
        const CheckResult result = ask(*check);
        QCOMPARE(result.alive, std::nullopt);
        QCOMPARE(result.code, u"systemd.timeout"_s);
        m_systemd->signalBus(SIGCONT);
        tell("unit nginx.service loaded active running success 0");
        QTRY_COMPARE_WITH_TIMEOUT(ask(*probe({{u"unit"_s, u"nginx.service"_s}})).alive,
                                  std::optional(true), busPatience);
    }

    void isUnknownWhileSystemdHangs()
    {
        tell("quiet");
        QCOMPARE(ask(*probe({{u"unit"_s, u"nginx.service"_s}}, 0.2)).code, u"systemd.timeout"_s);
    }

    void connectsAgainAfterTheBusRestarted()
    {
        tell("unit nginx.service loaded active running success 0");
        QCOMPARE(ask(*probe({{u"unit"_s, u"nginx.service"_s}})).alive, std::optional(true));
        m_systemd->stopSystemd();
        m_systemd->stopBus();
        m_systemd->startBus();
        m_systemd->startSystemd();
        tell("unit nginx.service loaded failed failed signal 0");
        QTRY_COMPARE_WITH_TIMEOUT(ask(*probe({{u"unit"_s, u"nginx.service"_s}})).alive,
                                  std::optional(false), busPatience);
    }

    void aProbeMayGoWhileItsQuestionIsOut()
    {
        tell("quiet");
        {
            const auto check = probe({{u"unit"_s, u"nginx.service"_s}}, 0.3);
            check->check(m_processes, [](const CheckResult &) { QFAIL("nobody waits for it"); });
        }
        QTest::qWait(500);
    }

    void judgesHostileAnswers()
    {
        const CheckResult odd = judgeUnit({u"a.service\n"_s, {}, u"ac\x1btive"_s, {}, {}},
                                          {{u"Service.MainPID"_s, -1}});
        QCOMPARE(odd.alive, std::optional(false));
        QVERIFY(!odd.reason.contains(u'\n') && !odd.reason.contains(u'\x1b'));
        const CheckResult pid = judgeUnit({u"a.service"_s, {}, u"active"_s, {}, {}},
                                          {{u"Service.MainPID"_s, quint64(1) << 40}});
        QVERIFY(pid.alive == true && pid.processes.isEmpty());
        QList<SystemdUnit> many;
        for (int i = 0; i < 500; ++i)
            many << SystemdUnit{u"unit%1.service"_s.arg(i), {}, u"failed"_s, {}, {}};
        QVERIFY(judgeFailedUnits(many).reason.size() < 600);
    }
};

QTEST_GUILESS_MAIN(TestSystemdProbe)
#include "tst_systemdprobe.moc"
