// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"
#include "console/dialogs/passworddialog.h"
#include "console/dialogs/sitesdialog.h"
#include "console/views/filterchips.h"
#include "console/views/filterfield.h"
#include "console/views/fleetpage.h"
#include "console/views/mainwindow.h"
#include "console/views/offlinebanner.h"
#include "console/views/sitebutton.h"
#include "console/views/theme.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/memorystore.h"
#include "tests/support/redisserver.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 beginning = 1'700'000'000'000;
constexpr int reach = 20'000; // ms until a Redis must be seen

} // namespace

/// The whole console with the fleets of real Redis servers.
class TestSites : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_file;
    RedisServer m_shanghai, m_oslo;
    MemoryPasswords m_memory;
    std::unique_ptr<ConsoleApp> m_app;

    static void fill(RedisServer &redis, int servers, int dead)
    {
        for (int i = 1; i <= servers; ++i) {
            const QByteArray ip = "10.0.0." + QByteArray::number(i);
            redis.call({"HSET", "servers:alive", ip, i <= dead ? "0" : "1"});
            redis.call({"HSET", "server:info:" + ip, "hostname", "web-" + QByteArray::number(i)});
            redis.call({"SET", "server:alive:" + ip, i <= dead ? "0" : "1", "EX", "600"});
        }
    }

    void writeBook(const QList<SiteProfile> &sites)
    {
        QSettings settings(m_file, QSettings::IniFormat);
        SiteBook(settings).setSites(sites);
    }

    static SiteProfile profile(const QString &name, const RedisServer &redis)
    {
        SiteProfile profile;
        profile.id = name.toLower();
        profile.name = name;
        profile.address = redis.urlText();
        return profile;
    }

    void writeTwoSites()
    {
        writeBook({profile(u"Shanghai"_s, m_shanghai), profile(u"Oslo"_s, m_oslo)});
    }

    void start(const QStringList &arguments = {})
    {
        m_memory = MemoryPasswords();
        m_app = std::make_unique<ConsoleApp>(m_file, std::move(m_memory.passwords));
        ProgramOptions options(u"treewarden-console"_s, {}, u"console"_s);
        QVERIFY(!options.read(QStringList{u"treewarden-console"_s} + arguments));
        QVERIFY(m_app->start(options));
        if (!QSettings(m_file, QSettings::IniFormat).contains(u"window/geometry"_s))
            m_app->frame().resize(1440, 900); // the offscreen screen is smaller than anybody's
        QVERIFY(QTest::qWaitForWindowActive(&m_app->frame()));
    }

    void startTwoSites()
    {
        writeTwoSites();
        start();
        for (const char *id : {"shanghai", "oslo"})
            QTRY_VERIFY_WITH_TIMEOUT(tally(QString::fromLatin1(id)).isLive, reach);
    }

    SiteTally tally(const QString &id) { return m_app->sites().find(id)->tally(); }

    MainWindow &window() { return m_app->window(); }

    QString shownSite() { return m_app->sites().current()->id(); }

    SiteButton *siteButton(const QString &name)
    {
        for (SiteButton *button : window().findChildren<SiteButton *>()) {
            if (button->text() == name)
                return button;
        }
        return nullptr;
    }

    FilterField &fleetFilter() { return *window().page(u"fleet"_s)->findChild<FilterField *>(); }

    void pressSite(int number)
    {
        QTest::keyClick(&window(), Qt::Key(Qt::Key_0 + number),
                        Qt::ControlModifier | Qt::AltModifier);
    }

    void chooseInMenu(const QString &text)
    {
        for (QAction *action : window().menuBar()->findChildren<QAction *>()) {
            if (action->text() == text)
                action->trigger();
        }
    }

    void save(const QString &name)
    {
        QTest::qWait(60); // layouts that were asked for
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(m_app->frame().grab().save(
            u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name,
                                  themeOf(&m_app->frame()).isDark ? u"dark"_s : u"light"_s)));
    }

private Q_SLOTS:

    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN); // as Qt does by its first socket, before QtTest sets its own
        fill(m_shanghai, 3, 1);
        fill(m_oslo, 2, 0);
    }

    void init()
    {
        static int count = 0;
        m_file = m_folder.filePath(u"%1.ini"_s.arg(++count));
    }

    void cleanup() { m_app.reset(); }

    void allSitesAreWatchedAtTheSameTime()
    {
        startTwoSites();
        QCOMPARE(tally(u"shanghai"_s).servers, 3);
        QCOMPARE(tally(u"shanghai"_s).worst, Health::Died);
        QCOMPARE(tally(u"oslo"_s).servers, 2);
        QCOMPARE(m_app->sites().total().servers, 5);
        QCOMPARE(shownSite(), u"shanghai"_s);
        QVERIFY(siteButton(u"Oslo"_s)->isVisible());
        m_oslo.call({"HSET", "servers:alive", "10.0.0.9", "1"});
        m_oslo.call({"PUBLISH", "update:info", R"({"type":"resync"})"});
        save(u"sites-two"_s);
        chooseInMenu(u"Dark"_s);
        QTRY_VERIFY(themeOf(&window()).isDark);
        save(u"sites-two"_s);
        m_oslo.call({"HDEL", "servers:alive", "10.0.0.9"});
    }

    void aClickSwitchesTheSite()
    {
        startTwoSites();
        QCOMPARE(window().page(u"fleet"_s)->source().state().servers.size(), 3);
        QElapsedTimer clock;
        clock.start();
        QTest::mouseClick(siteButton(u"Oslo"_s), Qt::LeftButton);
        QVERIFY2(clock.elapsed() < 300, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(shownSite(), u"oslo"_s);
        QCOMPARE(window().page(u"fleet"_s)->source().state().servers.size(), 2);
        QCOMPARE(m_app->frame().windowTitle(), u"Oslo - Treewarden"_s);
        QVERIFY(siteButton(u"Shanghai"_s)->isVisible());
    }

    void eachSiteKeepsItsPlace()
    {
        startTwoSites();
        window().showPage(u"fleet"_s, u"up"_s);
        auto &fleet = *qobject_cast<FleetPage *>(window().page(u"fleet"_s));
        QCOMPARE(fleet.model().rowCount(), 2);
        fleet.table().selectRow(1);
        const QString ip = fleet.table().currentIndex().data(FleetModel::IpRole).toString();
        pressSite(2);
        QCOMPARE(shownSite(), u"oslo"_s);
        QCOMPARE(fleetFilter().text(), QString());
        window().showPage(u"events"_s);
        QCoreApplication::processEvents();
        pressSite(1);
        QCOMPARE(shownSite(), u"shanghai"_s);
        QCOMPARE(window().currentPage(), u"fleet"_s);
        QCOMPARE(fleetFilter().text(), u"up"_s);
        auto &again = *qobject_cast<FleetPage *>(window().page(u"fleet"_s));
        QCOMPARE(again.table().currentIndex().data(FleetModel::IpRole).toString(), ip);
        QCoreApplication::processEvents();
        pressSite(2);
        QCOMPARE(window().currentPage(), u"events"_s);
    }

    /// With all that was half done there.
    void aSiteThatWasLeftLatelyIsFoundAsItWas()
    {
        startTwoSites();
        MainWindow *shanghai = &window();
        window().showPage(u"events"_s);
        window().page(u"events"_s)->findChild<FilterField *>()->setText(u"half a wo"_s);
        pressSite(2);
        MainWindow *oslo = &window();
        QVERIFY(oslo != shanghai);
        // Keys are those of the window that is seen.
        QTest::keyClick(oslo, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(oslo->currentPage(), u"fleet"_s);
        QCOMPARE(shanghai->currentPage(), u"events"_s);
        QVERIFY(!shanghai->isVisible());
        pressSite(1);
        QCOMPARE(&window(), shanghai);
        QVERIFY(shanghai->isVisible() && !oslo->isVisible());
        QCOMPARE(window().page(u"events"_s)->findChild<FilterField *>()->text(), u"half a wo"_s);
        QTest::keyClick(shanghai, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(shanghai->currentPage(), u"overview"_s);
        QCOMPARE(oslo->currentPage(), u"fleet"_s);
        QCOMPARE(m_app->frame().findChildren<MainWindow *>().size(), 2);
    }

    void aWindowThatIsKeptFollowsItsFleet()
    {
        start();
        auto source = std::make_unique<FixedSource>(demoFleet(beginning), beginning);
        FixedSource &left = *source;
        m_app->sites().add(std::make_unique<Site>(u"left"_s, u"Left"_s, std::move(source),
                                                  std::make_unique<FixedDesk>()));
        m_app->sites().add(std::make_unique<Site>(
            u"other"_s, u"Other"_s, std::make_unique<FixedSource>(demoFleet(beginning), beginning),
            std::make_unique<FixedDesk>()));
        window().showPage(u"fleet"_s);
        const auto stateOf = [this](const QString &ip) {
            const FleetModel &model = qobject_cast<FleetPage *>(window().page(u"fleet"_s))->model();
            return Health(model.index(model.rowOf(ip), 0).data(FleetModel::HealthRole).toInt());
        };
        const QString ip = u"10.207.26.250"_s;
        QCOMPARE(stateOf(ip), Health::Alive);
        pressSite(2);
        left.setAlive(ip, false);
        pressSite(1);
        QCOMPARE(stateOf(ip), Health::Died); // at once: nothing old is shown
    }

    void whatIsChosenOnOneSiteIsChosenOnAll()
    {
        startTwoSites();
        window().showPage(u"fleet"_s);
        pressSite(2);
        window().showPage(u"fleet"_s, u"cpu>5"_s);
        auto &chips = *window().findChild<FilterChips *>();
        chips.save(u"Busy"_s);
        auto &table = qobject_cast<FleetPage *>(window().page(u"fleet"_s))->table();
        FleetColumns columns = table.columns();
        columns.setShown(FleetModel::LoadColumn, false);
        table.setColumns(columns);
        table.setCompact(true);
        const int rowHeight = table.verticalHeader()->defaultSectionSize();
        chooseInMenu(u"Dark"_s);
        pressSite(1);
        QCOMPARE(window().findChild<FilterChips *>()->saved().size(), 1);
        auto &other = qobject_cast<FleetPage *>(window().page(u"fleet"_s))->table();
        QVERIFY(other.isColumnHidden(FleetModel::LoadColumn));
        QCOMPARE(other.verticalHeader()->defaultSectionSize(), rowHeight);
        QTRY_VERIFY(themeOf(&window()).isDark);
        for (const QAction *action : window().menuBar()->findChildren<QAction *>()) {
            if (action->text() == u"Dark"_s)
                QVERIFY(action->isChecked());
        }
    }

    void aFewWindowsAreKept()
    {
        start();
        for (int i = 0; i < 6; ++i)
            m_app->sites().add(std::make_unique<Site>(
                QString::number(i), QString::number(i),
                std::make_unique<FixedSource>(demoFleet(beginning), beginning),
                std::make_unique<FixedDesk>()));
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < 6; ++i) {
                m_app->sites().setCurrent(QString::number(i));
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            }
        }
        QCOMPARE(m_app->frame().findChildren<MainWindow *>().size(),
                 qsizetype(KeptWindows::mostWindows + 1));
        // One that is kept goes with its site.
        m_app->sites().remove(u"4"_s);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(m_app->frame().findChildren<MainWindow *>().size(),
                 qsizetype(KeptWindows::mostWindows));
        QCOMPARE(shownSite(), u"5"_s);
    }

    /// A question about one site is none of another.
    void aWindowThatAsksIsNotKept()
    {
        startTwoSites();
        chooseInMenu(u"&Sites…"_s);
        QPointer<SitesDialog> dialog = window().findChild<SitesDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        m_app->sites().setCurrent(u"oslo"_s);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!dialog);
        QCOMPARE(m_app->frame().findChildren<MainWindow *>().size(), 1);
    }

    void aLanguageIsSwitchedOnTheSpot()
    {
        startTwoSites();
        window().showPage(u"fleet"_s, u"up"_s);
        const QRect place = m_app->frame().geometry();
        chooseInMenu(u"中文"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"文件(&F)"_s);
        QCOMPARE(window().currentPage(), u"fleet"_s);
        QCOMPARE(fleetFilter().text(), u"up"_s);
        QCOMPARE(m_app->frame().geometry(), place);
        QVERIFY(m_app->frame().isVisible());
        save(u"sites-two-zh"_s);
        chooseInMenu(u"English"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"&File"_s);
    }

    void aThemeIsSwitchedOnTheSpot()
    {
        startTwoSites();
        window().showPage(u"fleet"_s, u"up"_s);
        MainWindow *before = &window();
        chooseInMenu(u"Dark"_s);
        QTRY_VERIFY(themeOf(&window()).isDark);
        QVERIFY(themeOf(window().page(u"fleet"_s)).isDark);
        QCOMPARE(&window(), before); // nothing is built anew
        chooseInMenu(u"Light"_s);
        QTRY_VERIFY(!themeOf(window().page(u"fleet"_s)).isDark);
        QCOMPARE(fleetFilter().text(), u"up"_s);
    }

    void aRedisOfTheCommandLineIsASiteForNow()
    {
        writeTwoSites();
        start({u"--redis"_s, m_oslo.urlText()});
        QCOMPARE(m_app->sites().sites().size(), size_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(m_app->sites().current()->tally().isLive, reach);
        m_app.reset();
        start();
        QCOMPARE(m_app->sites().sites().size(), size_t(2));
    }

    void windowAndPageAreRemembered()
    {
        startTwoSites();
        window().showPage(u"events"_s);
        m_app->frame().resize(1200, 700);
        m_app->frame().close();
        start();
        QCOMPARE(window().currentPage(), u"events"_s);
        QCOMPARE(m_app->frame().size(), QSize(1200, 700));
    }

    void aSiteThatIsAwayHindersNoOther()
    {
        SiteProfile nowhere = profile(u"Nowhere"_s, m_oslo);
        nowhere.address = u"redis://127.0.0.1:1"_s;
        writeBook({nowhere, profile(u"Oslo"_s, m_oslo)});
        start();
        QTRY_VERIFY_WITH_TIMEOUT(tally(u"oslo"_s).isLive, reach);
        QVERIFY(!tally(u"nowhere"_s).isLive);
        QTRY_VERIFY(window().findChild<OfflineBanner *>()->isVisible());
        pressSite(2);
        QVERIFY(!window().findChild<OfflineBanner *>()->isVisible());
        QCOMPARE(siteButton(u"Nowhere"_s)->accessibleName(), u"Site Nowhere, not connected"_s);
    }

    void everyPageIsGreyWhileRedisIsAway()
    {
        RedisServer mortal;
        fill(mortal, 5, 2);
        writeBook({profile(u"Berlin"_s, mortal), profile(u"Oslo"_s, m_oslo)});
        start();
        QTRY_VERIFY_WITH_TIMEOUT(tally(u"berlin"_s).isLive, reach);
        window().showPage(u"server"_s, u"10.0.0.2"_s);
        mortal.kill();
        QTRY_VERIFY_WITH_TIMEOUT(!tally(u"berlin"_s).isLive, reach);
        QVERIFY(window().findChild<OfflineBanner *>()->isVisible());
        for (const QString &key :
             {u"server"_s, u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s, u"commands"_s}) {
            window().showPage(key);
            QVERIFY2(themeOf(window().page(key)).isStale, qPrintable(key));
            save(u"sites-away-"_s + key);
        }
        QVERIFY(!themeOf(siteButton(u"Oslo"_s)).isStale);
        mortal.start();
        QTRY_VERIFY_WITH_TIMEOUT(tally(u"berlin"_s).isLive, 60'000);
        QVERIFY(!themeOf(window().page(u"fleet"_s)).isStale);
    }

    void sitesAreEditedInTheirDialog()
    {
        startTwoSites();
        chooseInMenu(u"&Sites…"_s);
        auto *dialog = window().findChild<SitesDialog *>();
        QVERIFY(dialog);
        auto *list = dialog->findChild<QListWidget *>();
        QCOMPARE(list->count(), 2);
        QTest::qWait(30); // its layout
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(
            dialog->grab().save(QStringLiteral(SCREENSHOT_FOLDER) + u"/sites-dialog-light.png"_s));
        auto *name = dialog->findChild<QLineEdit *>(u"name"_s);
        name->selectAll();
        QTest::keyClicks(name, u"Berlin"_s);
        QCOMPARE(list->item(0)->text(), u"Berlin"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"down"_s), Qt::LeftButton);
        QCOMPARE(list->item(1)->text(), u"Berlin"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"save"_s), Qt::LeftButton);
        QTRY_COMPARE(m_app->sites().sites().front()->name(), u"Oslo"_s);
        QCOMPARE(m_app->sites().sites().back()->name(), u"Berlin"_s);
        QVERIFY(m_app->sites().sites().back()->tally().isLive); // a name is nothing to Redis
        QCOMPARE(shownSite(), u"shanghai"_s);
    }

    void aSiteThatIsRemovedIsLeft()
    {
        startTwoSites();
        for (const char *left : {"oslo", ""}) {
            chooseInMenu(u"&Sites…"_s);
            auto *dialog = window().findChild<SitesDialog *>();
            QTest::mouseClick(dialog->findChild<QPushButton *>(u"remove"_s), Qt::LeftButton);
            QTest::mouseClick(dialog->findChild<QPushButton *>(u"save"_s), Qt::LeftButton);
            const Site *current = m_app->sites().current();
            QCOMPARE(current ? current->id() : QString(), QString::fromLatin1(left));
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            QTest::qWait(10);
        }
        QVERIFY(window().currentPage().isEmpty()); // the first start
    }

    void aPasswordThatIsNotKeptIsAskedFor()
    {
        RedisServer guarded({.listen = RedisServer::Listen::Tcp, .password = "s3cret"});
        SiteProfile site = profile(u"Guarded"_s, m_oslo);
        site.address = u"redis://127.0.0.1:%1"_s.arg(guarded.port());
        site.keeping = PasswordKeeping::Asked;
        writeBook({site});
        start();
        QTRY_VERIFY(m_app->frame().findChild<PasswordDialog *>());
        auto *dialog = m_app->frame().findChild<PasswordDialog *>();
        QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"s3cret"_s);
        QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(tally(u"guarded"_s).isLive, reach);
        QVERIFY(m_memory.keyring->passwords.isEmpty());
        QFile preferences(m_file);
        QVERIFY(preferences.open(QIODevice::ReadOnly));
        QVERIFY(!preferences.readAll().contains("s3cret"));
    }

    void aKeptPasswordIsFoundInTheKeyring()
    {
        RedisServer guarded({.listen = RedisServer::Listen::Tcp, .password = "s3cret"});
        SiteProfile site = profile(u"Guarded"_s, m_oslo);
        site.address = u"redis://127.0.0.1:%1"_s.arg(guarded.port());
        site.keeping = PasswordKeeping::Keyring;
        writeBook({site});
        auto keyring = std::make_unique<MemoryStore>();
        keyring->passwords.insert(site.id, u"s3cret"_s);
        m_app = std::make_unique<ConsoleApp>(
            m_file,
            std::make_unique<Passwords>(std::move(keyring), std::make_unique<MemoryStore>()));
        ProgramOptions options(u"treewarden-console"_s, {}, u"console"_s);
        QVERIFY(!options.read({u"treewarden-console"_s}));
        QVERIFY(m_app->start(options));
        QTRY_VERIFY_WITH_TIMEOUT(tally(u"guarded"_s).isLive, reach);
        QVERIFY(!m_app->frame().findChild<PasswordDialog *>());
    }

    void switchingIsQuickWithTenThousandServers()
    {
        m_memory = MemoryPasswords();
        QSettings settings(m_file, QSettings::IniFormat);
        Preferences preferences(settings);
        SiteBook book(settings);
        SiteSaver saver(book, *m_memory.passwords);
        SiteList sites;
        for (const QString &id : {u"a"_s, u"b"_s})
            sites.add(std::make_unique<Site>(
                id, id, std::make_unique<FixedSource>(hugeFleet(10'000), beginning),
                std::make_unique<FixedDesk>()));
        WindowKeeper windows(sites, saver, preferences);
        windows.rebuild();
        windows.frame().show();
        QVERIFY(QTest::qWaitForWindowExposed(&windows.frame()));
        windows.window().showPage(u"fleet"_s);
        const auto switchTo = [&](const QString &id) {
            QElapsedTimer clock;
            clock.start();
            sites.setCurrent(id);
            windows.frame().repaint();
            const qint64 took = clock.elapsed();
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            return took;
        };
        const qint64 first = switchTo(u"b"_s), back = switchTo(u"a"_s);
        qInfo("the first switch took %lld ms, the way back %lld ms", first, back);
        // Not optimised, machine shared.
        QVERIFY2(first < 3000, qPrintable(QString::number(first)));
        QVERIFY2(back < 1000, qPrintable(QString::number(back)));
    }

    void fullScreenByF11AndBack()
    {
        startTwoSites();
        QTest::keyClick(&window(), Qt::Key_F11);
        QTRY_VERIFY(m_app->frame().isFullScreen());
        QTest::keyClick(&window(), Qt::Key_F11);
        QTRY_VERIFY(!m_app->frame().isFullScreen());
    }
};

QTEST_MAIN(TestSites)
#include "tst_sites.moc"
