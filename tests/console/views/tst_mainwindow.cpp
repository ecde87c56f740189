// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/settings/preferences.h"
#include "console/views/emptystate.h"
#include "console/views/eventlist.h"
#include "console/views/filterfield.h"
#include "console/views/fleetpage.h"
#include "console/views/linkbutton.h"
#include "console/views/mainwindow.h"
#include "console/views/offlinebanner.h"
#include "console/views/overviewpage.h"
#include "console/views/page.h"
#include "console/views/pageplace.h"
#include "console/views/pagetabs.h"
#include "console/views/pendingpanel.h"
#include "console/views/problemlist.h"
#include "console/views/sidebar.h"
#include "console/views/sitebutton.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "console/views/totalstile.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QPixmapCache>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

/// Notes what is shown as a window.
class ShownWindows : public QObject
{
public:
    QStringList names;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<const QWidget *>(watched);
        if (widget && widget->isWindow() && event->type() == QEvent::Show)
            names << QString::fromLatin1(widget->metaObject()->className());
        return false;
    }
};

} // namespace

/// The window as a person uses it: by keyboard and mouse.
class TestMainWindow : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<FixedSource> m_source;
    std::unique_ptr<MainWindow> m_window;

    void openWindow()
    {
        m_window = std::make_unique<MainWindow>(*m_source, *m_preferences);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    FleetPage &fleet() { return *qobject_cast<FleetPage *>(m_window->page(u"fleet"_s)); }

    FilterField &filter() { return *fleet().findChild<FilterField *>(); }

    int rows() { return fleet().model().rowCount(); }

    template<typename T>
    T *child(const QString &accessibleName)
    {
        T *hidden = nullptr;
        for (T *widget : m_window->findChildren<T *>()) {
            if (widget->accessibleName() != accessibleName
                && (!widget->inherits("QAbstractButton")
                    || widget->property("text") != accessibleName))
                continue;
            if (widget->isVisible())
                return widget;
            hidden = hidden ? hidden : widget;
        }
        return hidden;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
    }

    void init()
    {
        static int count = 0;
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QString::number(++count)),
                                                 QSettings::IniFormat);
        m_preferences = std::make_unique<Preferences>(*m_settings);
        m_source = std::make_unique<FixedSource>(demoFleet(evening), evening);
        openWindow();
    }

    void cleanup() { m_window.reset(); }

    void theSidebarLeadsToThePages()
    {
        QCOMPARE(m_window->currentPage(), u"overview"_s);
        QTest::mouseClick(child<NavButton>(tr("Fleet")), Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), u"fleet"_s);
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), u"overview"_s);
        QTest::mouseClick(child<NavButton>(tr("Events")), Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), u"events"_s);
    }

    void aPageIsMadeWhenItIsNeededFirst()
    {
        QCOMPARE(m_window->pages().size(), 1);
        QVERIFY(!m_window->findChild<FleetPage *>());
        QSignalSpy made(m_window.get(), &MainWindow::pageMade);
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), u"fleet"_s);
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(made.size(), 1);
        QCOMPARE(m_window->pages().size(), 2);
        QVERIFY(!m_window->page(u"nowhere"_s));
    }

    void whatIsKeptOfAPageWaitsUntilItIsMade()
    {
        const QVariantMap layouts{{u"tree"_s, QVariantMap{{u"SegmentedChoice/1"_s, 1}}}};
        m_window->setLayouts(layouts);
        m_window->setPlace({u"overview"_s,
                            {{u"fleet"_s, {{u"FilterField/1"_s, u"down"_s}}},
                             {u"tree"_s, {{u"FilterField/1"_s, u"mysql"_s}}}}});
        QCOMPARE(m_window->pages().size(), 1);
        QCOMPARE(m_window->layouts()[u"tree"_s], layouts[u"tree"_s]);
        m_window->showPage(u"fleet"_s);
        QCOMPARE(filter().text(), u"down"_s);
        QCOMPARE(m_window->place().places[u"tree"_s][u"FilterField/1"_s], u"mysql"_s);
        auto *view = m_window->page(u"tree"_s)->findChild<SegmentedChoice *>();
        QCOMPARE(view->currentIndex(), 1);
        m_window->showPage(u"tree"_s);
        QCOMPARE(m_window->page(u"tree"_s)->findChild<FilterField *>()->text(), u"mysql"_s);
    }

    void aPageThatIsNoneIsTheOverview()
    {
        m_preferences->setValue(Preference::WindowPage, u"nowhere"_s);
        openWindow();
        QCOMPARE(m_window->currentPage(), u"overview"_s);
    }

    void aHiddenPageTakesUpAnotherFleetWhenItIsShown()
    {
        m_window->showPage(u"tree"_s, u"dev"_s);
        m_window->showPage(u"fleet"_s);
        m_window->showPage(u"overview"_s);
        QCOMPARE(rows(), 30);
        m_source->replace(emptyFleet());
        QCOMPARE(rows(), 30); // nobody sees it
        m_window->showPage(u"fleet"_s);
        QCOMPARE(rows(), 0);
        m_source->replace(demoFleet(evening));
        QCOMPARE(rows(), 30); // the empty table is seen
        // Its trees are those of now before one of them is chosen.
        m_window->showPage(u"tree"_s, u"dev/mysql"_s);
        QCOMPARE(m_window->page(u"tree"_s)->place()[u"chosen"_s], u"dev/mysql"_s);
    }

    void aLargeFleetIsCountedInTurns()
    {
        FleetState state = hugeFleet(1500, evening);
        state.servers.begin()->alive = false;
        m_source->replace(state);
        auto *button = child<NavButton>(tr("Fleet"));
        QTRY_VERIFY_WITH_TIMEOUT(button->accessibleDescription().startsWith(u"died "), 5000);
        auto *problems = m_window->findChild<ProblemList *>();
        QTRY_VERIFY_WITH_TIMEOUT(problems->count() > 0, 5000);
        auto *tile = m_window->findChild<TotalsTile *>();
        const QString alive = QString::number(fleetTotals(m_source->state(), evening).serversAlive);
        QTRY_VERIFY2_WITH_TIMEOUT(tile->accessibleName().contains(alive),
                                  qPrintable(tile->accessibleName()), 5000);
    }

    /// A part that shows itself before it has a place would be a window for a blink, and take the
    /// focus with it.
    void aPageIsMadeWithoutAWindowOfItsOwn()
    {
        FixedDesk desk;
        ActionCentre centre(*m_source, desk);
        MainWindow window(*m_source, *m_preferences, &centre);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        ShownWindows shown;
        qApp->installEventFilter(&shown);
        for (const QString &key : {u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s, u"commands"_s,
                                   u"server"_s, u"config"_s})
            window.showPage(key, key == u"server" ? u"10.207.26.250"_s : QString());
        qApp->removeEventFilter(&shown);
        QCOMPARE(shown.names.join(u", "_s), QString());
        QCOMPARE(window.pages().size(), 7);
    }

    void aFilterIsTypedAndCleared()
    {
        m_window->showPage(u"fleet"_s);
        fleet().table().setFocus();
        QTest::keyClick(&fleet().table(), '/');
        QTRY_VERIFY(filter().hasFocus());
        QTest::keyClicks(&filter(), u"down"_s);
        QCOMPARE(filter().text(), u"down"_s);
        QCOMPARE(rows(), 3);
        QTest::keyClick(&filter(), Qt::Key_Escape);
        QCOMPARE(rows(), 30);
        QTest::keyClick(&filter(), Qt::Key_Down);
        QTRY_VERIFY(fleet().table().hasFocus());
    }

    void aSlashTypedIntoTheFilterIsPartOfIt()
    {
        m_window->showPage(u"fleet"_s);
        filter().setFocus();
        QTest::keyClicks(&filter(), u"a/b"_s);
        QCOMPARE(filter().text(), u"a/b"_s);
    }

    void nothingFoundSaysSoAndOffersTheWayBack()
    {
        m_window->showPage(u"fleet"_s);
        filter().setText(u"cpu>99.9"_s);
        auto *empty = fleet().findChild<EmptyState *>();
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->text(), u"No server matches cpu>99.9."_s);
        QTest::mouseClick(empty->findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(rows(), 30);
        QVERIFY(fleet().table().isVisible());
    }

    void enterOpensTheServer()
    {
        m_window->showPage(u"fleet"_s);
        QSignalSpy opened(&fleet(), &Page::openServer);
        fleet().table().setFocus();
        fleet().table().setCurrentIndex(fleet().model().index(1, 0));
        QTest::keyClick(&fleet().table(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toString(), fleet().model().row(1).ip);
        QCOMPARE(m_window->currentPage(), u"server"_s);
    }

    void aClickOnAHeaderSorts()
    {
        m_window->showPage(u"fleet"_s);
        QHeaderView *header = fleet().table().horizontalHeader();
        const int x = header->sectionViewportPosition(FleetModel::NameColumn) + 20;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, 10));
        QCOMPARE(fleet().model().row(0).name, u"bill-01"_s);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, 10));
        QCOMPARE(fleet().model().row(0).name, u"web-06"_s);
    }

    void aChipSetsItsFilter()
    {
        m_window->showPage(u"fleet"_s);
        auto *chip = child<ChipButton>(tr("Not alive"));
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(rows(), 4);
        QVERIFY(chip->isChecked());
        QTest::mouseClick(child<ChipButton>(tr("All")), Qt::LeftButton);
        QCOMPARE(rows(), 30);
        QVERIFY(!chip->isChecked());
    }

    void theSelectionStaysWithItsServer()
    {
        m_window->showPage(u"fleet"_s);
        fleet().table().setCurrentIndex(fleet().model().index(5, 0));
        const QString ip = fleet().table().currentIndex().data(FleetModel::IpRole).toString();
        Q_EMIT m_source->reset();
        filter().setText(u"bill"_s);
        QCOMPARE(fleet().table().currentIndex().data(FleetModel::IpRole).toString(), ip);
    }

    void sortNowIsOfferedWhenRowsWouldMove()
    {
        m_window->showPage(u"fleet"_s);
        auto *sortNow = child<LinkButton>(tr("Sort now"));
        QVERIFY(!sortNow->isVisible());
        const QString ip = fleet().model().row(20).ip;
        m_source->setAlive(ip, false);
        QTRY_VERIFY_WITH_TIMEOUT(sortNow->isVisible(), 10'000);
        QVERIFY(fleet().model().rowOf(ip) == 20);
        QTest::mouseClick(sortNow, Qt::LeftButton);
        QVERIFY(fleet().model().rowOf(ip) < 3);
        QVERIFY(!sortNow->isVisible());
    }

    void rowsAreCopied()
    {
        m_window->showPage(u"fleet"_s);
        fleet().table().setFocus();
        fleet().table().selectRow(0);
        QTest::keyClick(&fleet().table(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY2(QGuiApplication::clipboard()->text().startsWith(u"died\tdb-02\t10.207.26.251\t"_s),
                 qPrintable(QGuiApplication::clipboard()->text()));
    }

    void aDeathShowsInOverviewAndSidebar()
    {
        m_source->replace(calmFleet(evening));
        auto *problems = m_window->findChild<ProblemList *>();
        QCOMPARE(problems->count(), 0);
        const QString ip = m_source->state().servers.cbegin()->ip;
        m_source->setAlive(ip, false);
        QTRY_COMPARE_WITH_TIMEOUT(problems->count(), 1, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(child<NavButton>(tr("Fleet"))->accessibleDescription(),
                                  u"died 1"_s, 10'000);
    }

    void everyNumberOfTheOverviewIsALink()
    {
        QSignalSpy fleetOpened(m_window->page(u"overview"_s), &Page::openFleet),
            treeOpened(m_window->page(u"overview"_s), &Page::openTree);
        const auto note = [this](const QString &text, int which = 0) {
            for (NoteLink *link : m_window->findChildren<NoteLink *>())
                if (link->text() == text && which-- == 0)
                    return link;
            return static_cast<NoteLink *>(nullptr);
        };
        QTest::mouseClick(note(u"1 died"_s), Qt::LeftButton);
        QCOMPARE(fleetOpened.takeFirst().first().toString(), u"state:died"_s);
        QCOMPARE(m_window->currentPage(), u"fleet"_s);
        QCOMPARE(rows(), 1);
        m_window->showPage(u"overview"_s);
        QTest::mouseClick(note(u"1 died"_s, 1), Qt::LeftButton); // a service
        QCOMPARE(fleetOpened.takeFirst().first().toString(), u"state:degraded"_s);
        QCOMPARE(rows(), 1);
        m_window->showPage(u"overview"_s);
        note(u"dev"_s)->setFocus();
        QTest::keyClick(note(u"dev"_s), Qt::Key_Space);
        QCOMPARE(treeOpened.takeFirst().first().toString(), u"dev"_s);
        QCOMPARE(m_window->currentPage(), u"tree"_s);
    }

    void aProblemLeadsToItsServer()
    {
        QSignalSpy opened(m_window->page(u"overview"_s), &Page::openServer);
        QTest::mouseClick(child<QPushButton>(u"Open server 10.207.26.251"_s), Qt::LeftButton);
        QCOMPARE(opened.size(), 1);
    }

    void whoAsksToBeEnrolledIsShownWithTheCommand()
    {
        auto *panel = m_window->page(u"overview"_s)->findChild<PendingPanel *>();
        QVERIFY(panel->isVisible());
        QTest::mouseClick(panel->findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"treewarden enrol 10.207.26.219"_s);
        const auto saysRemoved = [panel] {
            const QList<TonedLabel *> labels = panel->findChildren<TonedLabel *>();
            return std::any_of(labels.begin(), labels.end(), [](const TonedLabel *label) {
                return label->text().startsWith(u"was removed on");
            });
        };
        QVERIFY(!saysRemoved());
        m_source->edit().pending.first().json.insert(u"removed"_s, evening - 86'400'000);
        Q_EMIT m_source->pendingChanged();
        QVERIFY(saysRemoved());
        m_source->edit().pending.clear();
        Q_EMIT m_source->pendingChanged();
        QVERIFY(!panel->isVisible());
    }

    void aLostRedisIsToldEverywhere()
    {
        auto *banner = m_window->findChild<OfflineBanner *>();
        auto *bar = m_window->findChild<StateBar *>();
        QVERIFY(!banner->isVisible());
        m_source->goStale(evening - 159'000, u"Redis does not answer."_s, 4000);
        QVERIFY(banner->isVisible());
        QVERIFY2(bar->text().contains(u"reconnecting in 4 s"_s)
                     && bar->text().contains(u"stale since"_s),
                 qPrintable(bar->text()));
        QVERIFY(themeOf(m_window->page(u"fleet"_s)).isStale);
        QVERIFY(!themeOf(banner).isStale);
        m_source->goStale(evening - 159'000, u"Redis does not answer."_s, 3000);
        QTRY_VERIFY_WITH_TIMEOUT(bar->text().contains(u"reconnecting in 3 s"_s), 10'000);
        for (QPushButton *button : banner->findChildren<QPushButton *>())
            if (button->text() == u"Try now"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(m_source->retries, 1);
        m_source->goLive();
        QVERIFY(!banner->isVisible());
        QVERIFY(!themeOf(m_window->page(u"fleet"_s)).isStale);
    }

    void aFleetNeverSeenSaysWhy()
    {
        m_source->forget(u"Redis at 10.0.0.1 does not answer."_s);
        m_window->showPage(u"fleet"_s);
        auto *empty = fleet().findChild<EmptyState *>();
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->text(), u"The fleet is not known yet."_s);
        QVERIFY(m_window->findChild<StateBar *>()->text().contains(u"connecting"_s));
    }

    void anEmptyFleetSaysWhatToDo()
    {
        m_source->replace(emptyFleet());
        m_window->showPage(u"fleet"_s);
        QCOMPARE(fleet().findChild<EmptyState *>()->text(), u"No server is enrolled yet."_s);
    }

    void aNarrowWindowShowsIconsOnly()
    {
        auto *button = child<NavButton>(tr("Fleet"));
        m_window->resize(1300, 800);
        QTRY_VERIFY(button->width() > 100);
        m_window->resize(900, 800);
        QTRY_VERIFY(button->width() < 60);
        QCOMPARE(button->accessibleName(), u"Fleet"_s);
    }

    /// Whoever can't see the window needs a name for all that can have the focus.
    void allThatTakesTheFocusHasAName()
    {
        for (const QString &key : {u"overview"_s, u"fleet"_s, u"events"_s}) {
            m_window->showPage(key);
            for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
                if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)
                    || widget->inherits("QScrollArea"))
                    continue;
                QVERIFY2(!widget->accessibleName().isEmpty()
                             || !widget->property("text").toString().isEmpty(),
                         widget->metaObject()->className());
            }
        }
    }

    void hostileNamesDoNoHarm()
    {
        FleetState state = demoFleet(evening);
        for (FleetServer &server : state.servers) {
            server.info.hostname = u"<b>&x</b>\n\u202e%1 %n"_s + QString(300, u'W');
            server.info.os = QString(70'000, u'O');
        }
        m_source->replace(state);
        for (const QString &key : {u"overview"_s, u"fleet"_s, u"events"_s}) {
            m_window->showPage(key);
            QTest::qWait(20);
            QVERIFY(!m_window->grab().isNull());
            QVERIFY2(m_window->width() <= 1440, "a name made the window grow");
        }
    }

    /// Qt keeps 10 MB of pixmaps, and what nobody draws again pushes out what everybody does.
    void theSiteButtonFillsNoCache()
    {
        SiteButton button;
        button.resize(190, 52);
        button.grab();
        const int limit = QPixmapCache::cacheLimit();
        QPixmapCache::setCacheLimit(64); // KiB
        QPixmapCache::insert(u"drawn before"_s, QPixmap(16, 16));
        for (int i = 0; i < 200; ++i)
            button.grab();
        QPixmap found;
        QVERIFY(QPixmapCache::find(u"drawn before"_s, &found));
        QPixmapCache::setCacheLimit(limit);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
