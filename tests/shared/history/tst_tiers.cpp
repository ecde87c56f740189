// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/chunkcodec.h"
#include "shared/history/tiers.h"
#include "tests/shared/history/historylists.h"
#include "tests/shared/history/somechunk.h"

#include <QTest>

#include <random>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

struct Row
{
    qint64 time = 0, count = 0;
    double average = notMeasured, least = notMeasured, most = notMeasured;
};

/// All rows of a list, with the values of one metric.
QList<Row> rows(const QList<QByteArray> &list, const QByteArray &name)
{
    ChunkDecoder decoder;
    HistoryChunk chunk;
    QList<Row> rows;
    for (const QByteArray &bytes : list) {
        const auto isKnown = decoder.decode(bytes, chunk);
        if (!isKnown || !*isKnown)
            qFatal("a chunk does not decode");
        const auto found = std::find(chunk.names.begin(), chunk.names.end(), name);
        for (qsizetype i = 0; i < chunk.rows(); ++i) {
            Row row{chunk.times[size_t(i)], chunk.isSummary ? chunk.counts[size_t(i)] : 1};
            if (found != chunk.names.end()) {
                const size_t at = chunk.at(i, found - chunk.names.begin());
                row.average = chunk.averages[at];
                row.least = chunk.isSummary ? chunk.minima[at] : row.average;
                row.most = chunk.isSummary ? chunk.maxima[at] : row.average;
            }
            rows << row;
        }
    }
    return rows;
}

bool isNear(double a, double b)
{
    return isSame(a, b) || std::abs(a - b) < 0.11;
}

} // namespace

class TestTiers : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void initTestCase() { qputenv("RC_PARAMS", "max_success=20 noshrink=1"); }

    void aMinuteHasItsAverageMinimumAndMaximum()
    {
        HistoryTiers tiers(1000);
        HistoryLists lists;
        const qint64 minute = historyStart - historyStart % minuteSpan;
        for (int i = 0; i < 62 * 60; ++i)
            lists.add(tiers, minute + i * 1000, busy(i % 60));
        QCOMPARE(lists.chunks[HistoryTier::Samples].size(), 62);
        QCOMPARE(lists.chunks[HistoryTier::Minutes].size(), 1);
        const QList<Row> minutes = rows(lists.chunks[HistoryTier::Minutes], "cpu.busy");
        QCOMPARE(minutes.size(), 60);
        QCOMPARE(minutes[1].time, minute + minuteSpan);
        QCOMPARE(minutes[1].count, 60);
        QCOMPARE(minutes[1].average, 29.5);
        QCOMPARE(minutes[1].least, 0.0);
        QCOMPARE(minutes[1].most, 59.0);
    }

    void gapsStayGaps()
    {
        HistoryTiers tiers(1000);
        HistoryLists lists;
        qint64 time = historyStart - historyStart % hourSpan;
        for (int i = 0; i < 240; ++i) {
            Workload workload = busy(50);
            if (i >= 60 && i < 120)
                workload.cpu.busy.reset();
            if (i == 180)
                time += 3 * minuteSpan;
            lists.add(tiers, time += 1000, workload);
        }
        // All minutes are told once there are sixty of them.
        for (int i = 0; i < 3600; ++i)
            lists.add(tiers, time += 1000, busy(1));
        const QList<Row> samples = rows(lists.chunks[HistoryTier::Samples], "cpu.busy");
        QVERIFY(std::isnan(samples[70].average));
        QCOMPARE(samples[70].count, 1);
        QCOMPARE(samples[180].time - samples[179].time, 3 * minuteSpan + 1000);
        const QList<Row> minutes = rows(lists.chunks[HistoryTier::Minutes], "cpu.busy");
        QCOMPARE(minutes[4].time - minutes[2].time, 4 * minuteSpan);
        QCOMPARE(minutes[0].count, 59);
        QCOMPARE(minutes[1].average, 50.0); // its one known value
        const QList<Row> load = rows(lists.chunks[HistoryTier::Minutes], "load.1");
        QCOMPARE(load[1].average, 1.0);
    }

    void aClockThatIsSetBackLosesNothing()
    {
        for (const qint64 step : {qint64{-86'400'000}, qint64{86'400'000}, qint64{-1500}}) {
            HistoryTiers tiers(1000);
            HistoryLists lists;
            qint64 time = historyStart;
            for (int i = 0; i < 200; ++i)
                lists.add(tiers, time += i == 90 ? step : 1000, busy(i % 100));
            for (int i = 0; i < 60; ++i)
                lists.add(tiers, time += 1000, busy(0));
            const QList<Row> samples = rows(lists.chunks[HistoryTier::Samples], "cpu.busy");
            QVERIFY(samples.size() >= 200);
            for (int i = 0; i < 200; ++i)
                QCOMPARE(samples[i].average, double(i % 100));
            if (step < 0)
                QVERIFY(samples[90].time < samples[89].time);
        }
    }

    void whateverCrashesNothingIsMissingOrTwice()
    {
        const bool isKept = rc::check("whatever crashes nothing is missing or twice", [] {
            const auto interval = *rc::gen::element<qint64>(1000, 10'000, 60'000);
            const auto count = *rc::gen::inRange(200, 9'000);
            // Thousands of draws of rapidcheck's own would take minutes.
            std::mt19937 random(*rc::gen::arbitrary<unsigned>());
            HistoryTiers steady(interval);
            auto crashing = std::make_unique<HistoryTiers>(interval);
            HistoryLists expected, found;
            qint64 time = historyStart;
            for (int i = 0; i < count; ++i) {
                const Workload workload = busy(random() % 100);
                time += interval + (random() % 500 == 0 ? random() % 200'000'000 : 0);
                expected.add(steady, time, workload);
                found.add(*crashing, time, workload);
                if (random() % 300 == 0) {
                    crashing = std::make_unique<HistoryTiers>(interval);
                    crashing->restore(found.tail());
                    found.take(*crashing);
                }
            }
            for (const HistoryTier tier : historyTiers) {
                const QList<Row> right = rows(expected.chunks[tier], "cpu.busy");
                const QList<Row> made = rows(found.chunks[tier], "cpu.busy");
                RC_ASSERT(made.size() == right.size());
                for (qsizetype i = 0; i < right.size(); ++i) {
                    RC_ASSERT(made[i].time == right[i].time);
                    RC_ASSERT(made[i].count == right[i].count);
                    RC_ASSERT(isNear(made[i].average, right[i].average));
                    RC_ASSERT(isNear(made[i].least, right[i].least));
                    RC_ASSERT(isNear(made[i].most, right[i].most));
                }
            }
        });
        QVERIFY(isKept);
    }

    void aCrashAfterTheClockWasSetBackLosesNoSample()
    {
        HistoryTiers tiers(1000);
        HistoryLists lists;
        qint64 time = historyStart;
        for (int i = 0; i < 150; ++i)
            lists.add(tiers, time += i == 130 ? -86'400'000 : 1000, busy(i % 100));
        HistoryTiers next(1000);
        next.restore(lists.tail());
        for (int i = 150; i < 240; ++i)
            lists.add(next, time += 1000, busy(i % 100));
        const QList<Row> samples = rows(lists.chunks[HistoryTier::Samples], "cpu.busy");
        QVERIFY(samples.size() >= 180);
        for (qsizetype i = 0; i < samples.size(); ++i)
            QCOMPARE(samples[i].average, double(i % 100));
    }

    void brokenListsAreWorkedWithAsFarAsTheyGo()
    {
        HistoryTiers tiers(1000);
        HistoryLists lists;
        for (int i = 0; i < 150; ++i)
            lists.add(tiers, historyStart + i * 1000, busy(7));
        HistoryTail tail = lists.tail();
        tail.samples << QByteArray("rubbish") << QByteArray();
        tail.minutes = {tail.samples.first(), "\2later"};
        tail.hours = {"\1"};
        tail.raw.prepend("[]");
        HistoryTiers next(1000);
        next.restore(tail);
        for (int i = 150; i < 180; ++i)
            lists.add(next, historyStart + i * 1000, busy(7));
        QCOMPARE(rows(lists.chunks[HistoryTier::Samples], "cpu.busy").size(), 180);
    }

    void atMostSixtyFourLeavesAndTheFirstOnesFirst()
    {
        HistoryTiers tiers(1000);
        HistoryLists lists;
        Workload workload = busy(3);
        for (int i = 0; i < 16; ++i)
            workload.filesystems.insert(u"/mnt/%1"_s.arg(i), {1 << 30, 4096 * i, 3.5});
        for (int i = 0; i < 30; ++i)
            workload.ping.insert(u"10.0.0.%1"_s.arg(i), 0.5);
        for (int i = 0; i < 60; ++i)
            lists.add(tiers, historyStart + i * 1000, workload);
        ChunkDecoder decoder;
        HistoryChunk chunk;
        QVERIFY(*decoder.decode(lists.chunks[HistoryTier::Samples].first(), chunk));
        const auto has = [&chunk](const QByteArray &name) {
            return std::find(chunk.names.begin(), chunk.names.end(), name) != chunk.names.end();
        };
        QVERIFY(chunk.fields() <= 64);
        QVERIFY(has("cpu.busy") && has("filesystems./mnt/7.used") && has("ping.10.0.0.1"));
        QVERIFY(!has("filesystems./mnt/7.total"));
    }

    void mountsThatAreGoneMakeRoomForOthers()
    {
        HistoryTiers tiers(10'000);
        HistoryLists lists;
        for (int i = 0; i < 3 * 3600 / 10; ++i) {
            Workload workload = busy(3);
            for (int mount = 0; mount < 12; ++mount)
                workload.filesystems.insert(u"/%1/%2"_s.arg(i / 60).arg(mount), {1, 4096, 3.5});
            lists.add(tiers, historyStart + i * 10'000, workload);
        }
        ChunkDecoder decoder;
        HistoryChunk chunk;
        QVERIFY(*decoder.decode(lists.chunks[HistoryTier::Samples].at(8), chunk));
        QVERIFY(std::none_of(chunk.names.begin(), chunk.names.end(), [](const QByteArray &name) {
            return name.startsWith("files");
        }));
        int later = 0;
        for (const QByteArray &bytes : lists.chunks[HistoryTier::Samples].mid(8)) {
            QVERIFY(*decoder.decode(bytes, chunk));
            later
                += std::any_of(chunk.names.begin(), chunk.names.end(), [](const QByteArray &name) {
                       return name.startsWith("files");
                   });
        }
        QVERIFY(later > 0);
        const QList<Row> samples = rows(lists.chunks[HistoryTier::Samples], "cpu.busy");
        for (qsizetype i = 0; i < samples.size(); ++i)
            QCOMPARE(samples[i].time, historyStart + i * 10'000);
    }
};

QTEST_GUILESS_MAIN(TestTiers)
#include "tst_tiers.moc"
