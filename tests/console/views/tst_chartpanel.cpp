// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartstack.h"
#include "console/views/theme.h"
#include "tests/support/demofleet.h"

#include <QLineSeries>
#include <QSignalSpy>
#include <QTest>
#include <QValueAxis>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'000'000'000;
constexpr qint64 window = 300'000;

WorkloadSeries demoSeries(int count = 300)
{
    const FleetState fleet = demoFleet(evening);
    WorkloadSeries series;
    for (const FleetServer &server : fleet.servers) {
        if (server.displayName() == u"db-01"_s)
            series.merge(demoSamples(server, count, evening));
    }
    return series;
}

qsizetype drawnPoints(const ChartView *view)
{
    qsizetype count = 0;
    for (QAbstractSeries *series : view->chart()->series())
        count += static_cast<QLineSeries *>(series)->count();
    return count;
}

} // namespace

class TestChartPanel : public QObject
{
    Q_OBJECT

    void showFull(ChartStack &stack, const QSize &size = {900, 620})
    {
        stack.setPalette(lightTheme().palette());
        stack.resize(size);
        stack.show();
        QVERIFY(QTest::qWaitForWindowExposed(&stack));
        stack.draw(demoSeries(), evening - window, evening);
    }

private Q_SLOTS:

    void plotsAlignToThePixelAndOnlyTheLowestShowsTimes()
    {
        ChartStack stack;
        showFull(stack);
        const QRectF first = stack.panels().first()->view()->chart()->plotArea();
        for (ChartPanel *panel : stack.panels()) {
            const QRectF plot = panel->view()->chart()->plotArea();
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
        const WorkloadSeries series = demoSeries();
        ChartPanel *cpu = stack.panels().first();
        const auto user = series.valueAt(Metric::CpuUser, evening);
        QVERIFY(user);
        QCOMPARE(cpu->legendValues().first(), QLocale().toString(*user, 'f', 1));

        QSignalSpy moved(&stack, &ChartStack::crosshairMoved);
        ChartView *view = stack.panels()[2]->view();
        QTest::mouseMove(view->viewport(), QPoint(ChartView::gutter + 100, 40));
        QTRY_VERIFY(stack.crosshair());
        QCOMPARE(moved.count(), 1);
        const auto then = series.valueAt(Metric::CpuUser, *stack.crosshair());
        QVERIFY(then);
        QCOMPARE(cpu->legendValues().first(), QLocale().toString(*then, 'f', 1));

        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(view, &leave);
        QVERIFY(!stack.crosshair());
        QCOMPARE(cpu->legendValues().first(), QLocale().toString(*user, 'f', 1));
    }

    void theArrowKeysStepFromSampleToSample()
    {
        ChartStack stack;
        showFull(stack);
        stack.setFocus();
        QTest::keyClick(&stack, Qt::Key_Left);
        QCOMPARE(stack.crosshair(), std::optional(evening));
        QTest::keyClick(&stack, Qt::Key_Left);
        QCOMPARE(stack.crosshair(), std::optional(evening - 1000));
        QTest::keyClick(&stack, Qt::Key_Home);
        QVERIFY(stack.crosshair() && *stack.crosshair() < evening - 250'000);
        QTest::keyClick(&stack, Qt::Key_Escape);
        QVERIFY(!stack.crosshair());
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
        WorkloadSeries series;
        series.merge(samples);
        ChartStack stack;
        showFull(stack);
        stack.draw(series, evening - window, evening);
        ChartPanel *cpu = stack.panels().first();
        int stretches = 0;
        for (QAbstractSeries *one : cpu->view()->chart()->series())
            stretches += static_cast<QLineSeries *>(one)->count() > 0;
        QCOMPARE(stretches, 2);
        stack.setCrosshair(evening - 80'000);
        QCOMPARE(cpu->legendValues(), QStringList({u"–"_s, u"–"_s, u"–"_s}));
        QCOMPARE(stack.panels()[3]->legendValues(), QStringList({u"–"_s, u"–"_s}));
    }

    void neverDrawsMoreThanSixHundredPointsALine()
    {
        ChartStack stack;
        showFull(stack, {3000, 900});
        for (int i = 0; i < 50; ++i)
            stack.draw(demoSeries(), evening - window, evening);
        for (ChartPanel *panel : stack.panels())
            QVERIFY(drawnPoints(panel->view()) <= 600 * panel->spec().lines.size());
    }

    void scalesFitWhatIsShown()
    {
        WorkloadSample sample;
        sample.timestamp = evening;
        sample.info.network.receive = 3.2 * 1024 * 1024;
        sample.info.memory.total = 128ll * 1024 * 1024 * 1024;
        sample.info.memory.used = 64ll * 1024 * 1024 * 1024;
        WorkloadSeries series;
        series.append(sample);
        ChartStack stack;
        showFull(stack);
        stack.draw(series, evening - window, evening);
        QCOMPARE(stack.panels()[3]->unitText(), u"MiB/s"_s);
        QCOMPARE(stack.panels()[3]->legendValues().first(), QLocale().toString(3.2, 'f', 1));
        QCOMPARE(stack.panels()[1]->legendValues().first(), QLocale().toString(64.0, 'f', 1));
        QVERIFY(stack.panels()[1]->unitText().contains(u"128"_s));
    }

    void coloursFollowTheThemeAtRunTime()
    {
        ChartStack stack;
        showFull(stack);
        ChartView *view = stack.panels().first()->view();
        const auto colour = [view] {
            return static_cast<QLineSeries *>(view->chart()->series().first())->pen().color();
        };
        QCOMPARE(colour(), lightTheme().series[0]);
        stack.setPalette(darkTheme().palette());
        QCOMPARE(colour(), darkTheme().series[0]);
        QCOMPARE(stack.grab().toImage().pixelColor(400, 30), darkTheme().surface);
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
        WorkloadSeries series;
        series.merge(samples);
        ChartStack stack;
        showFull(stack);
        stack.draw(series, evening, evening + 300'000);
        stack.setCrosshair(evening + 3000);
        QVERIFY(!stack.grab().isNull());
        stack.draw(series, 0, std::numeric_limits<qint64>::max() / 1000);
        QVERIFY(!stack.grab().isNull());
    }

    void anUpdateOfAllChartsIsQuick()
    {
        ChartStack stack;
        showFull(stack);
        const WorkloadSeries series = demoSeries();
        QBENCHMARK
        {
            stack.draw(series, evening - window, evening);
            QCoreApplication::processEvents();
        }
    }

    void picturesForEyes()
    {
        for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
            ChartStack stack;
            showFull(stack);
            stack.setPalette(theme->palette());
            stack.setMarks({{evening - 100'000, Health::Died}, {evening - 80'000, Health::Alive}});
            stack.setCrosshair(evening - 150'000);
            const QString name = theme->isDark ? u"charts-dark.png"_s : u"charts-light.png"_s;
            QVERIFY(stack.grab().save(QCoreApplication::applicationDirPath() + u'/' + name));
        }
    }
};

QTEST_MAIN(TestChartPanel)
#include "tst_chartpanel.moc"
