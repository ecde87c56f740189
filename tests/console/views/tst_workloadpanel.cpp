// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/preferences.h"
#include "console/views/chartstack.h"
#include "console/views/mainwindow.h"
#include "console/views/serverpage.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "console/views/workloadpanel.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"
#include "tests/support/demofleet.h"
#include "tests/support/demohistory.h"
#include "tests/support/fixedsource.h"
#include "tests/support/redisserver.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// A fleet that stands still, with histories in a real Redis.
class HistorySource : public FixedSource
{
public:
    HistorySource(const FleetState &state, qint64 now, const RedisServer &redis)
        : FixedSource(state, now)
        , m_connection(redis.url())
    {
        m_connection.open();
    }

    RedisConnection *connection() override { return &m_connection; }

private:
    RedisConnection m_connection;
};

namespace {

constexpr qint64 evening = 1'700'068'841'000; // 2023-11-15 17:20:41 UTC
constexpr qint64 minute = 60'000, hour = 60 * minute, day = 24 * hour;
const QString databaseOne = u"10.207.26.250"_s, webThree = u"10.207.26.233"_s;
constexpr int patience = 30'000;

DemoHistory historyOf(const FleetState &fleet, const QString &ip)
{
    DemoHistory history;
    history.end = evening;
    history.usual = fleet.servers[ip].workload.info.read();
    history.usual.ping = {{u"10.207.26.240"_s, 0.42}, {u"10.207.26.1"_s, 0.21}};
    history.usual.pressure = {1.2, 0.1, 3.4};
    history.usual.filesystems = {{u"/"_s, {50'000'000'000, 21'000'000'000, 3.0}},
                                 {u"/var"_s, {200'000'000'000, 140'000'000'000, 1.0}}};
    return history;
}

} // namespace

/// The charts by mouse and keyboard, over a real Redis.
class TestWorkloadPanel : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<RedisServer> m_redis;

    struct Site
    {
        explicit Site(const RedisServer &redis)
            : source(calmFleet(evening), evening, redis)
            , panel(source)
        {
            panel.resize(1000, 800);
            panel.open(databaseOne);
            panel.show();
        }

        bool isQuiet() const { return !panel.feed().isLoading(); }

        void choose(qint64 length)
        {
            panel.setRange(length);
            QVERIFY(QTest::qWaitFor(
                [&] {
                    const WorkloadTracks &tracks = panel.feed().tracks();
                    return isQuiet() && tracks.from > 0 && tracks.from <= evening - length
                        && tracks.to >= evening;
                },
                patience));
        }

        QAbstractButton *button(const QString &text) const
        {
            for (auto *one : panel.findChildren<QAbstractButton *>()) {
                if (one->text() == text)
                    return one;
            }
            return nullptr;
        }

        QString words() const
        {
            QStringList texts;
            for (const TonedLabel *label : panel.findChildren<TonedLabel *>())
                texts << label->text();
            return texts.join(u'\n');
        }

        static QAction *action(const QMenu *menu, const QString &text)
        {
            for (QAction *one : menu->actions()) {
                if (one->menu()) {
                    if (QAction *found = action(one->menu(), text))
                        return found;
                } else if (one->text() == text) {
                    return one;
                }
            }
            return nullptr;
        }

        ChartView *view() const { return panel.charts()->panels().first()->view(); }

        qsizetype points() const
        {
            const Track &track = view()->picture().curves.first().track;
            const auto [first, end]
                = trackPart(track, view()->picture().from, view()->picture().to);
            return end - first;
        }

        /// Every second of it, and where more is read a point beyond each edge.
        bool hasFiveMinutes() const { return points() >= 300 && points() <= 302; }

        HistorySource source;
        WorkloadPanel panel;
    };

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        m_redis = std::make_unique<RedisServer>();
        const FleetState fleet = calmFleet(evening);
        DemoHistory history = historyOf(fleet, databaseOne);
        history.isSilent
            = [](qint64 time) { return time >= evening - 9 * hour && time < evening - 8 * hour; };
        history.fill(*m_redis, databaseOne);
        historyOf(fleet, webThree).fill(*m_redis, webThree);
        const auto died = [&](qint64 time, int alive) {
            m_redis->call({"XADD", Keys::events, QByteArray::number(time) + "-*", "type", "alive",
                           "ip", databaseOne.toUtf8(), "json",
                           "{\"alive\":" + QByteArray::number(alive)
                               + ",\"timestamp\":" + QByteArray::number(time) + '}'});
        };
        died(evening - 9 * hour, 0);
        died(evening - 8 * hour, 1);
    }

    void init()
    {
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void opensLive()
    {
        Site site(*m_redis);
        QTRY_VERIFY_WITH_TIMEOUT(site.hasFiveMinutes(), patience);
        QVERIFY(site.words().contains(u"Live, the last 5 minutes"_s));
        QVERIFY(!site.button(u"Back to live"_s)->isVisible());
        const QList<ChartPanel *> panels = site.panel.charts()->panels();
        QStringList ids;
        for (const ChartPanel *panel : panels)
            ids << panel->spec().id;
        QCOMPARE(ids,
                 QStringList({u"cpu"_s, u"memory"_s, u"load"_s, u"pressure"_s, u"network"_s,
                              u"disk"_s, u"diskbusy"_s, u"filesystems"_s, u"ping"_s}));
    }

    void aRangeIsOneClickAway()
    {
        Site site(*m_redis);
        QAbstractButton *button = site.button(u"24 h"_s);
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(site.panel.window().length(), day);
        QTRY_VERIFY_WITH_TIMEOUT(site.points() > 400, patience);
        QVERIFY(button->isChecked());
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Right);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(site.panel.window().length(), 7 * day);
    }

    void everyRangeHasItsPoints()
    {
        Site site(*m_redis);
        for (const ChartRange &range : chartRanges()) {
            if (range.length < hour)
                continue;
            site.choose(range.length);
            QTRY_VERIFY_WITH_TIMEOUT(site.points() > 200 && site.points() <= 602, patience);
            QVERIFY(!site.panel.grab().isNull());
        }
    }

    void draggingLeavesNowAndOneButtonReturns()
    {
        Site site(*m_redis);
        site.choose(6 * hour);
        ChartView *view = site.view();
        const QPoint middle = view->plot().center();
        QTest::mousePress(view, Qt::LeftButton, {}, middle);
        for (const int moved : {40, 80, 120}) {
            QMouseEvent drag(QEvent::MouseMove, middle + QPoint(moved, 0),
                             view->mapToGlobal(middle + QPoint(moved, 0)), Qt::NoButton,
                             Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(view, &drag);
        }
        QTest::mouseRelease(view, Qt::LeftButton, {}, middle + QPoint(120, 0));
        const qint64 expected = 6 * hour * 120 / view->plot().width();
        QVERIFY(std::abs(evening - site.panel.window().to() - expected) < 2 * minute);
        auto *back = site.button(u"Back to live"_s);
        QVERIFY(back->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(site.isQuiet() && site.points() > 300, patience);
        QTest::mouseClick(back, Qt::LeftButton);
        QVERIFY(site.panel.window().isFollowing());
        QVERIFY(!back->isVisible());
    }

    void theKeyboardGoesEverywhere()
    {
        Site site(*m_redis);
        site.choose(hour);
        ChartStack *stack = site.panel.charts();
        stack->setFocus();
        QTest::keyClick(stack, Qt::Key_PageUp);
        QCOMPARE(site.panel.window().to(), evening - hour);
        QTest::keyClick(stack, Qt::Key_Left);
        QCOMPARE(site.panel.window().to(), evening - hour - hour / 10);
        QTest::keyClick(stack, Qt::Key_Plus);
        QVERIFY(site.panel.window().length() < hour);
        QTest::keyClick(stack, Qt::Key_0);
        QVERIFY(site.panel.window().isAtRange());
        QTest::keyClick(stack, Qt::Key_Left, Qt::AltModifier);
        QVERIFY(!site.panel.window().isAtRange());
        QTest::keyClick(stack, Qt::Key_End);
        QVERIFY(site.panel.window().isFollowing());
        QTest::keyClick(stack, Qt::Key_Home);
        QVERIFY(site.panel.window().from() < evening - 700 * day);
        QTRY_VERIFY_WITH_TIMEOUT(site.isQuiet() && site.panel.feed().tracks().step == hour,
                                 patience);
    }

    void aSelectionIsZoomedTo()
    {
        Site site(*m_redis);
        site.choose(day);
        ChartView *view = site.view();
        const QPoint middle = view->plot().center();
        QTest::mousePress(view, Qt::LeftButton, Qt::ShiftModifier, middle);
        QTest::mouseRelease(view, Qt::LeftButton, Qt::ShiftModifier, middle + QPoint(60, 0));
        const qint64 expected = day * 60 / view->plot().width();
        QVERIFY(std::abs(site.panel.window().length() - expected) < 5 * minute);
        QTest::keyClick(site.panel.charts(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(site.panel.window().length(), day);
    }

    void deathsAreMarkedOnEveryChart()
    {
        Site site(*m_redis);
        site.choose(day);
        QTRY_VERIFY_WITH_TIMEOUT(!site.view()->marksNear(evening - 9 * hour).isEmpty()
                                     && !site.view()->marksNear(evening - 8 * hour).isEmpty(),
                                 patience);
        const QList<ChartMark> died = site.view()->marksNear(evening - 9 * hour);
        QCOMPARE(died.first().health, Health::Died);
        QVERIFY2(died.first().text.contains(u"db-01"_s), qPrintable(died.first().text));
        // And no line is drawn through the hour of silence.
        const qint64 longest = site.view()->picture().longestStep;
        QVERIFY(!pointAt(site.view()->picture().curves.first().track,
                         evening - 8 * hour - 30 * minute, longest));
    }

    void comparesWithTheDayBefore()
    {
        Site site(*m_redis);
        site.choose(6 * hour);
        QAction *action = Site::action(site.panel.bar()->compareMenu(), u"The day before"_s);
        QVERIFY(action);
        action->trigger();
        QVERIFY(site.button(u"Compare: the day before"_s));
        ChartPanel *cpu = site.panel.charts()->panels().first();
        QTRY_VERIFY_WITH_TIMEOUT(
            cpu->legendValues().size() == 4 && cpu->legendValues().last() != u"–"_s, patience);
        const ChartCurve &curve = site.view()->picture().curves.last();
        QVERIFY(curve.isDashed && curve.track.size() > 300);
        Site::action(site.panel.bar()->compareMenu(), u"Nothing"_s)->trigger();
        QCOMPARE(cpu->legendValues().size(), 3);
    }

    void comparesWithAnotherServer()
    {
        Site site(*m_redis);
        site.choose(hour);
        Site::action(site.panel.bar()->compareMenu(), u"Another server…"_s)->trigger();
        QLineEdit *field = site.panel.bar()->serverField();
        QVERIFY(field->isVisible());
        QTest::keyClicks(field, u"nobody"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(site.words().contains(u"No server is called nobody"_s));
        Site::action(site.panel.bar()->compareMenu(), u"Another server…"_s)->trigger();
        QTest::keyClicks(field, u"web-03"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!field->isVisible());
        ChartPanel *cpu = site.panel.charts()->panels().first();
        QTRY_VERIFY_WITH_TIMEOUT(cpu->legendNames().last() == u"web-03"_s
                                     && cpu->legendValues().last() != u"–"_s,
                                 patience);
    }

    void chosenChartsAndRangeAreRemembered()
    {
        const QString file = m_folder.filePath(u"remembered.ini"_s);
        {
            QSettings settings(file, QSettings::IniFormat);
            Preferences preferences(settings);
            Site site(*m_redis);
            site.panel.remember(preferences);
            site.choose(day);
            QAction *memory = Site::action(site.panel.bar()->moreMenu(), u"Memory"_s);
            QVERIFY(memory && memory->isChecked());
            memory->trigger();
            for (const ChartPanel *panel : site.panel.charts()->panels())
                QVERIFY(panel->spec().id != u"memory");
        }
        QSettings settings(file, QSettings::IniFormat);
        Preferences preferences(settings);
        Site site(*m_redis);
        site.panel.remember(preferences);
        QCOMPARE(site.panel.window().length(), day);
        QTRY_VERIFY_WITH_TIMEOUT(site.points() > 400, patience);
        for (const ChartPanel *panel : site.panel.charts()->panels())
            QVERIFY(panel->spec().id != u"memory");
    }

    void savesNumbersAndPictures()
    {
        Site site(*m_redis);
        site.choose(day);
        const QString table = m_folder.filePath(u"load.csv"_s);
        site.panel.saveAs(table);
        QVERIFY(site.words().contains(u"Saved as"_s));
        QFile file(table);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QVERIFY(lines.first().startsWith("time,cpu.user average,cpu.user least,cpu.user most,"));
        QVERIFY(lines.size() > 400);
        const QString picture = m_folder.filePath(u"load.png"_s);
        site.panel.saveAs(picture);
        QVERIFY(QImage(picture).width() > 1500);
        Site::action(site.panel.bar()->moreMenu(), u"Copy as picture"_s)->trigger();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
        site.panel.saveAs(u"/proc/none/load.png"_s);
        QVERIFY(site.words().contains(u"are not saved"_s));
    }

    void aMomentOfThePastStandsInsideTheCharts()
    {
        Site site(*m_redis);
        site.choose(hour);
        const qint64 moment = evening - 14 * hour;
        site.source.setNow(moment);
        site.source.setMoment(moment);
        QVERIFY(site.panel.window().from() < moment && site.panel.window().to() > moment);
        QTRY_VERIFY_WITH_TIMEOUT(site.isQuiet() && site.points() > 300, patience);
        QVERIFY(site.panel.charts()->panels().first()->legendValues().first() != u"–"_s);
        site.source.setNow(evening);
        site.source.setMoment(0);
        QCOMPARE(site.panel.window().to(), evening);
        QTRY_VERIFY_WITH_TIMEOUT(site.isQuiet() && site.points() > 300, patience);
    }

    void aHiddenPanelAsksForNothing()
    {
        Site site(*m_redis);
        QTRY_VERIFY_WITH_TIMEOUT(site.hasFiveMinutes(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(site.isQuiet(), patience);
        site.panel.hide();
        const qint64 last = site.panel.feed().lastTime();
        site.source.edit().servers[databaseOne].workload.timestamp = last + 1000;
        Q_EMIT site.source.workloadChanged(databaseOne);
        QCOMPARE(site.panel.feed().lastTime(), last);
        site.panel.show();
        QCOMPARE(site.panel.feed().lastTime(), last + 1000);
    }

    void picturesForEyes_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void picturesForEyes()
    {
        QFETCH(bool, isDark);
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
        HistorySource source(demoFleet(evening), evening, *m_redis);
        QSettings settings(m_folder.filePath(isDark ? u"d"_s : u"l"_s), QSettings::IniFormat);
        Preferences preferences(settings);
        MainWindow window(source, preferences);
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.showPage(u"server"_s, databaseOne);
        WorkloadPanel *panel = static_cast<ServerPage *>(window.page(u"server"_s))->workload();
        const auto save = [&](const QString &name, qint64 length) {
            panel->setRange(length);
            QVERIFY(QTest::qWaitFor(
                [&] {
                    const WorkloadTracks &tracks = panel->feed().tracks();
                    return !panel->feed().isLoading() && tracks.from > 0
                        && tracks.from <= evening - length && tracks.to >= evening;
                },
                patience));
            panel->charts()->setCrosshair(evening - length / 3);
            const auto *cpu = panel->charts()->panels().first();
            QVERIFY(
                QTest::qWaitFor([&] { return cpu->legendValues().last() != u"–"_s; }, patience));
            QTest::qWait(50);
            QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
            QVERIFY(window.grab().save(u"%1/%2-%3.png"_s.arg(
                QStringLiteral(SCREENSHOT_FOLDER), name, isDark ? u"dark"_s : u"light"_s)));
        };
        save(u"server-24h"_s, day);
        save(u"server-1y"_s, 365 * day);
        panel->compareWith({ChartCompare::Kind::DayBefore, {}});
        save(u"server-compare"_s, 6 * hour);
        panel->compareWith({});
        panel->setMoment(evening - 14 * hour);
        panel->setRange(hour);
        QTest::qWait(300);
        QVERIFY(window.grab().save(u"%1/server-past-%2.png"_s.arg(
            QStringLiteral(SCREENSHOT_FOLDER), isDark ? u"dark"_s : u"light"_s)));
    }
};

QTEST_MAIN(TestWorkloadPanel)
#include "tst_workloadpanel.moc"
