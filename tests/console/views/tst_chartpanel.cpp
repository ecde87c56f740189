// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/liverows.h"
#include "console/views/chartexport.h"
#include "console/views/chartstack.h"
#include "tests/support/demofleet.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'000'000'000;
constexpr qint64 window = 300'000;
const QByteArray cpuUser = QByteArrayLiteral("cpu.user");

WorkloadTracks tracksOf(const QList<WorkloadSample> &samples)
{
    LiveRows rows;
    rows.merge(samples);
    WorkloadTracks tracks;
    rows.extend(&tracks);
    tracks.measureSpacing();
    return tracks;
}

WorkloadTracks demoTracks(int count = 300)
{
    const FleetState fleet = demoFleet(evening);
    for (const FleetServer &server : fleet.servers) {
        if (server.displayName() == u"db-01"_s)
            return tracksOf(demoSamples(server, count, evening));
    }
    return {};
}

double userAt(const WorkloadTracks &tracks, qint64 time)
{
    return pointAt(tracks.track(cpuUser), time, tracks.longestStep())->average;
}

/// How many pixels of a picture have about this colour.
int pixelsOf(const QImage &image, const QColor &colour, const QRect &within, int tolerance = 30)
{
    int count = 0;
    for (int y = within.top(); y <= within.bottom(); ++y) {
        for (int x = within.left(); x <= within.right(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green())
                    + std::abs(pixel.blue() - colour.blue())
                < tolerance;
        }
    }
    return count;
}

} // namespace

class TestChartPanel : public QObject
{
    Q_OBJECT

    static void showTracks(ChartStack &stack, const WorkloadTracks &tracks,
                           qint64 from = evening - window, qint64 to = evening)
    {
        stack.setTracks(tracks);
        stack.showSpan(from, to);
    }

    static void showFull(ChartStack &stack, const QSize &size = {900, 620})
    {
        stack.setPalette(lightTheme().palette());
        stack.resize(size);
        stack.show();
        QVERIFY(QTest::qWaitForWindowExposed(&stack));
        showTracks(stack, demoTracks());
    }

private Q_SLOTS:

    void plotsAlignToThePixelAndOnlyTheLowestShowsTimes()
    {
        ChartStack stack;
        showFull(stack);
        const QRect first = stack.panels().first()->view()->plot();
        for (ChartPanel *panel : stack.panels()) {
            const QRect plot = panel->view()->plot();
            QCOMPARE(panel->view()->mapTo(&stack, QPoint()).x(),
                     stack.panels().first()->view()->mapTo(&stack, QPoint()).x());
            QCOMPARE(plot.left(), first.left());
            QCOMPARE(plot.right(), first.right());
            const bool hasTimes = panel->view()->height() - plot.bottom() >= ChartView::timesHeight;
            QCOMPARE(hasTimes, panel == stack.panels().last());
        }
    }

    void theLegendTellsTheNewestAndThenTheCrosshair()
    {
        ChartStack stack;
        showFull(stack);
        const WorkloadTracks tracks = demoTracks();
        ChartPanel *cpu = stack.panels().first();
        const QString newest = QLocale().toString(userAt(tracks, evening), 'f', 1);
        QCOMPARE(cpu->legendValues().first(), newest);

        QSignalSpy moved(&stack, &ChartStack::crosshairMoved);
        ChartView *view = stack.panels()[2]->view();
        QTest::mouseMove(view, QPoint(ChartView::gutter + 100, 40));
        QTRY_VERIFY(stack.crosshair());
        QCOMPARE(moved.count(), 1);
        QCOMPARE(cpu->legendValues().first(),
                 QLocale().toString(userAt(tracks, *stack.crosshair()), 'f', 1));

        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(view, &leave);
        QVERIFY(!stack.crosshair());
        QCOMPARE(cpu->legendValues().first(), newest);
    }

    void shiftAndTheArrowsStepFromSampleToSample()
    {
        ChartStack stack;
        showFull(stack);
        stack.setFocus();
        QTest::keyClick(&stack, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(stack.crosshair(), std::optional(evening));
        QTest::keyClick(&stack, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(stack.crosshair(), std::optional(evening - 1000));
        QTest::keyClick(&stack, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(stack.crosshair(), std::optional(evening));
        QTest::keyClick(&stack, Qt::Key_Escape);
        QVERIFY(!stack.crosshair());
    }

    void keysAskForOtherTimes()
    {
        ChartStack stack;
        showFull(stack);
        QSignalSpy panned(&stack, &ChartStack::panned), zoomed(&stack, &ChartStack::zoomed),
            begin(&stack, &ChartStack::beginRequested), end(&stack, &ChartStack::endRequested),
            back(&stack, &ChartStack::backRequested),
            forward(&stack, &ChartStack::forwardRequested);
        QTest::keyClick(&stack, Qt::Key_Left);
        QTest::keyClick(&stack, Qt::Key_PageDown);
        QCOMPARE(panned.value(0).value(0).toLongLong(), -window / 10);
        QCOMPARE(panned.value(1).value(0).toLongLong(), window);
        QTest::keyClick(&stack, Qt::Key_Plus);
        QTest::keyClick(&stack, Qt::Key_Minus);
        QVERIFY(zoomed.value(0).value(0).toDouble() < 1 && zoomed.value(1).value(0).toDouble() > 1);
        QTest::keyClick(&stack, Qt::Key_Home);
        QTest::keyClick(&stack, Qt::Key_End);
        QTest::keyClick(&stack, Qt::Key_Left, Qt::AltModifier);
        QTest::keyClick(&stack, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(begin.count() + end.count() + back.count() + forward.count(), 4);
    }

    void theMouseDragsZoomsAndSelects()
    {
        ChartStack stack;
        showFull(stack);
        QSignalSpy panned(&stack, &ChartStack::panned), selected(&stack, &ChartStack::selected),
            zoomed(&stack, &ChartStack::zoomed), reset(&stack, &ChartStack::resetRequested);
        ChartView *view = stack.panels()[1]->view();
        const QRect plot = view->plot();
        const QPoint middle = plot.center();
        QTest::mousePress(view, Qt::LeftButton, {}, middle);
        QMouseEvent drag(QEvent::MouseMove, middle + QPoint(50, 0),
                         view->mapToGlobal(middle + QPoint(50, 0)), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(view, &drag);
        QTest::mouseRelease(view, Qt::LeftButton, {}, middle + QPoint(50, 0));
        QCOMPARE(panned.count(), 1);
        const qint64 expected = -window * 50 / plot.width();
        QVERIFY(std::abs(panned[0][0].toLongLong() - expected) < 1000);

        QTest::mousePress(view, Qt::LeftButton, Qt::ShiftModifier, middle);
        QMouseEvent across(QEvent::MouseMove, middle - QPoint(100, 0),
                           view->mapToGlobal(middle - QPoint(100, 0)), Qt::NoButton, Qt::LeftButton,
                           Qt::ShiftModifier);
        QCoreApplication::sendEvent(view, &across);
        const QImage picture = stack.panels()[0]->grab().toImage();
        QVERIFY(picture.pixelColor(middle.x() - 50, 60)
                != picture.pixelColor(middle.x() + 150, 60));
        QTest::mouseRelease(view, Qt::LeftButton, Qt::ShiftModifier, middle - QPoint(100, 0));
        QCOMPARE(selected.count(), 1);
        const qint64 length = selected[0][1].toLongLong() - selected[0][0].toLongLong();
        QVERIFY(std::abs(length - window * 100 / plot.width()) < 2000);

        QWheelEvent wheel(middle, view->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view, &wheel);
        QCOMPARE(zoomed.count(), 1);
        QVERIFY(zoomed[0][0].toDouble() < 1);
        QTest::mouseDClick(view, Qt::LeftButton, {}, middle);
        QCOMPARE(reset.count(), 1);
        QCOMPARE(selected.count(), 1);
    }

    void aGapIsNoLineAndNoZero()
    {
        QList<WorkloadSample> samples;
        for (int i = 0; i < 100; ++i) {
            WorkloadSample sample;
            sample.timestamp = evening - (100 - i) * 1000 - (i < 50 ? 60'000 : 0);
            sample.info.cpu.user = 50;
            samples << sample;
        }
        ChartStack stack;
        showFull(stack);
        showTracks(stack, tracksOf(samples));
        ChartPanel *cpu = stack.panels().first();
        const QImage picture = cpu->view()->grab().toImage();
        const QRect plot = cpu->view()->plot();
        const auto column = [&](qint64 time) {
            const int x = plot.left() + int((time - evening + window) * plot.width() / window);
            return pixelsOf(picture, lightTheme().series[0], {x, plot.top(), 1, plot.height()},
                            200);
        };
        QVERIFY(column(evening - 20'000) > 0);
        QVERIFY(column(evening - 130'000) > 0);
        QCOMPARE(column(evening - 80'000), 0);
        stack.setCrosshair(evening - 80'000);
        QCOMPARE(cpu->legendValues(), QStringList({u"–"_s, u"–"_s, u"–"_s}));
        QCOMPARE(stack.panels()[3]->legendValues(), QStringList({u"–"_s, u"–"_s}));
    }

    void scalesFitWhatIsShown()
    {
        WorkloadSample sample;
        sample.timestamp = evening;
        sample.info.network.receive = 3.2 * 1024 * 1024;
        sample.info.memory.total = 128ll * 1024 * 1024 * 1024;
        sample.info.memory.used = 64ll * 1024 * 1024 * 1024;
        ChartStack stack;
        showFull(stack);
        showTracks(stack, tracksOf({sample}));
        QCOMPARE(stack.panels()[3]->unitText(), u"MiB/s"_s);
        QCOMPARE(stack.panels()[3]->legendValues().first(), QLocale().toString(3.2, 'f', 1));
        QCOMPARE(stack.panels()[1]->legendValues().first(), QLocale().toString(64.0, 'f', 1));
        QVERIFY(stack.panels()[1]->unitText().contains(u"128"_s));
    }

    void aPingWithoutAnAnswerIsMarked()
    {
        QList<WorkloadSample> samples;
        for (int i = 0; i < 200; ++i) {
            WorkloadSample sample;
            sample.timestamp = evening - (200 - i) * 1000;
            sample.info.memory.used = 1000;
            const bool isLost = i >= 100 && i < 150;
            sample.info.ping = {{u"10.0.0.1"_s, isLost ? std::nullopt : std::optional(0.4)}};
            samples << sample;
        }
        ChartStack stack;
        showFull(stack);
        stack.setSpecs(chartSpecs({"ping.10.0.0.1"}));
        showTracks(stack, tracksOf(samples));
        ChartPanel *ping = stack.panels().first();
        const QImage picture = ping->view()->grab().toImage();
        const QRect plot = ping->view()->plot();
        const auto bottomOf = [&](qint64 time) {
            const int x = plot.left() + int((time - evening + window) * plot.width() / window);
            return pixelsOf(picture, lightTheme().series[0], {x, plot.bottom() - 4, 1, 5});
        };
        QVERIFY(bottomOf(evening - 75'000) > 1);
        QCOMPARE(bottomOf(evening - 150'000), 0);
        stack.setCrosshair(evening - 75'000);
        QCOMPARE(ping->legendValues(), QStringList({u"–"_s}));
    }

    void theComparisonIsNamedAndDashed()
    {
        ChartStack stack;
        showFull(stack);
        WorkloadTracks dayBefore = demoTracks();
        for (Track &track : dayBefore.tracks)
            track = shiftedTrack(track, -86'400'000);
        for (TrackPoint &point : dayBefore.tracks[cpuUser])
            point.average = 77;
        stack.setComparison({u"the day before"_s, dayBefore, 86'400'000});
        stack.showSpan(evening - window, evening);
        ChartPanel *cpu = stack.panels().first();
        QCOMPARE(cpu->legendNames().last(), u"the day before"_s);
        QCOMPARE(cpu->legendValues().last(), QLocale().toString(77.0, 'f', 1));
        const ChartPicture &picture = cpu->view()->picture();
        QVERIFY(picture.curves.last().isDashed);
        stack.setComparison({});
        stack.showSpan(evening - window, evening);
        QCOMPARE(cpu->legendNames().size(), 3);
    }

    void marksSayWhatHappened()
    {
        ChartStack stack;
        showFull(stack);
        stack.setMarks({{evening - 100'000, ChartMark::Kind::State, Health::Died, u"<b>it died"_s},
                        {evening - 99'000, ChartMark::Kind::Command, Health::Alive, u"restart"_s}});
        const ChartView *view = stack.panels()[3]->view();
        const QList<ChartMark> near = view->marksNear(evening - 100'000);
        QCOMPARE(near.size(), 2);
        QCOMPARE(near.first().text, u"<b>it died"_s);
        QVERIFY(view->marksNear(evening - 200'000).isEmpty());
        const QImage picture = stack.panels()[3]->view()->grab().toImage();
        QVERIFY(pixelsOf(picture, lightTheme().dead, picture.rect()) > 20);
    }

    void whatCameAfterAMomentIsPale()
    {
        ChartStack stack;
        showFull(stack);
        const auto strong = [&](bool isRight) {
            const QImage picture = stack.panels().first()->view()->grab().toImage();
            const QRect plot = stack.panels().first()->view()->plot();
            const QRect half(isRight ? plot.center().x() + 8 : plot.left(), plot.top(),
                             plot.width() / 2 - 16, plot.height());
            return pixelsOf(picture, lightTheme().series[0], half);
        };
        QVERIFY(strong(true) > 20);
        stack.setMoment(evening - window / 2);
        stack.showSpan(evening - window, evening);
        QCOMPARE(strong(true), 0);
        QVERIFY(strong(false) > 20);
        const double then = userAt(demoTracks(), evening - window / 2);
        QCOMPARE(stack.panels().first()->legendValues().first(), QLocale().toString(then, 'f', 1));
    }

    void coloursFollowTheThemeAtRunTime()
    {
        ChartStack stack;
        showFull(stack);
        stack.setPalette(darkTheme().palette());
        const QImage picture = stack.grab().toImage();
        QCOMPARE(picture.pixelColor(400, 30), darkTheme().surface);
        QVERIFY(pixelsOf(picture, darkTheme().series[0], {50, 30, 800, 80}) > 50);
    }

    void survivesHostileValues()
    {
        QList<WorkloadSample> samples;
        for (int i = 0; i < 300; ++i) {
            WorkloadSample sample;
            sample.timestamp = i % 3 == 0 ? 9'007'199'254'740'991 - i : evening + i * 1000;
            sample.info.cpu.user = i % 2 == 0 ? std::optional(1e308) : std::nullopt;
            sample.info.load = {1e300, 0, 0};
            sample.info.network.receive = 1e300;
            sample.info.memory.total = std::numeric_limits<qint64>::max();
            samples << sample;
        }
        ChartStack stack;
        showFull(stack);
        showTracks(stack, tracksOf(samples), evening, evening + 300'000);
        stack.setCrosshair(evening + 3000);
        QVERIFY(!stack.grab().isNull());
        stack.showSpan(0, std::numeric_limits<qint64>::max() / 1000);
        QVERIFY(!stack.grab().isNull());
    }

    void numbersBecomeATable()
    {
        WorkloadTracks tracks;
        const QByteArray odd = "filesystems./a\"b,c.used";
        tracks.tracks.insert(cpuUser, {{evening - 1000, 1.5, 1.5, 1.5}, {evening, 2, 2, 2}});
        tracks.tracks.insert(odd, {{evening, 7, 7, 7}});
        QByteArray csv = chartsCsv(chartSpecs({cpuUser, odd}), tracks, evening - 5000, evening);
        QList<QByteArray> lines = csv.split('\n');
        QCOMPARE(lines[0], "time,cpu.user,\"filesystems./a\"\"b,c.used\"\r");
        QVERIFY(lines[1].startsWith("2023-11-1") && lines[1].endsWith(",1.5,\r"));
        QVERIFY(lines[2].endsWith(",2,7\r"));
        QCOMPARE(lines.size(), 4);
        tracks.step = 60'000;
        csv = chartsCsv(chartSpecs({cpuUser}), tracks, evening - 5000, evening);
        QVERIFY(csv.startsWith("time,cpu.user average,cpu.user least,cpu.user most\r\n"));
    }

    void chartsBecomeAPicture()
    {
        ChartStack stack;
        showFull(stack);
        const QImage picture = chartsImage(u"db-01"_s, u"now"_s, stack.panels());
        QVERIFY(picture.width() > 1600);
        QVERIFY(pixelsOf(picture, lightTheme().series[0], picture.rect()) > 200);
        QCOMPARE(exportName(u"../../<x>"_s, evening, u".png"_s).count(u'/'), 0);
    }

    void picturesForEyes()
    {
        for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
            ChartStack stack;
            showFull(stack);
            stack.setPalette(theme->palette());
            stack.setMarks({{evening - 100'000, ChartMark::Kind::State, Health::Died, {}},
                            {evening - 80'000, ChartMark::Kind::State, Health::Alive, {}}});
            stack.setCrosshair(evening - 150'000);
            const QString name = theme->isDark ? u"charts-dark.png"_s : u"charts-light.png"_s;
            QVERIFY(stack.grab().save(QCoreApplication::applicationDirPath() + u'/' + name));
        }
    }
};

QTEST_MAIN(TestChartPanel)
#include "tst_chartpanel.moc"
