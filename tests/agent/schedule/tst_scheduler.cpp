// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/schedule/scheduler.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QMap>
#include <QTest>

#include <random>
#include <rapidcheck.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;

qint64 at(const QString &utc)
{
    return QDateTime::fromString(utc + u'Z', Qt::ISODate).toMSecsSinceEpoch();
}

ScheduleEntry entryOf(const QString &id, const QString &cron,
                      ScheduleEntry::Missed missed = ScheduleEntry::Missed::Skip)
{
    ScheduleEntry entry;
    entry.id = id;
    entry.cron = cron;
    entry.expression = *CronExpression::parse(cron);
    entry.service = {u"nginx"_s, u"80"_s};
    entry.action = u"restart"_s;
    entry.missed = missed;
    return entry;
}

/// What became of the times of one entry.
struct Fate
{
    QList<qint64> runs;
    qint64 handled = 0; ///< times in all: run, made up for, told
};

void note(const ScheduleLook &look, QMap<QString, Fate> &fates)
{
    for (const DueRun &run : look.due) {
        fates[run.entryId].runs << run.due;
        fates[run.entryId].handled += 1 + run.missed;
    }
    for (const SkippedRuns &skipped : look.skipped)
        fates[skipped.entryId].handled += skipped.count;
}

qint64 timesBetween(const ScheduleEntry &entry, qint64 from, qint64 to)
{
    qint64 count = 0;
    for (auto time = entry.next(from); time && *time <= to; time = entry.next(*time))
        ++count;
    return count;
}

QList<ScheduleEntry> someEntries()
{
    using Missed = ScheduleEntry::Missed;
    QList<ScheduleEntry> entries{entryOf(u"often"_s, u"*/5 * * * *"_s),
                                 entryOf(u"hourly"_s, u"@hourly"_s, Missed::Run),
                                 entryOf(u"nightly"_s, u"30 2 * * *"_s, Missed::Run),
                                 entryOf(u"daily"_s, u"17 4,16 * * *"_s)};
    entries[2].zone = QTimeZone("Europe/Berlin");
    return entries;
}

/// Numbers of one seed: a walk has thousands, and rapidcheck would keep each to shrink it.
class WalkNumbers
{
public:
    explicit WalkNumbers(unsigned seed)
        : m_random(seed)
    {
    }

    qint64 below(qint64 bound) { return qint64(m_random() % quint64(bound)); }

private:
    std::mt19937_64 m_random;
};

} // namespace

/// A situation that tests can change.
struct TestSituation
{
    QSet<QString> maintained, running;

    operator ScheduleSituation() const
    {
        return {[this](const ServiceId &service) { return maintained.contains(service.text()); },
                [this](const QString &id) { return running.contains(id); }};
    }
};

class TestScheduler : public QObject
{
    Q_OBJECT
    const qint64 m_start = at(u"2024-05-01T10:00:30"_s);

    static Scheduler schedulerOf(const QList<ScheduleEntry> &entries, qint64 now)
    {
        Scheduler scheduler(u"10.0.0.7"_s, {});
        scheduler.setEntries(entries, now);
        return scheduler;
    }

private Q_SLOTS:

    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS", "seed=1 max_success=100");
    }

    void runsWhatIsDue()
    {
        auto scheduler = schedulerOf({entryOf(u"a"_s, u"*/15 * * * *"_s)}, m_start);
        QCOMPARE(*scheduler.nextDue(), at(u"2024-05-01T10:15:00"_s));
        QVERIFY(scheduler.look(at(u"2024-05-01T10:14:59"_s), TestSituation()).due.isEmpty());
        const auto look = scheduler.look(at(u"2024-05-01T10:15:00"_s), TestSituation());
        QCOMPARE(look.due.size(), 1);
        QCOMPARE(look.due[0].entryId, u"a"_s);
        QCOMPARE(look.due[0].due, at(u"2024-05-01T10:15:00"_s));
        QVERIFY(look.skipped.isEmpty());
        QVERIFY(scheduler.look(at(u"2024-05-01T10:15:01"_s), TestSituation()).due.isEmpty());
        QCOMPARE(*scheduler.nextDue(), at(u"2024-05-01T10:30:00"_s));
    }

    void isNotLateWithinAMinute()
    {
        for (const bool isLate : {false, true}) {
            auto scheduler = schedulerOf({entryOf(u"a"_s, u"*/15 * * * *"_s)}, m_start);
            const auto look
                = scheduler.look(at(u"2024-05-01T10:16:00"_s) + (isLate ? 1 : 0), TestSituation());
            QCOMPARE(look.due.size(), isLate ? 0 : 1);
            QCOMPARE(look.skipped.size(), isLate ? 1 : 0);
        }
    }

    void tellsMissedTimesOrMakesUpForThem()
    {
        auto scheduler
            = schedulerOf({entryOf(u"tells"_s, u"@hourly"_s),
                           entryOf(u"makesup"_s, u"@hourly"_s, ScheduleEntry::Missed::Run)},
                          m_start);
        const auto look = scheduler.look(m_start + day + 5 * minute, TestSituation());
        const qint64 first = at(u"2024-05-01T11:00:00"_s), last = at(u"2024-05-02T10:00:00"_s);
        QCOMPARE(look.due,
                 (QList<DueRun>{
                     {u"makesup"_s, last, scheduleRunId(u"10.0.0.7"_s, u"makesup"_s, last), 23}}));
        QCOMPARE(look.skipped,
                 (QList<SkippedRuns>{
                     {u"tells"_s, SkippedRuns::Why::Missed, first, last, 24, false, {}}}));
    }

    void runsTheNewestOfMissedTimesWhenItIsOnTime()
    {
        auto scheduler = schedulerOf({entryOf(u"a"_s, u"@hourly"_s)}, m_start);
        const auto look = scheduler.look(at(u"2024-05-01T14:00:10"_s), TestSituation());
        QCOMPARE(look.due.size(), 1);
        QCOMPARE(look.due[0].due, at(u"2024-05-01T14:00:00"_s));
        const SkippedRuns expected{u"a"_s,
                                   SkippedRuns::Why::Missed,
                                   at(u"2024-05-01T11:00:00"_s),
                                   at(u"2024-05-01T13:00:00"_s),
                                   3,
                                   false,
                                   {}};
        QCOMPARE(look.skipped, QList<SkippedRuns>{expected});
        QCOMPARE(expected.code(), u"schedule.missed"_s);
        QVERIFY(expected.reason().startsWith(u"3 times were missed"_s));
    }

    void countsYearsOfMissedTimesQuickly()
    {
        auto scheduler = schedulerOf({entryOf(u"a"_s, u"* * * * *"_s),
                                      entryOf(u"b"_s, u"* 3 * * *"_s, ScheduleEntry::Missed::Run)},
                                     m_start);
        QElapsedTimer timer;
        timer.start();
        const auto look = scheduler.look(m_start + 3660 * day + hour, TestSituation());
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        // The minute that is now is on time.
        QCOMPARE(look.due.size(), 2);
        QCOMPARE(look.skipped.size(), 1);
        QVERIFY(look.skipped[0].isMore);
        QCOMPARE(look.skipped[0].count, 1000);
        QCOMPARE(look.skipped[0].last, m_start + 3660 * day + hour - 90 * second);
        QCOMPARE(look.due[1].due % day, 3 * hour + 59 * minute);
        QVERIFY(m_start + 3660 * day + hour - look.due[1].due < day);
    }

    void findsTheNewestTimeOfABusyMonthLongAgo()
    {
        auto scheduler
            = schedulerOf({entryOf(u"a"_s, u"* * * 1 *"_s)}, at(u"2024-01-02T00:00:00"_s));
        const auto look = scheduler.look(at(u"2025-12-24T00:00:00"_s), TestSituation());
        QVERIFY(look.due.isEmpty());
        QCOMPARE(look.skipped.value(0).last, at(u"2025-01-31T23:59:00"_s));
        QVERIFY(look.skipped[0].isMore);
    }

    void skipsInMaintenanceAndBesideOthers()
    {
        ScheduleEntry entry = entryOf(u"a"_s, u"@hourly"_s), other = entryOf(u"b"_s, u"@hourly"_s);
        entry.notInMaintenance = true;
        entry.notWhile << u"b"_s;
        TestSituation situation;
        auto scheduler = schedulerOf({entry, other}, m_start);
        const auto lookAt = [&](int hours) {
            const auto look
                = scheduler.look(at(u"2024-05-01T10:00:00"_s) + hours * hour, situation);
            QStringList told;
            for (const DueRun &run : look.due)
                told << run.entryId;
            for (const SkippedRuns &skipped : look.skipped)
                told << skipped.entryId + u' ' + skipped.code() + u' ' + skipped.other;
            return told.join(u"; "_s).trimmed();
        };
        // Both are due in the same minute: the one that gives way does.
        QCOMPARE(lookAt(1), u"b; a schedule.other b"_s);
        situation.running << u"b"_s;
        QCOMPARE(lookAt(2), u"b schedule.still ; a schedule.other b"_s);
        situation.maintained << u"nginx:80"_s;
        QCOMPARE(lookAt(3), u"b schedule.still ; a schedule.maintenance"_s);
        situation.running.clear();
        QCOMPARE(lookAt(4), u"b; a schedule.maintenance"_s);
        situation.maintained.clear();
        situation.running << u"a"_s;
        QCOMPARE(lookAt(5), u"b; a schedule.still"_s);
    }

    void tellsWhatItCouldNotMakeUpFor()
    {
        ScheduleEntry entry = entryOf(u"a"_s, u"@hourly"_s, ScheduleEntry::Missed::Run);
        entry.notInMaintenance = true;
        TestSituation situation;
        situation.maintained << u"nginx:80"_s;
        auto scheduler = schedulerOf({entry}, m_start);
        const auto look = scheduler.look(m_start + 5 * hour + 10 * minute, situation);
        QVERIFY(look.due.isEmpty());
        QCOMPARE(look.skipped.size(), 1);
        QCOMPARE(look.skipped[0].count, 5);
        QCOMPARE(look.skipped[0].first, at(u"2024-05-01T11:00:00"_s));
    }

    void repeatsNothingAfterTheClockIsSetBack()
    {
        auto scheduler = schedulerOf({entryOf(u"a"_s, u"@hourly"_s)}, m_start);
        const qint64 noon = at(u"2024-05-01T12:00:00"_s);
        scheduler.look(noon - hour, TestSituation());
        QCOMPARE(scheduler.look(noon, TestSituation()).due.size(), 1);
        for (qint64 now = noon - 2 * hour; now <= noon; now += minute) {
            const auto look = scheduler.look(now, TestSituation());
            QVERIFY(look.due.isEmpty() && look.skipped.isEmpty());
            QCOMPARE(look.clockBehind, noon - now);
        }
        QCOMPARE(scheduler.look(noon + hour, TestSituation()).due.size(), 1);
    }

    void doesNotWaitForAClockThatWasYearsAhead()
    {
        auto scheduler = schedulerOf({entryOf(u"a"_s, u"@hourly"_s)}, m_start);
        QVERIFY(!scheduler.look(m_start + 4000 * day, TestSituation()).due.isEmpty());
        QVERIFY(scheduler.look(m_start, TestSituation()).due.isEmpty());
        QCOMPARE(*scheduler.nextDue(), at(u"2024-05-01T11:00:00"_s));
        QCOMPARE(scheduler.look(at(u"2024-05-01T11:00:00"_s), TestSituation()).due.size(), 1);
    }

    void waitsForAClockThatIsNotSetYet()
    {
        // A machine without a battery starts in 1970, and a moment later the time comes.
        const auto hourly = entryOf(u"a"_s, u"@hourly"_s, ScheduleEntry::Missed::Run);
        auto scheduler = schedulerOf({hourly}, hour);
        QVERIFY(scheduler.look(2 * hour, TestSituation()).due.isEmpty());
        QVERIFY(scheduler.look(m_start, TestSituation()).due.isEmpty());
        QCOMPARE(scheduler.look(at(u"2024-05-01T11:00:00"_s), TestSituation()).due.size(), 1);
        QVERIFY(scheduler.look(hour, TestSituation()).due.isEmpty());
        QCOMPARE(scheduler.look(at(u"2024-05-01T12:00:00"_s), TestSituation()).due.size(), 1);
    }

    void beginsNowWithWhatIsNewOrChanged()
    {
        const ScheduleEntry first = entryOf(u"a"_s, u"@hourly"_s, ScheduleEntry::Missed::Run);
        auto before = schedulerOf({first}, m_start);
        Scheduler after(u"10.0.0.7"_s, before.memory());
        ScheduleEntry changed = entryOf(u"a"_s, u"0 * * * 0-6"_s, ScheduleEntry::Missed::Run),
                      added = entryOf(u"b"_s, u"@hourly"_s, ScheduleEntry::Missed::Run);
        after.setEntries({changed, added}, m_start + 5 * hour);
        QVERIFY(after.look(m_start + 5 * hour, TestSituation()).due.isEmpty());
        // Disabled for a while is no time missed.
        changed.isEnabled = false;
        after.setEntries({changed}, m_start + 6 * hour);
        QVERIFY(!after.nextDue());
        changed.isEnabled = true;
        after.setEntries({changed}, m_start + 9 * hour);
        QVERIFY(after.look(m_start + 9 * hour, TestSituation()).due.isEmpty());
        // The same entry goes on where it was.
        Scheduler same(u"10.0.0.7"_s, before.memory());
        same.setEntries({first}, m_start + 5 * hour);
        QCOMPARE(same.look(m_start + 5 * hour, TestSituation()).due.value(0).missed, 4);
    }

    void givesARunTheSameIdForEver()
    {
        const QString id = scheduleRunId(u"10.0.0.7"_s, u"nightly"_s, 1'700'000'000'000);
        QCOMPARE(id, u"81a78619-79ac-5c11-91c0-9951a0fa2569"_s);
        QVERIFY(id != scheduleRunId(u"10.0.0.8"_s, u"nightly"_s, 1'700'000'000'000));
        QVERIFY(id != scheduleRunId(u"10.0.0.7"_s, u"daily"_s, 1'700'000'000'000));
        QVERIFY(id != scheduleRunId(u"10.0.0.7"_s, u"nightly"_s, 1'700'000'060'000));
    }

    void remembersThroughJson()
    {
        const ScheduleMemory memory{{u"a"_s, {u"@hourly UTC"_s, 1'700'000'000'000}},
                                    {u"b.c"_s, {u"\"0\" UTC"_s, 5}}};
        QCOMPARE(*parseScheduleMemory(toJson(memory)), memory);
        QVERIFY(parseScheduleMemory("{}")->isEmpty());
        for (const QByteArray &broken :
             QByteArrayList{"", "[]", "{\"a\":", R"({"a":7})", R"({"a":{"rule":"x","until":"5"}})"})
            QVERIFY2(!parseScheduleMemory(broken), broken.constData());
    }

    void runsEachTimeOnceWhileTheClockGoesOn()
    {
        QVERIFY(rc::check("every time is run once", [this] {
            const unsigned seed = *rc::gen::arbitrary<unsigned>();
            RC_LOG() << "seed " << seed;
            WalkNumbers random(seed);
            const auto entries = someEntries();
            const qint64 start = at(u"2024-03-29T00:00:00"_s) + random.below(86400) * second;
            auto scheduler = schedulerOf(entries, start);
            QMap<QString, Fate> fates;
            qint64 now = start;
            while (now < start + 3 * day) {
                now += (1 + random.below(60)) * second;
                // From time to time it is started again.
                if (random.below(200) == 0) {
                    Scheduler next(u"10.0.0.7"_s, *parseScheduleMemory(toJson(scheduler.memory())));
                    scheduler = next;
                    scheduler.setEntries(entries, now);
                }
                const auto look = scheduler.look(now, TestSituation());
                RC_ASSERT(look.skipped.isEmpty());
                note(look, fates);
            }
            for (const ScheduleEntry &entry : entries) {
                QList<qint64> expected;
                for (auto time = entry.next(start); time && *time <= now; time = entry.next(*time))
                    expected << *time;
                RC_ASSERT(fates[entry.id].runs == expected);
            }
        }));
    }

    void losesAndDoublesNothingOnRandomClocks()
    {
        QVERIFY(rc::check("each time has one fate", [this] {
            const unsigned seed = *rc::gen::arbitrary<unsigned>();
            RC_LOG() << "seed " << seed;
            WalkNumbers random(seed);
            const auto entries = someEntries();
            auto scheduler = schedulerOf(entries, m_start);
            QMap<QString, Fate> fates;
            qint64 now = m_start, highest = m_start;
            const int steps = int(1 + random.below(400));
            for (int i = 0; i < steps; ++i) {
                switch (random.below(12)) {
                case 0: // the server is away, or the clock is put forward
                    now += random.below(2 * day);
                    break;
                case 1: // the clock is set back
                    now = std::max(now - random.below(2 * hour), highest - 25 * hour);
                    break;
                case 2: { // started again
                    Scheduler next(u"10.0.0.7"_s, *parseScheduleMemory(toJson(scheduler.memory())));
                    scheduler = next;
                    scheduler.setEntries(entries, now);
                    break;
                }
                default:
                    now += random.below(10 * minute);
                }
                highest = std::max(highest, now);
                note(scheduler.look(now, TestSituation()), fates);
            }
            for (const ScheduleEntry &entry : entries) {
                const Fate fate = fates[entry.id];
                RC_LOG() << qPrintable(entry.id);
                for (qsizetype i = 1; i < fate.runs.size(); ++i)
                    RC_ASSERT(fate.runs[i - 1] < fate.runs[i]);
                RC_ASSERT(fate.handled == timesBetween(entry, m_start, highest));
            }
        }));
    }

    void runsNothingTwiceAfterACrash()
    {
        QVERIFY(rc::check("the journal refuses what ran", [this] {
            const unsigned seed = *rc::gen::arbitrary<unsigned>();
            RC_LOG() << "seed " << seed;
            WalkNumbers random(seed);
            const auto entries = someEntries();
            auto scheduler = schedulerOf(entries, m_start);
            ScheduleMemory kept = scheduler.memory();
            QSet<QString> journal;
            QMap<QString, Fate> fates;
            qint64 now = m_start;
            for (int i = 0; i < 200; ++i) {
                now += random.below(3 * minute);
                const bool crashes = random.below(10) == 0;
                ScheduleLook look = scheduler.look(now, TestSituation());
                look.due.removeIf([&](const DueRun &run) { return journal.contains(run.runId); });
                for (const DueRun &run : look.due)
                    journal << run.runId;
                note(look, fates);
                if (crashes) {
                    scheduler = Scheduler(u"10.0.0.7"_s, kept);
                    scheduler.setEntries(entries, now);
                }
                kept = scheduler.memory();
            }
            for (const Fate &fate : fates) {
                for (qsizetype i = 1; i < fate.runs.size(); ++i)
                    RC_ASSERT(fate.runs[i - 1] < fate.runs[i]);
            }
        }));
    }
};

QTEST_GUILESS_MAIN(TestScheduler)
#include "tst_scheduler.moc"
