// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/models/timesource.h"
#include "console/settings/preferences.h"
#include "console/views/actionbar.h"
#include "console/views/eventlist.h"
#include "console/views/filterfield.h"
#include "console/views/fleetpage.h"
#include "console/views/linkbutton.h"
#include "console/views/mainwindow.h"
#include "console/views/momentpopup.h"
#include "console/views/offlinebanner.h"
#include "console/views/pastbanner.h"
#include "console/views/pastdetails.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/timebadge.h"
#include "console/views/timebar.h"
#include "console/views/timeslider.h"
#include "shared/core/translation.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000, minute = 60'000, day = 24 * 60 * minute;
const QString databaseOne = u"10.207.26.250"_s, databaseTwo = u"10.207.26.251"_s;

void addEvent(FleetState &state, qint64 when, const QString &ip, const ServiceId &service,
              int alive)
{
    Event event{u"%1-0"_s.arg(when), u"service"_s, ip, {}};
    event.json = {{u"type"_s, event.type},           {u"ip"_s, ip},       {u"role"_s, service.role},
                  {u"instance"_s, service.instance}, {u"alive"_s, alive}, {u"timestamp"_s, when}};
    if (alive == 0) {
        event.json.insert(u"reason"_s, u"0 processes found, 1 expected"_s);
        event.json.insert(u"code"_s, u"process.count"_s);
        event.json.insert(u"args"_s, QJsonObject{{u"found"_s, 0}, {u"least"_s, 1}});
    }
    state.events.append(event);
}

/// The demo fleet that has stood for months but for what its events tell; some more of those.
FleetState travelledFleet(qint64 now)
{
    FleetState state = demoFleet(now);
    const qint64 longAgo = now - 97 * day;
    for (FleetServer &server : state.servers) {
        if (server.alive == std::optional(true))
            server.since = longAgo;
        for (FleetService &service : server.services) {
            if (service.state.alive == std::optional(true))
                service.state.since = longAgo;
        }
    }
    for (int i = 0; i < 9; ++i)
        addEvent(state, now - (870 + i * 53) * minute, u"10.207.26.242"_s,
                 {u"memcached"_s, u"11211"_s}, i % 2);
    std::sort(state.events.begin(), state.events.end(), [](const Event &a, const Event &b) {
        return a.id.section(u'-', 0, 0).toLongLong() > b.id.section(u'-', 0, 0).toLongLong();
    });
    return state;
}

} // namespace

/// Travelling in time as a person does it: by keyboard and mouse.
class TestTimeTravel : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    struct Console
    {
        explicit Console(const QString &file)
            : settings(file, QSettings::IniFormat)
            , preferences(settings)
        {
            openWindow();
        }

        void openWindow()
        {
            window = std::make_unique<MainWindow>(source, preferences, &centre);
            window->resize(1440, 900);
            window->show();
            QVERIFY(QTest::qWaitForWindowActive(window.get()));
        }

        template<typename T>
        T &find()
        {
            return *window->findChild<T *>();
        }

        bool isPast() { return source.isPast(); }

        QSettings settings;
        Preferences preferences;
        FixedSource live{travelledFleet(evening), evening};
        TimeSource source{live};
        FixedDesk desk;
        ActionCentre centre{source, desk};
        std::unique_ptr<MainWindow> window;
    };

    std::unique_ptr<Console> console()
    {
        static int count = 0;
        return std::make_unique<Console>(m_folder.filePath(u"%1.ini"_s.arg(++count)));
    }

    static void save(MainWindow &window, const QString &name)
    {
        QTest::qWait(300); // what is collected before it is shown
        const QPixmap picture = window.grab();
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(
            picture.save(u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name,
                                               themeOf(&window).isDark ? u"dark"_s : u"light"_s)));
    }

    /// Labels and buttons that are narrower than their text.
    static QStringList cutTexts(const QWidget &window)
    {
        QStringList cut;
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (!widget->isVisible() || (!label && !button) || (label && label->wordWrap()))
                continue;
            if (widget->width() < widget->sizeHint().width()
                || widget->height() < widget->sizeHint().height())
                cut << (label ? label->text() : button->text());
        }
        return cut;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void theSliderTurnsTheWholeConsole()
    {
        const auto c = console();
        auto &slider = c->find<TimeSlider>();
        QCOMPARE(slider.to(), evening);
        QCOMPARE(slider.to() - slider.from(), day);
        QVERIFY(!c->find<PastBanner>().isVisible());
        QCOMPARE(c->find<TimeBadge>().kind(), TimeBadge::Kind::Live);

        const QPoint early(int(slider.xOf(evening - 600 * minute)), 25);
        QTest::mousePress(&slider, Qt::LeftButton, {}, early);
        QVERIFY(c->isPast());
        QVERIFY(std::abs(c->source.moment() - (evening - 600 * minute)) < 3 * minute);
        const QPoint later(int(slider.xOf(evening - 300 * minute)), 25);
        QMouseEvent move(QEvent::MouseMove, later, slider.mapToGlobal(later), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&slider, &move);
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, later);
        QTRY_VERIFY(std::abs(c->source.moment() - (evening - 300 * minute)) < 3 * minute);

        QVERIFY(c->find<PastBanner>().isVisible());
        QVERIFY(!c->find<OfflineBanner>().isVisible());
        QCOMPARE(c->find<TimeBadge>().kind(), TimeBadge::Kind::Past);
        QVERIFY(c->window->windowTitle().contains(u"the past"_s));
        QVERIFY(c->find<StateBar>().text().contains(u"State of"_s));
        QVERIFY(!themeOf(c->window->page(u"overview"_s)).isStale);
    }

    void oneKeyReturnsToLive()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        QVERIFY(c->isPast());
        QTest::keyClick(c->window.get(), Qt::Key_L);
        QVERIFY(!c->isPast());
        QCOMPARE(c->window->windowTitle(), u"Treewarden"_s);
        QVERIFY(!c->find<PastBanner>().isVisible());
    }

    void aLetterTypedIntoAFieldIsALetter()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        c->window->showPage(u"fleet"_s);
        auto *filter = c->window->page(u"fleet"_s)->findChild<FilterField *>();
        filter->setFocus();
        QTest::keyClicks(filter, u"l,. "_s);
        QCOMPARE(filter->text(), u"l,. "_s);
        QVERIFY(c->isPast());
    }

    void keysStepFromEventToEvent()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        QCOMPARE(c->source.wantedMoment(), evening - 6 * minute);
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        QCOMPARE(c->source.wantedMoment(), evening - 22 * minute);
        QTest::keyClick(c->window.get(), Qt::Key_Period);
        QTRY_COMPARE(c->source.moment(), evening - 6 * minute);
    }

    void arrowsMoveTheSlider()
    {
        const auto c = console();
        auto &slider = c->find<TimeSlider>();
        slider.setFocus();
        QTest::keyClick(&slider, Qt::Key_PageDown);
        QTRY_COMPARE(c->source.moment(), evening - day / 20);
        QTest::keyClick(&slider, Qt::Key_Left);
        QTRY_COMPARE(c->source.moment(), evening - day / 20 - day / 500);
        QVERIFY(slider.accessibleDescription().contains(u"November"_s));
        QTest::keyClick(&slider, Qt::Key_Home);
        QTRY_VERIFY(c->source.moment() >= slider.from());
        QTest::keyClick(&slider, Qt::Key_End);
        QVERIFY(!c->isPast());
    }

    void spaceLetsThePastGoOn()
    {
        const auto c = console();
        auto &slider = c->find<TimeSlider>();
        slider.setFocus();
        QTest::keyClick(&slider, Qt::Key_PageDown);
        QTRY_VERIFY(c->isPast());
        const qint64 before = c->source.moment();
        QTest::keyClick(&slider, Qt::Key_Space);
        QVERIFY(c->source.isPlaying());
        QTRY_VERIFY(c->source.moment() > before);
        QTest::keyClick(&slider, Qt::Key_Space);
        QVERIFY(!c->source.isPlaying());
    }

    void oneKeyEndsPlaying()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        auto &slider = c->find<TimeSlider>();
        slider.setFocus();
        QTest::keyClick(&slider, Qt::Key_Space);
        QVERIFY(c->source.isPlaying());
        QTest::keyClick(c->window.get(), Qt::Key_L);
        QVERIFY(!c->source.isPlaying() && !c->isPast());
        QCOMPARE(c->find<TimeBadge>().kind(), TimeBadge::Kind::Live);
        QCOMPARE(c->find<TimeBadge>().accessibleName(), u"Live"_s);
        QVERIFY(!c->find<PastBanner>().isVisible());
        QCOMPARE(slider.accessibleDescription(), u"Live"_s);
    }

    void theOverviewTellsOfThen()
    {
        const auto c = console();
        c->window->showPage(u"overview"_s);
        const auto texts = [&] {
            QStringList said;
            for (const QWidget *widget : c->window->page(u"overview"_s)->findChildren<QWidget *>())
                said << widget->property("text").toString() << widget->accessibleName();
            return said;
        };
        QVERIFY(texts().contains(u"Wrong now"_s));
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        QTRY_VERIFY(texts().contains(u"Wrong then"_s));
        QVERIFY(!texts().contains(u"Wrong now"_s));
        QTRY_VERIFY(texts().join(u' ').contains(u" then"_s));
        QTest::keyClick(c->window.get(), Qt::Key_L);
        QTRY_VERIFY(texts().contains(u"Wrong now"_s));
    }

    void aMomentIsTyped()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_G, Qt::ControlModifier);
        auto *popup = c->window->findChild<MomentPopup *>();
        QVERIFY(popup);
        auto *words = popup->findChild<QLineEdit *>();
        QTest::keyClicks(words, u"rubbish"_s);
        QTest::keyClick(words, Qt::Key_Return);
        QVERIFY(popup->isVisible());
        words->selectAll();
        QTest::keyClicks(words, u"2h ago"_s);
        QTest::keyClick(words, Qt::Key_Return);
        QTRY_COMPARE(c->source.moment(), evening - 120 * minute);
    }

    void anEventLeadsToItsMoment()
    {
        const auto c = console();
        c->window->showPage(u"overview"_s);
        auto *list = c->window->page(u"overview"_s)->findChild<EventList *>();
        list->setCurrentIndex(list->model()->index(1, 0)); // nginx on web-03 died
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(c->source.moment(), evening - 22 * minute);
        QTRY_COMPARE(list->model()->index(0, 0).data(ServerEvents::MomentRole).toLongLong(),
                     evening - 22 * minute);
    }

    void actionsAreOffInThePast()
    {
        const auto c = console();
        c->window->showPage(u"server"_s, databaseOne);
        auto *bar = c->window->page(u"server"_s)->findChild<ActionBar *>();
        QVERIFY(bar->button(u"restart"_s)->isVisible());
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        QTRY_VERIFY(!bar->button(u"restart"_s)->isVisible());
        bool isSaid = false;
        for (const QPushButton *button : bar->findChildren<QPushButton *>())
            isSaid |= button->isVisible() && button->text().contains(u"off in the past"_s);
        QVERIFY(isSaid);
        QTest::keyClick(c->window.get(), Qt::Key_L);
        QTRY_VERIFY(bar->button(u"restart"_s)->isVisible());
    }

    void whatIsWrongNowIsALinkAway()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        c->window->showPage(u"fleet"_s);
        auto *link = c->find<PastBanner>().findChildren<LinkButton *>().last();
        QTRY_VERIFY(link->isVisible());
        QCOMPARE(link->text(), u"3 problems now"_s);
        QTest::mouseClick(link, Qt::LeftButton);
        QVERIFY(!c->isPast());
        QCOMPARE(c->window->currentPage(), u"overview"_s);
    }

    void theBannerClaimsNoMoreThanIsKnown()
    {
        const auto c = console();
        c->source.goTo(evening - 10 * minute);
        auto &banner = c->find<PastBanner>();
        QVERIFY(banner.text().contains(u"States, trees and events are as they were"_s));
        c->source.goLive();
        // One that changed without an event: how it stood before, nobody knows.
        FleetServer &server = c->live.edit().servers[databaseOne];
        server.services.first().state.since = evening - 60 * minute;
        c->source.goTo(evening - 50 * minute);
        QTRY_VERIFY(banner.text().contains(u"States, trees and events are as they were"_s));
        c->source.goTo(evening - 65 * minute);
        QTRY_VERIFY2(banner.text().contains(u"Not known: 1 service."_s), qPrintable(banner.text()));
        c->source.goTo(evening - 50 * minute);
        QTRY_VERIFY(!banner.text().contains(u"Not known"_s));
    }

    void whatIsKnownIsToldByKeyboard()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        auto *link = c->find<PastBanner>().findChild<LinkButton *>();
        QCOMPARE(link->text(), u"What is known"_s);
        link->setFocus();
        QTest::keyClick(link, Qt::Key_Space);
        QPointer<PastDetails> details = c->find<PastBanner>().findChild<PastDetails *>();
        QVERIFY(details && details->isVisible());
        QVERIFY(details->accessibleDescription().contains(u"As it is now: Names"_s));
        QTest::keyClick(details, Qt::Key_Escape);
        QTRY_VERIFY(!details);
        QVERIFY(c->isPast());
    }

    /// The window is built anew in another language.
    void anotherWindowShowsTheSameMoment()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        const qint64 moment = c->source.moment();
        QApplication::setPalette(darkTheme().palette());
        QCOMPARE(c->source.moment(), moment);
        c->window->close();
        c->openWindow();
        QApplication::setPalette(lightTheme().palette());
        QCOMPARE(c->source.moment(), moment);
        QVERIFY(c->find<PastBanner>().isVisible());
        QCOMPARE(c->find<TimeBadge>().kind(), TimeBadge::Kind::Past);
    }

    void withoutRedisThePastStays()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        c->live.goStale(evening, u"Redis does not answer."_s, 4000);
        QVERIFY(!c->find<OfflineBanner>().isVisible());
        QVERIFY2(c->find<PastBanner>().text().contains(u"Redis does not answer."_s),
                 qPrintable(c->find<PastBanner>().text()));
        QVERIFY(!themeOf(c->window->page(u"overview"_s)).isStale);
        QTest::keyClick(c->window.get(), Qt::Key_L);
        QVERIFY(c->find<OfflineBanner>().isVisible());
        QCOMPARE(c->find<TimeBadge>().kind(), TimeBadge::Kind::Stale);
    }

    void theSpanIsRemembered()
    {
        const auto c = console();
        auto &bar = c->find<TimeBar>();
        bar.spanMenu()->actions().first()->trigger();
        QCOMPARE(bar.slider()->to() - bar.slider()->from(), day / 24);
        c->window->close();
        c->openWindow();
        auto &slider = c->find<TimeSlider>();
        QCOMPARE(slider.to() - slider.from(), day / 24);
        c->find<TimeBar>().spanMenu()->actions().last()->trigger();
        QCOMPARE(slider.from(), c->source.events().begin());
    }

    void whatTakesTheFocusHasAName()
    {
        const auto c = console();
        QTest::keyClick(c->window.get(), Qt::Key_Comma);
        for (const QWidget *widget : c->find<TimeBar>().findChildren<QWidget *>()) {
            if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus))
                QVERIFY2(!widget->accessibleName().isEmpty()
                             || !widget->property("text").toString().isEmpty(),
                         widget->metaObject()->className());
        }
    }

    void draws_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void draws()
    {
        QFETCH(bool, isDark);
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
        const auto c = console();
        c->window->showPage(u"overview"_s);
        save(*c->window, u"past-none"_s);
        c->source.goTo(evening - 10 * minute);
        save(*c->window, u"past-overview"_s);
        c->window->showPage(u"tree"_s, u"dev"_s);
        save(*c->window, u"past-tree"_s);
        c->window->showPage(u"fleet"_s);
        save(*c->window, u"past-fleet"_s);
        c->source.goTo(evening - 847 * minute - 30'000);
        c->window->showPage(u"server"_s, databaseOne);
        save(*c->window, u"past-server"_s);
        QCOMPARE(cutTexts(c->find<TimeBar>()) + cutTexts(c->find<PastBanner>()), QStringList());
        c->source.goTo(evening - 5'000 * minute);
        save(*c->window, u"past-begin"_s);
        c->find<PastBanner>().showDetails();
        const QPixmap details = c->find<PastBanner>().findChild<PastDetails *>()->grab();
        QVERIFY(details.save(u"%1/past-details-%2.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER),
                                                             isDark ? u"dark"_s : u"light"_s)));
        c->find<PastBanner>().findChild<PastDetails *>()->close();
        c->window->resize(1000, 700);
        save(*c->window, u"past-narrow"_s);
        QCOMPARE(cutTexts(c->find<TimeBar>()) + cutTexts(c->find<PastBanner>()), QStringList());
        QApplication::setPalette(lightTheme().palette());
    }

    void drawsInChinese()
    {
        useLanguage(u"zh_CN"_s);
        QApplication::setFont(uiFont());
        const auto c = console();
        c->source.goTo(evening - 10 * minute);
        save(*c->window, u"past-overview-zh"_s);
        c->source.goTo(evening - 5'000 * minute);
        save(*c->window, u"past-begin-zh"_s);
        QCOMPARE(cutTexts(c->find<TimeBar>()) + cutTexts(c->find<PastBanner>()), QStringList());
        useLanguage(u"en"_s);
        QApplication::setFont(uiFont());
    }
};

QTEST_MAIN(TestTimeTravel)
#include "tst_timetravel.moc"
