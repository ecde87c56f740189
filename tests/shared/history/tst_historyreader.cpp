// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/historyreader.h"
#include "tests/shared/history/historylists.h"

#include <QTest>

#include <random>
#include <rapidcheck.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

struct Truth
{
    double sum = 0, least = 1e9, most = -1e9;
    int count = 0;
};

HistorySeries seriesOf(const HistorySlice &slice, const QByteArray &metric)
{
    for (const HistorySeries &series : slice.series) {
        if (series.metric == metric)
            return series;
    }
    return {};
}

} // namespace

class TestHistoryReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void initTestCase() { qputenv("RC_PARAMS", "max_success=20 noshrink=1"); }

    void stepsAreRoundAndPointsFew_data()
    {
        QTest::addColumn<qint64>("range");
        QTest::addColumn<qint64>("step");
        QTest::addColumn<HistoryTier>("tier");
        const qint64 hour = 3600, day = 24 * hour;
        QTest::addRow("1h") << hour << qint64{10} << HistoryTier::Samples;
        QTest::addRow("6h") << 6 * hour << qint64{60} << HistoryTier::Minutes;
        QTest::addRow("24h") << day << qint64{180} << HistoryTier::Minutes;
        QTest::addRow("7d") << 7 * day << qint64{1200} << HistoryTier::Minutes;
        QTest::addRow("30d") << 30 * day << qint64{7200} << HistoryTier::Hours;
        QTest::addRow("90d") << 90 * day << qint64{14400} << HistoryTier::Hours;
        QTest::addRow("1y") << 365 * day << day << HistoryTier::Hours;
        QTest::addRow("20y") << 7300 * day << 13 * day << HistoryTier::Hours;
    }

    void stepsAreRoundAndPointsFew()
    {
        QFETCH(qint64, range);
        const HistoryQuery query{historyStart, historyStart + range * 1000, 600, {}};
        QTEST(query.step() / 1000, "step");
        QTEST(query.tier(), "tier");
        QVERIFY(range * 1000 / query.step() + 1 <= 600);
    }

    void readsAllTiersAsOne()
    {
        const bool isKept = rc::check("all tiers read as one say what the samples said", [] {
            std::mt19937 random(*rc::gen::arbitrary<unsigned>());
            const auto interval = *rc::gen::element<qint64>(1000, 10'000, 60'000);
            const auto count = *rc::gen::inRange(10, 12'000);
            HistoryTiers tiers(interval);
            HistoryLists lists;
            std::vector<std::pair<qint64, double>> samples;
            qint64 time = historyStart;
            for (int i = 0; i < count; ++i) {
                time += interval + (random() % 900 == 0 ? random() % 20'000'000 : 0);
                samples.push_back({time, double(random() % 100)});
                lists.add(tiers, time, busy(samples.back().second));
            }
            const qint64 range = *rc::gen::inRange<qint64>(60'000, 3 * (time - historyStart));
            const HistoryQuery query{time - range, time, *rc::gen::inRange(10, 600), {}};
            HistoryReader reader(query);
            QMap<HistoryTier, QList<QByteArray>> chunks;
            for (const HistoryTier tier : historyTiers) {
                const QList<QByteArray> list = lists.chunks.value(tier);
                chunks[tier] = list.mid(std::max<qsizetype>(list.size() - query.chunks(tier), 0));
            }
            const HistorySlice slice = reader.read(chunks, lists.raw);
            RC_ASSERT(reader.brokenCount() == 0);
            std::map<qint64, Truth> truths;
            // A summary counts at its begin, so what is summed up may be a span away.
            const qint64 span = query.tier() == HistoryTier::Hours ? hourSpan
                : query.tier() == HistoryTier::Minutes             ? minuteSpan
                                                                   : 1;
            for (const auto &[when, value] : samples) {
                if (when - when % span < slice.from)
                    continue;
                Truth &truth = truths[(when - slice.from) / slice.step];
                truth.sum += value;
                truth.least = std::min(truth.least, value);
                truth.most = std::max(truth.most, value);
                ++truth.count;
            }
            const HistorySeries series = seriesOf(slice, "cpu.busy");
            RC_ASSERT(series.points.size() == qsizetype(truths.size()));
            RC_ASSERT(series.points.size() <= query.mostPoints);
            for (const HistoryPoint &point : series.points) {
                const Truth &truth = truths.at((point.time - slice.from) / slice.step);
                RC_ASSERT(std::abs(point.average - truth.sum / truth.count) < 0.2);
                RC_ASSERT(std::abs(point.minimum - truth.least) < 0.2);
                RC_ASSERT(std::abs(point.maximum - truth.most) < 0.2);
            }
        });
        QVERIFY(isKept);
    }

    void whatIsNotKeptAnyMoreComesFromTheCoarserTier()
    {
        HistoryTiers tiers(10'000);
        HistoryLists lists;
        const int count = 100 * 360; // a hundred hours
        for (int i = 0; i < count; ++i)
            lists.add(tiers, historyStart + i * 10'000, busy(40));
        const qint64 end = historyStart + count * 10'000;
        const HistoryQuery query{end - 95 * hourSpan, end, 600, {"cpu.busy"}};
        QCOMPARE(query.tier(), HistoryTier::Minutes);
        HistoryReader reader(query);
        auto chunks = lists.chunks;
        chunks[HistoryTier::Minutes] = chunks[HistoryTier::Minutes].mid(80);
        const HistorySlice slice = reader.read(chunks, lists.raw);
        QCOMPARE(slice.series.size(), 1);
        const HistorySeries &series = slice.series.first();
        QVERIFY(series.points.first().time < end - 90 * hourSpan);
        QVERIFY(series.points.last().time > end - 2 * query.step());
        for (const HistoryPoint &point : series.points)
            QCOMPARE(point.average, 40.0);
        QVERIFY(reader.metrics().contains("load.1"));
    }

    void aChunkThatStandsTwiceCountsOnce()
    {
        HistoryTiers tiers(1000);
        HistoryLists lists;
        for (int i = 0; i < 120; ++i)
            lists.add(tiers, historyStart + i * 1000, busy(i < 60 ? 10 : 20));
        auto chunks = lists.chunks;
        chunks[HistoryTier::Samples].append(chunks[HistoryTier::Samples].first());
        const HistoryQuery query{historyStart - 3'000'000, historyStart + 120'000, 2, {}};
        const HistorySlice slice = HistoryReader(query).read(chunks, lists.raw);
        const HistorySeries series = seriesOf(slice, "cpu.busy");
        QCOMPARE(series.points.size(), 1);
        QCOMPARE(series.points.first().average, 15.0);
    }

    void whatIsBrokenIsLeftOutAndCounted()
    {
        HistoryTiers tiers(1000);
        HistoryLists lists;
        for (int i = 0; i < 130; ++i)
            lists.add(tiers, historyStart + i * 1000, busy(5));
        auto chunks = lists.chunks;
        chunks[HistoryTier::Samples].first().chop(1);
        chunks[HistoryTier::Samples] << "\2later";
        HistoryReader reader({historyStart, historyStart + 130'000, 600, {}});
        const HistorySlice slice = reader.read(chunks, lists.raw << "[]");
        QCOMPARE(reader.brokenCount(), 3);
        QCOMPARE(seriesOf(slice, "cpu.busy").points.size(), 130); // the raw list has them too
    }
};

QTEST_GUILESS_MAIN(TestHistoryReader)
#include "tst_historyreader.moc"
