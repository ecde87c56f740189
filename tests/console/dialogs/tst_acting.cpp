// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/actionflow.h"
#include "console/dialogs/confirmdialog.h"
#include "console/dialogs/keydialog.h"
#include "console/dialogs/maintenancedialog.h"
#include "console/dialogs/rollingdialog.h"
#include "console/models/actioncentre.h"
#include "console/settings/preferences.h"
#include "console/views/actingline.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/actionstrip.h"
#include "console/views/commandspage.h"
#include "console/views/commandtable.h"
#include "console/views/filterfield.h"
#include "console/views/fleetpage.h"
#include "console/views/linkbutton.h"
#include "console/views/mainwindow.h"
#include "console/views/rollingpanel.h"
#include "console/views/schedulepanel.h"
#include "console/views/serverpage.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/treepage.h"
#include "shared/core/translation.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString databaseOne = u"10.207.26.250"_s, webOne = u"10.207.26.231"_s,
              webTwo = u"10.207.26.232"_s, webThree = u"10.207.26.233"_s;

QHash<QByteArray, QByteArray> signedConfig()
{
    return {
        {"services", R"({"mysql":{"3301":{"alive":{"probe":"tcp","port":3301}}}})"},
        {"controlled",
         R"({"mysql":{"default":{"start":"/bin/a","stop":"/bin/a","restart":"/bin/a"}},
                 "nginx":{"default":{"start":"/bin/a","stop":"/bin/a","restart":"/bin/a",
                                     "reload":"/bin/a"}},
                 "system":{"default":{"restart":"/bin/a","shutdown":"/bin/a"}}})"},
        {"schedule",
         R"([{"id":"nightly","cron":"30 3 * * *","role":"mysql","instance":"3301","action":"restart"},
                 {"id":"off","cron":"@hourly","role":"nginx","instance":"80","action":"reload",
                  "enabled":false}])"},
        {"version", "3"},
        {"signature", "c2lnbmVk"}};
}

CommandMessage told(const QString &id, const QString &ip, const ServiceId &service,
                    const QString &action, CommandState state, qint64 age)
{
    CommandMessage m;
    m.id = id;
    m.ip = ip;
    m.service = service;
    m.action = action;
    m.state = state;
    m.timestamp = evening - age;
    return m;
}

} // namespace

/// An administrator acts: by mouse and keyboard, through the window as it is.
class TestActing : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    struct Console
    {
        explicit Console(const QTemporaryDir &folder, FleetState state = demoFleet(evening))
            : settings(folder.filePath(u"%1.ini"_s.arg(++count)), QSettings::IniFormat)
            , preferences(settings)
            , source(std::move(state), evening)
            , centre(source, desk)
            , window(source, preferences, &centre)
            , flow(centre, preferences, &window)
        {
            connect(&window, &MainWindow::actionRequested, &flow, &ActionFlow::request);
            connect(&window, &MainWindow::maintenanceRequested, &flow,
                    &ActionFlow::requestMaintenance);
            connect(&window, &MainWindow::keyRequested, &flow, &ActionFlow::chooseKey);
            connect(&flow, &ActionFlow::said, &window, &MainWindow::say);
            for (const QString &ip : source.state().servers.keys())
                centre.configs().take(ip, signedConfig());
            window.resize(1440, 900);
            window.show();
        }

        void unlock(const QTemporaryDir &folder)
        {
            const QString path = folder.filePath(u"key-%1"_s.arg(count));
            const auto key = SigningKey::generate(u"chen"_s);
            QVERIFY(key && key->write(path, {}));
            QSignalSpy changed(&centre.keys(), &KeyRing::changed);
            centre.keys().unlock(path, {});
            QVERIFY(changed.wait());
        }

        ServerPage &server(const QString &ip)
        {
            window.showPage(u"server"_s, ip);
            return *static_cast<ServerPage *>(window.page(u"server"_s));
        }

        QListView *services(const QString &ip)
        {
            for (QListView *list : server(ip).findChildren<QListView *>()) {
                if (list->accessibleName()
                    == QCoreApplication::translate("Treewarden::ServerPage", "Services"))
                    return list;
            }
            return nullptr;
        }

        /// Clicks the services of the server, all with Ctrl.
        void choose(const QString &ip, const QStringList &names)
        {
            QListView *list = services(ip);
            for (const QString &name : names) {
                for (int row = 0; row < list->model()->rowCount(); ++row) {
                    const QModelIndex index = list->model()->index(row, 0);
                    if (index.data().toString() != name)
                        continue;
                    list->scrollTo(index);
                    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier,
                                      list->visualRect(index).center());
                }
            }
        }

        ActionBar *bar(const QString &accessibleName)
        {
            for (ActionBar *bar : window.findChildren<ActionBar *>()) {
                if (bar->accessibleName() == accessibleName)
                    return bar;
            }
            return nullptr;
        }

        void press(ActionBar *bar, const QString &action)
        {
            QCoreApplication::processEvents(); // layouts that were asked for
            QVERIFY(bar && bar->isVisible() && bar->button(action)->isEnabled());
            QTest::mouseClick(bar->button(action), Qt::LeftButton);
        }

        template<typename T>
        T *question()
        {
            return qobject_cast<T *>(flow.dialog());
        }

        static inline int count = 0;
        QSettings settings;
        Preferences preferences;
        FixedSource source;
        FixedDesk desk;
        ActionCentre centre;
        MainWindow window;
        ActionFlow flow;
    };

    static ActionImpact demoImpact()
    {
        ActionImpact impact;
        impact.sentence = u"PaaS dev loses its last living MySQL: its twins on db-02 are dead."_s;
        impact.lines = {
            {u"dev"_s, u"mysql"_s, Health::Degraded, Health::Died, u"3 of 11 left, 7 wanted"_s},
            {u"dev"_s, u"nginx"_s, Health::Degraded, Health::Died, u"needs MySQL; 2 instances"_s},
            {u"dev"_s, u"varnish"_s, Health::Alive, Health::Degraded, u"nothing left to serve"_s}};
        impact.untouched = 18;
        return impact;
    }

    static RollingPlan webPlan()
    {
        RollingPlan plan;
        plan.instances = {{webThree, u"80"_s}, {webOne, u"80"_s}, {webTwo, u"80"_s}};
        return plan;
    }

    static void fillLog(Console &console)
    {
        CommandLog &log = console.centre.log();
        const auto add = [&](CommandMessage m, const QString &by, const QString &why,
                             const QString &detail, qint64 took) {
            m.by = by;
            m.reason = why;
            m.detail = detail;
            m.took = took;
            log.take(m);
        };
        const ServiceId mysql{u"mysql"_s, u"3306"_s}, nginx{u"nginx"_s, u"80"_s};
        CommandMessage nightly = told(u"1"_s, u"10.207.26.228"_s, {u"deploy"_s, u"default"_s},
                                      u"clean"_s, CommandState::Done, 49'000'000);
        nightly.schedule = u"nightly"_s;
        add(nightly, {}, {}, {}, 41'000);
        add(told(u"2"_s, databaseOne, mysql, u"stop"_s, CommandState::Refused, 9'600'000),
            u"li.wei"_s, u"try"_s, u"the key li.wei may not ask for stop here"_s, 0);
        add(told(u"3"_s, webOne, nginx, u"restart"_s, CommandState::Failed, 3'600'000), u"chen"_s,
            u"new certificate"_s, u"nginx.service failed: exit code 1"_s, 310);
        add(told(u"4"_s, webTwo, nginx, u"reload"_s, CommandState::Done, 1'800'000), u"chen"_s,
            u"new certificate"_s, {}, 84);
        add(told(u"5"_s, webThree, nginx, u"restart"_s, CommandState::Done, 600'000), u"chen"_s,
            u"did not answer"_s, {}, 1240);
        CommandMessage verified
            = told(u"5"_s, webThree, nginx, u"restart"_s, CommandState::Verified, 596'000);
        add(verified, u"chen"_s, u"did not answer"_s, u"alive after 3.1 s"_s, 3100);
        add(told(u"6"_s, u"10.207.26.221"_s, systemService, u"restart"_s, CommandState::Expired,
                 300'000),
            u"li.wei"_s, u"kernel"_s, {}, 0);
        add(told(u"7"_s, databaseOne, {u"mysql"_s, u"3301"_s}, u"restart"_s, CommandState::Running,
                 3'000),
            u"li.wei"_s, u"slow queries"_s, {}, 0);
    }

    /// What stands beside the target pictures.
    static void save(QWidget &window, const QString &name)
    {
        QTest::qWait(50); // layouts that were asked for
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(window.grab().save(
            u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name,
                                  themeOf(&window).isDark ? u"dark"_s : u"light"_s)));
    }

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ThemeStyle); }

    void init()
    {
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void aRestartIsAskedForAndSent()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.choose(databaseOne, {u"mysql 3301"_s});
        console.press(console.bar(u"Actions on the chosen services"_s), u"restart"_s);
        auto *dialog = console.question<ConfirmDialog>();
        QVERIFY(dialog);
        QVERIFY(dialog->focusWidget() == dialog->cancel());
        QCOMPARE(dialog->verb()->text(), u"Restart mysql 3301"_s);
        QVERIFY(dialog->windowTitle().contains(u"on db-01"_s));
        auto *reason = dialog->findChild<QLineEdit *>(u"reason"_s);
        QTest::keyClicks(reason, u"slow queries"_s);
        QTest::mouseClick(dialog->verb(), Qt::LeftButton);
        QCOMPARE(console.desk.orders.size(), 1);
        const CommandOrder &order = console.desk.orders.first();
        QCOMPARE(order.ip, databaseOne);
        QCOMPARE(order.service.text(), u"mysql:3301"_s);
        QCOMPARE(order.action, u"restart"_s);
        QCOMPARE(order.reason, u"slow queries"_s);
        QCOMPARE(console.desk.signers.first(), u"chen"_s);
        QVERIFY(!console.flow.dialog());
    }

    void theOutcomeIsASentenceInTheWindow()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        auto *strip = console.window.findChild<ActionStrip *>();
        QVERIFY(!strip->isVisible());
        console.centre.send({webThree, {u"nginx"_s, u"80"_s}, u"restart"_s, {}});
        QVERIFY(strip->isVisible());
        console.desk.tell(0, CommandState::Running);
        QVERIFY(strip->texts().last().endsWith(u"running"_s));
        console.desk.tell(0, CommandState::Unverified, u"bind() failed"_s);
        QVERIFY(strip->texts().last().contains(u"bind() failed"_s));
        for (LinkButton *link : strip->findChildren<LinkButton *>()) {
            if (link->text() == u"Dismiss")
                QTest::mouseClick(link, Qt::LeftButton);
        }
        QVERIFY(!strip->isVisible());
    }

    void enterNeverConfirmsAStop()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.choose(databaseOne, {u"mysql 3301"_s});
        console.press(console.bar(u"Actions on the chosen services"_s), u"stop"_s);
        auto *dialog = console.question<ConfirmDialog>();
        QVERIFY(dialog && !dialog->verb()->isEnabled());
        dialog->typed()->setFocus();
        QTest::keyClicks(dialog->typed(), u"db-0"_s);
        QTest::keyClick(dialog->typed(), Qt::Key_Return);
        QVERIFY(dialog->isVisible() && !dialog->verb()->isEnabled());
        QTest::keyClicks(dialog->typed(), u"1"_s);
        QVERIFY(dialog->verb()->isEnabled());
        QTest::keyClick(dialog->typed(), Qt::Key_Return);
        QVERIFY(dialog->isVisible() && dialog->focusWidget() == dialog->verb());
        QTest::keyClick(dialog->verb(), Qt::Key_Return);
        QVERIFY(dialog->isVisible());
        QCOMPARE(console.desk.orders.size(), 0);
        QTest::keyClick(dialog->verb(), Qt::Key_Space);
        QCOMPARE(console.desk.orders.size(), 1);
    }

    void escapeAndEnterOnCancelSendNothing()
    {
        for (const Qt::Key key : {Qt::Key_Escape, Qt::Key_Return}) {
            Console console(m_folder);
            console.unlock(m_folder);
            console.choose(databaseOne, {u"mysql 3301"_s});
            console.press(console.bar(u"Actions on the chosen services"_s), u"restart"_s);
            QTest::keyClick(console.question<ConfirmDialog>()->focusWidget(), key);
            QVERIFY(!console.flow.dialog());
            QCOMPARE(console.desk.orders.size(), 0);
        }
    }

    void severalGoOneAfterAnotherOrAllAtOnce()
    {
        for (const bool isAllAtOnce : {false, true}) {
            Console console(m_folder);
            console.unlock(m_folder);
            console.choose(databaseOne, {u"mysql 3301"_s, u"mysql 3302"_s, u"mysql 3303"_s});
            console.press(console.bar(u"Actions on the chosen services"_s), u"restart"_s);
            auto *dialog = console.question<ConfirmDialog>();
            QCOMPARE(dialog->verb()->text(), u"Restart 3 services"_s);
            if (isAllAtOnce)
                QTest::mouseClick(dialog->findChildren<QRadioButton *>().last(), Qt::LeftButton, {},
                                  QPoint(8, 8));
            QTest::mouseClick(dialog->verb(), Qt::LeftButton);
            QCOMPARE(console.desk.orders.size(), isAllAtOnce ? 3 : 1);
        }
    }

    void aServerIsRestartedOnlyAfterTwoSteps()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.server(databaseOne);
        console.press(console.bar(u"Actions on the server"_s), u"restart"_s);
        auto *dialog = console.question<ConfirmDialog>();
        QVERIFY2(dialog, qPrintable(console.window.findChild<ActionStrip *>()->texts().join(u'|')));
        QVERIFY(!dialog->typed()->isVisible());
        QTest::mouseClick(dialog->verb(), Qt::LeftButton);
        QVERIFY(dialog->isVisible() && dialog->typed()->isVisible());
        QVERIFY(!dialog->verb()->isEnabled());
        QTest::keyClicks(dialog->typed(), u"db-01"_s);
        QTest::mouseClick(dialog->verb(), Qt::LeftButton);
        QCOMPARE(console.desk.orders.size(), 1);
        QCOMPARE(console.desk.orders.first().service, systemService);
    }

    void whatCannotBeDoneIsGreyAndSaysWhy()
    {
        Console console(m_folder);
        QHash<QByteArray, QByteArray> config = signedConfig();
        config.remove("signature");
        console.centre.configs().take(databaseOne, config);
        console.choose(databaseOne, {u"mysql 3301"_s});
        QPushButton *restart
            = console.bar(u"Actions on the chosen services"_s)->button(u"restart"_s);
        QVERIFY(!restart->isEnabled());
        QVERIFY(restart->toolTip().contains(u"not signed"_s));
        QTest::mouseClick(restart, Qt::LeftButton);
        QVERIFY(!console.flow.dialog());
        console.centre.configs().take(databaseOne, signedConfig());
        QTRY_VERIFY(restart->isEnabled());
        console.source.goStale(evening, u"Redis is away."_s, 1000);
        QVERIFY(!restart->isEnabled());
    }

    void theMenuHasTheSameActionsWithShortcuts()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.choose(databaseOne, {u"mysql 3301"_s});
        ActionMenu *menu = nullptr;
        for (ActionMenu *one : console.window.findChildren<ActionMenu *>()) {
            if (one->title() == u"&Actions")
                menu = one;
        }
        QVERIFY(menu);
        for (const QAction *action : menu->actions()) {
            if (action->data().toString() == u"reload") {
                QVERIFY(!action->isEnabled());
                QVERIFY(action->toolTip().contains(u"does not say how"_s));
            }
        }
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        QTest::keyClick(&console.window, Qt::Key_R, Qt::ControlModifier);
        QVERIFY(console.question<ConfirmDialog>());
        QVERIFY(console.flow.dialog()->windowTitle().startsWith(u"Restart mysql 3301"_s));
    }

    void aFirstActionAsksForTheKey()
    {
        Console console(m_folder);
        const QString path = m_folder.filePath(u"with-passphrase"_s);
        QVERIFY(SigningKey::generate(u"li.wei"_s)->write(path, "open sesame"));
        console.choose(databaseOne, {u"mysql 3301"_s});
        console.press(console.bar(u"Actions on the chosen services"_s), u"restart"_s);
        auto *dialog = console.question<KeyDialog>();
        QVERIFY(dialog);
        auto *message = dialog->findChild<QLabel *>(u"message"_s);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"file"_s), path);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"passphrase"_s), u"wrong"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"unlock"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(u"passphrase is wrong"_s), 30'000);
        dialog->findChild<QLineEdit *>(u"passphrase"_s)->clear();
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"passphrase"_s), u"open sesame"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"unlock"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(console.question<ConfirmDialog>(), 30'000);
        QCOMPARE(console.centre.keys().name(), u"li.wei"_s);
        QCOMPARE(console.preferences.text(Preference::SigningKeyFile), path);
        QTest::mouseClick(console.question<ConfirmDialog>()->verb(), Qt::LeftButton);
        QCOMPARE(console.desk.signers, QStringList{u"li.wei"_s});
        for (LinkButton *link :
             console.window.findChild<StateBar *>()->findChildren<LinkButton *>())
            QTest::mouseClick(link, Qt::LeftButton);
        QVERIFY(!console.centre.keys().isUnlocked());
    }

    void aRefusalForTheKeyShowsTheCure()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.centre.send({webThree, {u"nginx"_s, u"80"_s}, u"restart"_s, {}});
        CommandProgress refused{u"order-0"_s,
                                CommandProgress::Stage::Told,
                                CommandState::Refused,
                                u"the key chen is not trusted here"_s,
                                0,
                                false};
        Q_EMIT console.desk.progressed(refused);
        auto *strip = console.window.findChild<ActionStrip *>();
        QVERIFY(strip->texts().last().contains(u"not trusted here"_s));
        bool isOffered = false;
        for (LinkButton *link : strip->findChildren<LinkButton *>())
            isOffered |= link->isVisible() && link->text() == u"Copy the key's line";
        QVERIFY(isOffered);
    }

    void aRoleIsRestartedRollingAndCanBeStopped()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.desk.planned = webPlan();
        console.window.showPage(u"tree"_s, u"dev/nginx"_s);
        auto *page = console.window.page(u"tree"_s);
        auto *bar = page->findChild<ActionBar *>();
        console.press(bar, u"restart"_s);
        auto *dialog = console.question<RollingDialog>();
        QVERIFY(dialog);
        QTest::keyClick(dialog->findChildren<QSpinBox *>().first(), Qt::Key_Up);
        QTest::mouseClick(dialog->verb(), Qt::LeftButton);
        const RollingProgress &rolling = console.desk.rolling();
        QCOMPARE(rolling.plan.tree, u"dev"_s);
        QCOMPARE(rolling.plan.batch, 2);
        auto *panel = console.window.findChild<RollingPanel *>();
        QVERIFY(panel->isVisible());
        QCOMPARE(panel->title(), u"Restart nginx in dev"_s);
        console.window.showPage(u"fleet"_s); // it stays in sight on every page
        QVERIFY(panel->isVisible());
        QTest::mouseClick(panel->findChildren<QPushButton *>().first(), Qt::LeftButton);
        QCOMPARE(console.desk.stops, 1);
        RollingProgress over = rolling;
        over.isRunning = false;
        over.outcome = u"1 of 3 restarted, then it was stopped."_s;
        console.desk.setRolling(over);
        QVERIFY(panel->isVisible());
        QTest::mouseClick(panel->findChildren<QPushButton *>().last(), Qt::LeftButton);
        QVERIFY(!panel->isVisible());
    }

    void closingWhileARollingActionRunsIsWarnedOfOnce()
    {
        Console console(m_folder);
        RollingProgress rolling;
        rolling.plan = webPlan();
        rolling.isRunning = true;
        rolling.turns = {{{webOne, u"80"_s}, RollingTurn::State::Acting, {}}};
        console.desk.setRolling(rolling);
        QVERIFY(!console.window.close());
        auto *strip = console.window.findChild<ActionStrip *>();
        QVERIFY(strip->texts().last().contains(u"still running"_s));
        QVERIFY(console.window.close());
    }

    void aWholeTreeCanBePutIntoMaintenance()
    {
        Console console(m_folder);
        console.window.showPage(u"tree"_s, u"dev"_s);
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        QTest::keyClick(&console.window, Qt::Key_M, Qt::ControlModifier);
        auto *dialog = console.question<MaintenanceDialog>();
        QVERIFY(dialog);
        QCOMPARE(dialog->windowTitle(), u"Maintenance of PaaS dev"_s);
        dialog->findChild<QComboBox *>(u"span"_s)->setCurrentIndex(0);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"start"_s), Qt::LeftButton);
        QCOMPARE(console.desk.maintenanceKeys, QStringList{u"paas/dev"_s});
        QCOMPARE(console.desk.maintenance->until, evening + 1'800'000);
    }

    void oneInstanceOfTheTreeIsAskedForAlone()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.window.showPage(u"tree"_s, u"dev/nginx/%1/80"_s.arg(webOne));
        auto *page = static_cast<TreePage *>(console.window.page(u"tree"_s));
        QCOMPARE(page->actionTarget().places.size(), 1);
        QVERIFY(!page->actionTarget().isRole());
        console.press(page->findChild<ActionBar *>(), u"restart"_s);
        QVERIFY(console.question<ConfirmDialog>() && !console.question<RollingDialog>());
    }

    void selectedServersAreCheckedAtOnce()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.window.showPage(u"fleet"_s);
        auto *page = static_cast<FleetPage *>(console.window.page(u"fleet"_s));
        const int row = page->model().rowOf(webOne), other = page->model().rowOf(webTwo);
        QTableView &table = page->table();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
                          table.visualRect(page->model().index(row, 1)).center());
        QTest::mouseClick(table.viewport(), Qt::LeftButton, Qt::ControlModifier,
                          table.visualRect(page->model().index(other, 1)).center());
        auto *bar = page->findChild<ActionBar *>();
        console.press(bar, u"refresh"_s);
        QVERIFY(!console.flow.dialog());
        QCOMPARE(console.desk.orders.size(), 2);
    }

    void maintenanceIsDeclaredAndEnded()
    {
        Console console(m_folder);
        console.unlock(m_folder);
        console.choose(databaseOne, {u"mysql 3301"_s});
        QTest::keyClick(&console.window, Qt::Key_M, Qt::ControlModifier);
        auto *dialog = console.question<MaintenanceDialog>();
        QVERIFY(dialog);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"reason"_s), u"disk exchange"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"start"_s), Qt::LeftButton);
        const QStringList keys{databaseOne + u"/mysql/3301"_s};
        QCOMPARE(console.desk.maintenanceKeys, keys);
        QCOMPARE(console.desk.maintenance->reason, u"disk exchange"_s);
        QCOMPARE(console.desk.maintenance->by, u"chen"_s);
        QCOMPARE(console.desk.maintenance->until, evening + 3'600'000);

        console.source.edit().maintenance.insert(keys.first(), *console.desk.maintenance);
        Q_EMIT console.source.maintenanceChanged();
        const QModelIndex first = console.services(databaseOne)->model()->index(0, 0);
        QVERIFY(first.data(ServiceModel::WhyRole).toString().contains(u"chen: disk exchange"_s));
        console.choose(databaseOne, {u"mysql 3302"_s, u"mysql 3301"_s, u"mysql 3302"_s});
        QTest::keyClick(&console.window, Qt::Key_M, Qt::ControlModifier);
        dialog = console.question<MaintenanceDialog>();
        QVERIFY(dialog);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"end"_s), Qt::LeftButton);
        QCOMPARE(console.desk.ends, 1);
    }

    void whoeverActsIsSeen()
    {
        Console console(m_folder);
        console.server(databaseOne);
        CommandMessage running = told(u"x"_s, databaseOne, {u"mysql"_s, u"3301"_s}, u"restart"_s,
                                      CommandState::Running, 3'000);
        running.by = u"li.wei"_s;
        Q_EMIT console.source.commandChanged(running);
        int seen = 0;
        for (const ActingLine *line : console.window.findChildren<ActingLine *>())
            seen += line->isVisible()
                && line->text().startsWith(u"li.wei restarts mysql 3301 on db-01 ("_s);
        QCOMPARE(seen, 2); // on the server's page and in the last line
        const auto *model = console.services(databaseOne)->model();
        bool isOnRow = false;
        for (int row = 0; row < model->rowCount(); ++row)
            isOnRow |= model->index(row, 0).data(ServiceModel::ActingRole).toString()
                == u"li.wei: Restart, running"_s;
        QVERIFY(isOnRow);
        running.state = CommandState::Done;
        Q_EMIT console.source.commandChanged(running);
        for (const ActingLine *line : console.window.findChildren<ActingLine *>())
            QVERIFY(!line->isVisible());
    }

    void aProblemOffersItsCure()
    {
        Console console(m_folder);
        console.window.showPage(u"overview"_s);
        QPushButton *cure = nullptr;
        for (QPushButton *button : console.window.findChildren<QPushButton *>()) {
            if (button->accessibleName() == u"Restart: nginx 80 on web-03 died"_s)
                cure = button;
        }
        QVERIFY(cure);
        QTRY_VERIFY(cure->isVisible());
        QSignalSpy asked(&console.window, &MainWindow::actionRequested);
        QTest::mouseClick(cure, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), u"restart"_s);
        QCOMPARE(asked.first().at(1).value<ActionScope>().places.first().text(),
                 webThree + u" nginx:80"_s);
    }

    void theCommandsPageFilters()
    {
        Console console(m_folder);
        fillLog(console);
        console.window.showPage(u"commands"_s);
        auto *page = static_cast<CommandsPage *>(console.window.page(u"commands"_s));
        QCOMPARE(page->table().model()->rowCount(), 7);
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        QTest::keyClick(page, Qt::Key_Slash);
        auto *filter = page->findChild<FilterField *>();
        QTRY_VERIFY(filter->hasFocus());
        QTest::keyClicks(filter, u"chen failed"_s);
        QCOMPARE(page->table().model()->rowCount(), 1);
        QTest::keyClicks(filter, u" nothing"_s);
        QCOMPARE(page->table().model()->rowCount(), 0);
        QTest::keyClick(filter, Qt::Key_Escape);
        QCOMPARE(page->table().model()->rowCount(), 7);
        page->table().setCurrentIndex(page->table().model()->index(0, 0));
        QTest::keyClick(&page->table(), Qt::Key_Return);
        QCOMPARE(console.window.currentPage(), u"server"_s);
    }

    void aServersOwnCommandsStandOnItsPage()
    {
        Console console(m_folder);
        fillLog(console);
        ServerPage &page = console.server(databaseOne);
        page.findChild<QTabBar *>()->setCurrentIndex(2);
        auto *table = page.findChild<CommandTable *>();
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        QVERIFY(table->isColumnHidden(CommandLog::ServerColumn));
    }

    void aServersScheduleStandsOnItsPage()
    {
        Console console(m_folder);
        CommandMessage run = told(u"n"_s, databaseOne, {u"mysql"_s, u"3301"_s}, u"restart"_s,
                                  CommandState::Failed, 50'000'000);
        run.schedule = u"nightly"_s;
        console.centre.log().take(run);
        ServerPage &page = console.server(databaseOne);
        page.findChild<QTabBar *>()->setCurrentIndex(3);
        auto *panel = page.findChild<SchedulePanel *>();
        QVERIFY(panel->isVisible());
        ScheduleModel &model = panel->model();
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 2);
        const auto text
            = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, ScheduleModel::ActionColumn), u"Restart mysql 3301"_s);
        QCOMPARE(text(0, ScheduleModel::TimesColumn), u"30 3 * * * UTC"_s);
        QVERIFY(text(0, ScheduleModel::NextColumn).endsWith(u"in 10 h 9 min"_s));
        QCOMPARE(text(0, ScheduleModel::LastColumn), u"failed"_s);
        QCOMPARE(text(1, ScheduleModel::NextColumn), u"switched off"_s);
        QCOMPARE(text(1, ScheduleModel::LastColumn), u"–"_s);
        save(console.window, u"schedule"_s);
    }

    void picturesForEyes_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::addColumn<QString>("language");
        QTest::newRow("light") << false << u"en"_s;
        QTest::newRow("dark") << true << u"en"_s;
        QTest::newRow("light-zh") << false << u"zh_CN"_s;
        QTest::newRow("dark-zh") << true << u"zh_CN"_s;
    }

    void picturesForEyes()
    {
        QFETCH(bool, isDark);
        QFETCH(QString, language);
        useLanguage(language);
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
        QApplication::setFont(uiFont());
        const QString suffix = language == u"en" ? QString() : u"-zh"_s;
        Console console(m_folder);
        console.unlock(m_folder);
        console.desk.impact = demoImpact();
        fillLog(console);
        QVERIFY(QTest::qWaitForWindowExposed(&console.window));
        console.window.showPage(u"commands"_s);
        save(console.window, u"commands"_s + suffix);

        console.server(databaseOne);
        const auto order = [](const QString &instance) {
            return ActionTarget{databaseOne, {u"mysql"_s, instance}};
        };
        const ActionScope four{
            {order(u"3301"_s), order(u"3302"_s), order(u"3303"_s), order(u"3304"_s)}, {}, {}};
        console.flow.request(u"stop"_s, four);
        console.question<ConfirmDialog>()->typed()->setText(u"db-01"_s);
        save(*console.flow.dialog(), u"confirm"_s + suffix);
        console.flow.dialog()->reject();
        console.flow.request(u"restart"_s, {{order(u"3301"_s)}, {}, {}});
        save(*console.flow.dialog(), u"confirm-restart"_s + suffix);
        console.flow.dialog()->reject();

        console.desk.planned = webPlan();
        console.desk.impact.lines = console.desk.impact.lines.mid(2);
        console.desk.impact.sentence.clear();
        const ActionScope role{{{webThree, {u"nginx"_s, u"80"_s}}, {webOne, {u"nginx"_s, u"80"_s}}},
                               u"dev"_s,
                               u"nginx"_s};
        console.flow.request(u"restart"_s, role);
        save(*console.flow.dialog(), u"rolling-question"_s + suffix);
        console.flow.dialog()->reject();
        console.flow.requestMaintenance({{{u"10.207.26.247"_s, systemService}}, {}, {}});
        save(*console.flow.dialog(), u"maintenance"_s + suffix);
        console.flow.dialog()->reject();

        RollingProgress rolling;
        rolling.plan = webPlan();
        rolling.plan.tree = u"dev"_s;
        rolling.plan.role = u"nginx"_s;
        rolling.plan.action = u"restart"_s;
        rolling.isRunning = true;
        rolling.turns
            = {{{webThree, u"80"_s}, RollingTurn::State::Done, u"alive after 3.1 s"_s},
               {{webOne, u"80"_s}, RollingTurn::State::Settling, u"alive, settles 2 s of 5 s"_s},
               {{webTwo, u"80"_s}, RollingTurn::State::Waiting, {}}};
        console.desk.setRolling(rolling);
        console.choose(databaseOne, {u"mysql 3301"_s});
        console.centre.send({webOne, {u"nginx"_s, u"80"_s}, u"restart"_s, {}});
        console.centre.send({webTwo, {u"nginx"_s, u"80"_s}, u"reload"_s, {}});
        console.desk.tell(0, CommandState::Refused, u"the key chen may not ask for restart here"_s);
        console.desk.tell(1, CommandState::Running);
        save(console.window, u"acting-server"_s + suffix);
        console.window.showPage(u"tree"_s, u"dev/nginx"_s);
        save(console.window, u"acting-tree"_s + suffix);
        console.flow.chooseKey();
        save(*console.flow.dialog(), u"key"_s + suffix);
        console.flow.dialog()->reject();
        useLanguage(u"en"_s);
    }
};

QTEST_MAIN(TestActing)
#include "tst_acting.moc"
