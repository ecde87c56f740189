// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/chartspec.h"
#include "console/models/chartticks.h"
#include "console/models/chartwindow.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000, hour = 3'600'000, day = 24 * hour;

ChartWindow windowOf(qint64 length)
{
    ChartWindow window;
    window.setEnd(now);
    window.setRange(length);
    return window;
}

} // namespace

/// Where charts look, and what they are.
class TestChartWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void followsNowUntilItIsMoved()
    {
        ChartWindow window = windowOf(hour);
        window.setEnd(now + 5000);
        QCOMPARE(window.to(), now + 5000);
        window.pan(-hour / 2);
        QVERIFY(!window.isFollowing());
        window.setEnd(now + 60'000);
        QCOMPARE(window.to(), now + 5000 - hour / 2);
        window.pan(10 * hour);
        QVERIFY(window.isFollowing());
        QCOMPARE(window.to(), now + 60'000);
    }

    void zoomKeepsWhatOneLooksAt()
    {
        ChartWindow window = windowOf(day);
        const qint64 around = now - day / 4;
        for (int i = 0; i < 5; ++i) {
            const double before = double(around - window.from()) / double(window.length());
            window.zoom(0.5, around);
            const double after = double(around - window.from()) / double(window.length());
            QVERIFY(std::abs(before - after) < 1e-3);
        }
        QCOMPARE(window.length(), day / 32);
        window.reset();
        QVERIFY(window.isAtRange());
    }

    void goesBackAndForwardOverWholeMoves()
    {
        ChartWindow window = windowOf(hour);
        QVERIFY(window.canGoBack()); // from live to an hour
        window.select(now - 50'000, now - 20'000);
        const qint64 selected = window.from();
        for (int i = 0; i < 20; ++i)
            window.pan(-1000);
        window.goBack();
        QCOMPARE(window.from(), selected);
        window.goBack();
        QVERIFY(window.isAtRange());
        window.goForward();
        QCOMPARE(window.from(), selected);
        window.goForward();
        QCOMPARE(window.from(), selected - 20'000);
        QVERIFY(!window.canGoForward());
        window.pan(-1000);
        window.goForward();
        QCOMPARE(window.from(), selected - 21'000);
    }

    void endsWhereHistoryBegins()
    {
        ChartWindow window = windowOf(hour);
        window.setBegin(now - 3 * day);
        window.goToBegin();
        QCOMPARE(window.from(), now - 3 * day);
        window.pan(-100 * day);
        QCOMPARE(window.from(), now - 3 * day);
    }

    /// Whatever is done: within bounds, never in the future.
    void staysWithinItsBounds()
    {
        QRandomGenerator random(3);
        ChartWindow window = windowOf(hour);
        for (int i = 0; i < 20'000; ++i) {
            const qint64 some = qint64(random.generate64() >> random.bounded(1, 63));
            switch (random.bounded(8)) {
            case 0:
                window.pan(i % 2 ? some / 4 : -some / 4);
                break;
            case 1:
                window.zoom(random.generateDouble() * 10 + 1e-6,
                            window.from() + window.length() / 3);
                break;
            case 2:
                window.select(now - some % (1000 * day), now - some % day);
                break;
            case 3:
                window.goBack();
                break;
            case 4:
                window.goForward();
                break;
            case 5:
                window.setRange(some % (3000 * day));
                break;
            case 6:
                window.goToBegin();
                break;
            case 7:
                window.goLive();
                break;
            }
            QVERIFY(window.length() >= ChartWindow::shortest);
            QVERIFY(window.length() <= ChartWindow::longest);
            QVERIFY(window.to() <= now);
            QVERIFY(window.from() >= now - 2 * ChartWindow::longest);
        }
    }

    void rangesGoFromLiveToTwoYears()
    {
        QStringList texts;
        for (const ChartRange &range : chartRanges())
            texts << chartRangeText(range);
        QCOMPARE(texts,
                 QStringList({u"Live"_s, u"1 h"_s, u"6 h"_s, u"24 h"_s, u"7 d"_s, u"30 d"_s,
                              u"90 d"_s, u"1 y"_s, u"2 y"_s}));
    }

    void ticksAreRoundByTheLocalCalendar_data()
    {
        QTest::addColumn<qint64>("length");
        QTest::addColumn<QString>("expected");
        QTest::newRow("minutes") << 5 * 60'000ll << u"mm"_s;
        QTest::newRow("hours") << 6 * hour << u"hh"_s;
        QTest::newRow("day") << day << u"hh"_s;
        QTest::newRow("week") << 7 * day << u"days"_s;
        QTest::newRow("month") << 30 * day << u"days"_s;
        QTest::newRow("quarter") << 90 * day << u"days"_s;
        QTest::newRow("year") << 365 * day << u"months"_s;
        QTest::newRow("two years") << 730 * day << u"months"_s;
    }

    void ticksAreRoundByTheLocalCalendar()
    {
        QFETCH(qint64, length);
        QFETCH(QString, expected);
        for (const char *zone : {"UTC", "Asia/Shanghai", "America/New_York", "Asia/Kolkata"}) {
            qputenv("TZ", zone);
            const QList<qint64> ticks = timeTicks(now - length, now, 9);
            QVERIFY2(ticks.size() >= 2 && ticks.size() <= 10, zone);
            for (const qint64 tick : ticks) {
                const QDateTime time = QDateTime::fromMSecsSinceEpoch(tick);
                QVERIFY(tick >= now - length && tick <= now);
                QCOMPARE(time.time().second(), 0);
                if (expected != u"mm")
                    QVERIFY2(time.time().minute() == 0, zone);
                if (expected == u"days" || expected == u"months")
                    QCOMPARE(time.time(), QTime(0, 0));
                if (expected == u"months")
                    QCOMPARE(time.date().day(), 1);
                QVERIFY(!tickText(tick, ticks[1] - ticks[0]).isEmpty());
            }
        }
        qputenv("TZ", "UTC");
    }

    void ticksOfNonsenseAreNone()
    {
        QVERIFY(timeTicks(5, 4).isEmpty());
        QVERIFY(timeTicks(0, std::numeric_limits<qint64>::max() / 2).size() < 100);
    }

    void chartsAreThoseThatHaveNumbers()
    {
        QStringList ids;
        for (const ChartSpec &spec : chartSpecs({"cpu.user", "ping.10.0.0.1", "filesystems./.used",
                                                 "filesystems./.total", "agent.rss"}))
            ids << spec.id;
        QCOMPARE(ids, QStringList({u"cpu"_s, u"filesystems"_s, u"ping"_s}));
        QCOMPARE(chartSpecs({}).size(), 5);
    }

    void moreThanSixFilesystemsAreShownAsOther()
    {
        QSet<QByteArray> metrics;
        WorkloadTracks tracks;
        for (int i = 0; i < 9; ++i) {
            const QByteArray mount = "filesystems./srv/" + QByteArray::number(i);
            metrics << mount + ".used" << mount + ".total";
            tracks.tracks.insert(mount + ".used", {{now, i * 10., i * 10., i * 10.}});
            tracks.tracks.insert(mount + ".total", {{now, 100, 100, 100}});
        }
        const ChartSpec spec = chartSpecs(metrics).first();
        QCOMPARE(spec.lines.size(), 7);
        QCOMPARE(spec.lines.last().colour, ChartLine::otherColour);
        QCOMPARE(lineTrack(spec.lines[3], tracks).first().average, 30.0);
        QCOMPARE(lineTrack(spec.lines.last(), tracks).first().average, 80.0);
    }

    void percentOfNothingIsNothing()
    {
        QVERIFY(percentTrack({{1, 5, 5, 5}}, {{1, 0, 0, 0}}).isEmpty());
        QVERIFY(percentTrack({{1, 5, 5, 5}}, {{2, 10, 10, 10}}).isEmpty());
        QCOMPARE(percentTrack({{1, 5, 4, 6}}, {{1, 10, 10, 10}}), Track({{1, 50, 40, 60}}));
    }
};

QTEST_GUILESS_MAIN(TestChartWindow)
#include "tst_chartwindow.moc"
