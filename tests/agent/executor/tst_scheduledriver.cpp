// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/scheduledriver.h"
#include "tests/agent/executor/executorbench.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3600 * 1000, day = 24 * hour;

constexpr char controlledNginx[]
    = R"({"nginx":{"default":{"restart":{"argv":["/bin/true"]}}},"ssh":{"default":{"stop":{"argv":["/bin/true"]}}}})";
constexpr char nightly[]
    = R"([{"id":"nightly","cron":"0 3 * * *","role":"nginx","instance":"default","action":"restart"}])";

} // namespace

// The schedule of a signed configuration, on a clock that the tests move.
class TestScheduleDriver : public QObject
{
    Q_OBJECT

    /// The bench's executor with a driver; both go together.
    struct Life
    {
        explicit Life(ExecutorBench &b)
            : bench(b)
        {
            bench.start();
            driver = std::make_unique<ScheduleDriver>(*bench.executor, *bench.configs,
                                                      bench.journal->state(), bench.clock());
            driver->start();
        }

        ~Life()
        {
            driver.reset();
            bench.crash();
        }

        /// Until what was decided so far is done and on the disk.
        void settle()
        {
            for (int i = 0; i < 4; ++i) {
                bool isSafe = false;
                bench.executor->whenSafe([&isSafe] { isSafe = true; });
                QTRY_VERIFY(isSafe);
            }
        }

        void configure(const QByteArray &schedule, qint64 version = 1)
        {
            ConfigFields fields = bench.fields(controlledNginx, version);
            fields["schedule"] = schedule;
            signConfig(bench.ip, fields, bench.key);
            bench.configure(fields);
            settle();
            QVERIFY2(bench.told.last()[u"accepted"_s].toBool(),
                     qPrintable(bench.told.last()[u"detail"_s].toString()));
        }

        void look()
        {
            driver->look();
            settle();
        }

        qsizetype begun() const { return bench.runner->requests.size(); }

        void finishLast()
        {
            bench.runner->finish(bench.runner->requests.last().id);
            settle();
        }

        ExecutorBench &bench;
        std::unique_ptr<ScheduleDriver> driver;
    };

    static qint64 nextThree(qint64 now) { return (now / day + 1) * day + 3 * hour; }

private Q_SLOTS:

    void runsEachTimeOnceOverRestarts()
    {
        ExecutorBench bench;
        {
            Life life(bench);
            life.configure(nightly);
            life.look();
            QCOMPARE(life.begun(), 0);
            bench.pass(nextThree(bench.now) - bench.now + 500);
            life.look();
            QCOMPARE(life.begun(), 1);
            life.finishLast();
            life.look();
            QCOMPARE(life.begun(), 1);
        }
        {
            Life life(bench);
            life.look();
            QCOMPARE(life.begun(), 0);
            bench.pass(day);
            life.look();
            QCOMPARE(life.begun(), 1);
        }
        // That one was claimed and is unknown now; it does not come again.
        Life life(bench);
        life.look();
        QCOMPARE(life.begun(), 0);
    }

    void aClockThatIsSetBackRepeatsNothing()
    {
        ExecutorBench bench;
        Life life(bench);
        life.configure(nightly);
        bench.pass(nextThree(bench.now) - bench.now + 500);
        life.look();
        life.finishLast();
        bench.now -= hour;
        life.look();
        bench.now += hour;
        life.look();
        QCOMPARE(life.begun(), 1);
    }

    void aTimeThatPassedWhileItWasDownRunsOnceWhereTheEntrySaysSo()
    {
        for (const QByteArray missed : {"skip", "run"}) {
            ExecutorBench bench;
            {
                Life life(bench);
                life.configure(
                    QByteArray(nightly).replace("}]", ",\"missed\":\"" + missed + "\"}]"));
            }
            bench.pass(3 * day);
            Life life(bench);
            life.settle();
            QCOMPARE(life.begun(), missed == "run" ? 1 : 0);
            QCOMPARE(bench.count(u"notice"_s), missed == "run" ? 0 : 1);
        }
    }

    void leavesOutWhatIsNotToRunInMaintenance()
    {
        ExecutorBench bench;
        Life life(bench);
        life.configure(QByteArray(nightly).replace("}]", ",\"not_while\":[\"maintenance\"]}]"));
        const qint64 due = nextThree(bench.now);
        bench.executor->handle({{u"type"_s, u"maintenance"_s},
                                {u"ip"_s, bench.ip},
                                {u"scopes"_s, QJsonObject{{u"nginx"_s, due + hour}}}});
        bench.pass(due - bench.now + 500);
        life.look();
        QCOMPARE(life.begun(), 0);
        QCOMPARE(bench.count(u"notice"_s), 1);
        bench.pass(day);
        life.look();
        QCOMPARE(life.begun(), 1);
    }

    void aRunThatWaitsComesAgainAfterACrash()
    {
        ExecutorBench bench;
        bench.write("policy.conf", "[policy]\nmax_at_once = 1\n");
        {
            Life life(bench);
            life.configure(
                R"([{"id":"a","cron":"0 3 * * *","role":"nginx","instance":"default","action":"restart"}])");
            // Something else has the only place.
            ConfigFields fields = bench.fields(
                R"({"nginx":{"default":{"restart":{"argv":["/bin/true"]}}},"redis":{"default":{"restart":{"argv":["/bin/true"]}}}})",
                2);
            fields["schedule"]
                = R"([{"id":"a","cron":"0 3 * * *","role":"nginx","instance":"default","action":"restart"}])";
            signConfig(bench.ip, fields, bench.key);
            bench.configure(fields);
            bench.pass(nextThree(bench.now) - bench.now);
            bench.send(bench.request(u"redis"_s));
            life.look();
            QCOMPARE(life.begun(), 1);
            QVERIFY(bench.executor->hasWaitingSchedule());
        }
        Life life(bench);
        life.settle();
        QCOMPARE(life.begun(), 1);
    }

    void protectedServicesAreNotStoppedByIt()
    {
        ExecutorBench bench;
        Life life(bench);
        life.configure(
            R"([{"id":"evil","cron":"0 3 * * *","role":"ssh","instance":"default","action":"stop"}])");
        bench.pass(nextThree(bench.now) - bench.now);
        life.look();
        QCOMPARE(life.begun(), 0);
        QVERIFY(bench.told.last()[u"message"_s].toObject()[u"detail"_s].toString().contains(
            u"protected on this server"_s));
    }

    void anEntryThatIsTakenOutRunsNoMore()
    {
        ExecutorBench bench;
        Life life(bench);
        life.configure(nightly);
        life.configure("[]", 2);
        bench.pass(nextThree(bench.now) - bench.now);
        life.look();
        QCOMPARE(life.begun(), 0);
    }

    void aRemovedServerRunsNothingUntilItIsEnrolledAgain()
    {
        ExecutorBench bench;
        {
            Life life(bench);
            life.configure(nightly);
            bench.executor->handle({{u"type"_s, u"removed"_s}, {u"ip"_s, bench.ip}});
            life.settle();
            bench.pass(nextThree(bench.now) - bench.now);
            life.look();
            QCOMPARE(life.begun(), 0);
            const QString id = bench.send(bench.request());
            life.settle();
            QCOMPARE(bench.states(id), QStringList{u"refused"_s});
            QVERIFY(bench.detail(id).contains(u"was removed from the fleet"_s));
        }
        Life again(bench); // what a restart finds
        bench.pass(nextThree(bench.now) - bench.now);
        again.look();
        QCOMPARE(again.begun(), 0);
        again.configure(nightly, 2);
        bench.pass(nextThree(bench.now) - bench.now);
        again.look();
        QCOMPARE(again.begun(), 1);
    }
};

QTEST_GUILESS_MAIN(TestScheduleDriver)
#include "tst_scheduledriver.moc"
