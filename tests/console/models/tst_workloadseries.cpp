// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/workloadseries.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Treewarden;

namespace {

constexpr qint64 start = 1'700'000'000'000;

WorkloadSample sampleAt(qint64 time, std::optional<double> user)
{
    WorkloadSample sample;
    sample.timestamp = time;
    sample.info.cpu.user = user;
    return sample;
}

qsizetype pointCount(const QList<Line> &lines)
{
    qsizetype count = 0;
    for (const Line &line : lines)
        count += line.size();
    return count;
}

} // namespace

class TestWorkloadSeries : public QObject
{
    Q_OBJECT

    WorkloadSeries everySecond(int count) const
    {
        WorkloadSeries series;
        for (int i = 0; i < count; ++i)
            series.append(sampleAt(start + i * 1000, i % 100));
        return series;
    }

private Q_SLOTS:

    void keepsTheNewestSamplesOnly()
    {
        const WorkloadSeries series = everySecond(1000);
        QCOMPARE(series.size(), WorkloadSeries::capacity);
        QCOMPARE(series.lastTime(), start + 999'000);
        QCOMPARE(series.firstTime(), start + 700'000);
        QCOMPARE(series.interval(), 1000);
    }

    void sortsWhatComesInAnyOrder()
    {
        QList<WorkloadSample> samples;
        for (int i = 0; i < 200; ++i)
            samples << sampleAt(start + i * 1000, i);
        std::shuffle(samples.begin(), samples.end(), *QRandomGenerator::global());
        WorkloadSeries series;
        series.merge(samples);
        series.merge(samples.mid(0, 50));
        const auto lines = series.lines(Metric::CpuUser, start, start + 300'000);
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines.first().size(), 200);
        QVERIFY(std::is_sorted(lines.first().begin(), lines.first().end(),
                               [](const QPointF &a, const QPointF &b) { return a.x() < b.x(); }));
    }

    void leavesAGapWhereNothingWasTold()
    {
        WorkloadSeries series;
        for (int i = 0; i < 60; ++i)
            series.append(
                sampleAt(start + i * 1000, i >= 20 && i < 30 ? std::nullopt : std::optional(1.0)));
        const auto lines = series.lines(Metric::CpuUser, start, start + 60'000);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0].size(), 20);
        QCOMPARE(lines[1].size(), 30);
        QVERIFY(!series.valueAt(Metric::CpuUser, start + 25'000));
        QVERIFY(!series.maximum(Metric::MemoryUsed, start, start + 60'000));
    }

    void leavesAGapOfOneSample()
    {
        WorkloadSeries series;
        for (int i = 0; i < 10; ++i)
            series.append(sampleAt(start + i * 1000, i == 5 ? std::nullopt : std::optional(1.0)));
        QCOMPARE(series.lines(Metric::CpuUser, start, start + 60'000).size(), 2);
    }

    void leavesAGapWhereTheServerWasSilent()
    {
        WorkloadSeries series;
        for (int i = 0; i < 30; ++i)
            series.append(sampleAt(start + i * 2000 + (i >= 15 ? 30'000 : 0), 5));
        QCOMPARE(series.interval(), 2000);
        QCOMPARE(series.lines(Metric::CpuUser, start, start + 200'000).size(), 2);
        QVERIFY(!series.nearestTime(start + 28'000 + 15'000));
    }

    void forgivesARoundThatCameLate()
    {
        WorkloadSeries series;
        for (int i = 0; i < 30; ++i)
            series.append(sampleAt(start + i * 1000 + (i >= 15 ? 1200 : 0), 5));
        QCOMPARE(series.lines(Metric::CpuUser, start, start + 200'000).size(), 1);
    }

    void startsAgainWhenTheClockWasSetBack()
    {
        WorkloadSeries series = everySecond(100);
        series.append(sampleAt(start - 86'400'000, 7));
        QCOMPARE(series.size(), 1);
        QCOMPARE(series.lastTime(), start - 86'400'000);
    }

    void forgetsASampleFromTheFuture()
    {
        WorkloadSeries series = everySecond(10);
        series.append(sampleAt(9'007'199'254'740'991, 7));
        series.append(sampleAt(start + 10'000, 7));
        QCOMPARE(series.size(), 11);
        QCOMPARE(series.lastTime(), start + 10'000);
    }

    void refusesTimesThatAreNone()
    {
        WorkloadSeries series;
        series.append(sampleAt(0, 1));
        series.append(sampleAt(-5, 1));
        QVERIFY(series.isEmpty());
        QVERIFY(!series.nearestTime(start));
        QVERIFY(!series.step(start, 1));
        QVERIFY(series.lines(Metric::CpuUser, 0, start).isEmpty());
    }

    void stepsFromSampleToSample()
    {
        const WorkloadSeries series = everySecond(10);
        QCOMPARE(series.step(start + 3000, 1), std::optional(start + 4000));
        QCOMPARE(series.step(start + 3000, -2), std::optional(start + 1000));
        QCOMPARE(series.step(start, -5), std::optional(start));
        QCOMPARE(series.step(start + 3000, 500), std::optional(start + 9000));
        QCOMPARE(series.valueAt(Metric::CpuUser, start + 3400), std::optional(3.0));
    }

    /// Whatever the points are: bounded, first and last kept, only points that were given, in
    /// order.
    void thinsOutAnyLineWithoutInventing()
    {
        QRandomGenerator random(42);
        for (int round = 0; round < 300; ++round) {
            Line points;
            double x = 0;
            const int count = int(random.bounded(2000));
            for (int i = 0; i < count; ++i)
                points << QPointF(x += 1 + random.bounded(5000),
                                  random.generateDouble() * random.bounded(100));
            const int maximum = int(random.bounded(700));
            const Line thin = largestTriangles(points, maximum);
            QVERIFY(thin.size() <= std::max(maximum, 3) || thin == points);
            QVERIFY(thin.size() == std::min<qsizetype>(points.size(), std::max(maximum, 3)));
            auto from = points.cbegin();
            for (const QPointF &point : thin) {
                from = std::find(from, points.cend(), point);
                QVERIFY(from != points.cend());
                ++from;
            }
            if (!points.isEmpty()) {
                QCOMPARE(thin.first(), points.first());
                QCOMPARE(thin.last(), points.last());
            }
        }
    }

    void keepsAPeakWhenThinning()
    {
        Line points;
        for (int i = 0; i < 10'000; ++i)
            points << QPointF(i, i == 5432 ? 100 : 1);
        QVERIFY(largestTriangles(points, 100).contains(QPointF(5432, 100)));
    }

    /// Whatever samples come: bounded, inside the range, no point where nothing was told, thinned
    /// to the maximum.
    void drawsOnlyWhatWasTold()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 100; ++round) {
            WorkloadSeries series;
            QMap<qint64, double> told;
            qint64 time = start;
            for (int i = 0; i < 400; ++i) {
                time += 500 + random.bounded(random.bounded(20) == 0 ? 60'000 : 1500);
                const bool isTold = random.bounded(10) != 0;
                const double value = random.generateDouble() * 100;
                series.append(sampleAt(time, isTold ? std::optional(value) : std::nullopt));
                if (isTold)
                    told.insert(time, value);
            }
            QCOMPARE(series.size(), WorkloadSeries::capacity);
            const qint64 from = time - random.bounded(400'000), to = time - random.bounded(10'000);
            qsizetype expected = 0;
            for (auto it = told.cbegin(); it != told.cend(); ++it)
                expected += it.key() >= std::max(from, series.firstTime()) && it.key() <= to;
            const auto lines = series.lines(Metric::CpuUser, from, to);
            QCOMPARE(pointCount(lines), expected);
            for (const Line &line : lines) {
                QVERIFY(!line.isEmpty());
                for (const QPointF &point : line)
                    QCOMPARE(point.y(), told.value(qint64(point.x()), -1));
            }
            const auto thin = series.lines(Metric::CpuUser, from, to, 50);
            QVERIFY(pointCount(thin) <= 50 + 3 * thin.size());
        }
    }
};

QTEST_GUILESS_MAIN(TestWorkloadSeries)
#include "tst_workloadseries.moc"
