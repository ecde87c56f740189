// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/selfmonitor.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSelfMonitor : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void measuresItsCpuAndMemory()
    {
        SelfMonitor self;
        QVERIFY(!self.takeCost(0).cpu);
        volatile quint64 work = 0;
        for (int i = 0; i < 10'000'000; ++i)
            work = work + quint64(i);
        self.look({});
        const Workload::Agent cost = self.takeCost(3);
        QVERIFY(cost.cpu && *cost.cpu > 0);
        QVERIFY(cost.rss && *cost.rss > 1'000'000 && *cost.rss < 10'000'000'000);
        QCOMPARE(cost.skipped, std::optional<qint64>(3));
    }

    void tellsHowLongTheLastRoundTook()
    {
        SelfMonitor self;
        QVERIFY(!self.takeCost(0).round);
        {
            const ProbeTimer round = self.timeRound();
            QVERIFY(!self.takeCost(0).round); // this one is not over
        }
        const ProbeTimer next = self.timeRound();
        QVERIFY(self.takeCost(0).round.value_or(0) > 0);
    }

    void tellsTheEightProbesThatTookLongest()
    {
        SelfMonitor self;
        std::vector<ProbeTime> times(20);
        QList<ProbeTime *> pointers;
        for (int i = 0; i < 20; ++i) {
            times[size_t(i)] = {QString::number(i), std::chrono::milliseconds(i), false};
            pointers << &times[size_t(i)];
        }
        QVERIFY(self.look(pointers).isEmpty());
        const auto probes = self.takeCost(0).probes;
        QCOMPARE(probes.size(), 8);
        QCOMPARE(probes.value(u"19"_s), 19.0);
        QVERIFY(!probes.contains(u"11"_s));
        // They start anew, and are in one sample only.
        QVERIFY(self.takeCost(0).probes.isEmpty());
        self.look(pointers);
        QVERIFY(self.takeCost(0).probes.isEmpty());
    }

    void namesAProbeAboveItsBudgetOnce()
    {
        SelfMonitor self;
        ProbeTime quick{u"disk"_s, 99ms, false}, slow{u"mysql:3306"_s, 812ms, false};
        const QList<SlowProbe> told = self.look({&quick, &slow});
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.first().name, u"mysql:3306"_s);
        QCOMPARE(told.first().took, 812);
        QVERIFY(told.first().sentence.startsWith(u"mysql:3306 took 812 ms"_s));
        slow.longest = 900ms;
        QVERIFY(self.look({&quick, &slow}).isEmpty());
        QCOMPARE(self.takeCost(0).probes.value(u"mysql:3306"_s), 900.0);
    }

    void aTimerKeepsTheLongestRun()
    {
        ProbeTime time;
        {
            const ProbeTimer timer(time);
        }
        QVERIFY(time.longest.count() > 0);
        time.longest = 1h;
        {
            const ProbeTimer timer(time);
        }
        QCOMPARE(time.longest, std::chrono::nanoseconds(1h));
    }
};

QTEST_GUILESS_MAIN(TestSelfMonitor)
#include "tst_selfmonitor.moc"
