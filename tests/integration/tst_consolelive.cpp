// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"
#include "console/dialogs/confirmdialog.h"
#include "console/dialogs/keydialog.h"
#include "console/models/servicemodel.h"
#include "console/models/sitelist.h"
#include "console/views/actionbar.h"
#include "console/views/actionstrip.h"
#include "console/views/commandspage.h"
#include "console/views/commandtable.h"
#include "console/views/fleetpage.h"
#include "console/views/mainwindow.h"
#include "console/views/offlinebanner.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "shared/trust/signingkey.h"
#include "tests/integration/agentharness.h"
#include "tests/support/scriptedagent.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const QString ip = u"127.0.0.1"_s;

} // namespace

/// The console as it is started, a real Redis, a real agent, real processes that die.
class TestConsoleLive : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<Victims> m_victims;
    std::unique_ptr<AgentProcess> m_agent;
    std::unique_ptr<ProgramOptions> m_options;
    std::unique_ptr<ConsoleApp> m_console;

    void startConsole(const QStringList &arguments)
    {
        m_options = std::make_unique<ProgramOptions>(u"treewarden-console"_s, u"test"_s, u"none"_s);
        QVERIFY(!m_options->read(QStringList{u"treewarden-console"_s} + arguments));
        m_console = std::make_unique<ConsoleApp>(m_folder.filePath(u"console.conf"_s));
        const Result<void> started = m_console->start(*m_options);
        QVERIFY2(started.isOk(), started ? "" : qPrintable(started.error().text));
        QVERIFY(QTest::qWaitForWindowExposed(&m_console->window()));
    }

    /// The fleet in front; nullptr while there is none.
    FleetSource *source()
    {
        Site *site = m_console->sites().current();
        return site ? &site->source() : nullptr;
    }

    bool isLive() { return source() && source()->isLive(); }

    FleetPage &fleet() { return *qobject_cast<FleetPage *>(m_console->window().page(u"fleet"_s)); }

    Health shownHealth()
    {
        const int row = fleet().model().rowOf(ip);
        return row < 0 ? Health::Unknown : fleet().model().row(row).health;
    }

    /// True when the colour stands in the row's first cell: what a person sees.
    bool rowShows(const QColor &colour)
    {
        const int row = fleet().model().rowOf(ip);
        if (row < 0)
            return false;
        const QRect cell
            = fleet().table().visualRect(fleet().model().index(row, FleetModel::StateColumn));
        const QImage image = fleet().table().viewport()->grab(cell).toImage();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y) == colour)
                    return true;
        return false;
    }

    void choose(const QString &text)
    {
        for (QAction *action : m_console->window().findChildren<QAction *>())
            if (action->text() == text)
                action->trigger();
    }

private Q_SLOTS:

    void init()
    {
        QVERIFY(!qEnvironmentVariableIsSet("TREEWARDEN_REDIS"));
        QFile::remove(m_folder.filePath(u"console.conf"_s));
        m_redis = std::make_unique<RedisServer>();
        m_victims = std::make_unique<Victims>();
    }

    void cleanup()
    {
        m_console.reset();
        m_agent.reset();
        m_victims.reset();
        m_redis.reset();
    }

    void aServerAppearsAndItsDeadServiceTurnsTheRow()
    {
        startConsole({u"--redis"_s, m_redis->urlText()});
        m_console->window().showPage(u"fleet"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isLive(), patience);
        QCOMPARE(fleet().model().rowCount(), 0);
        enrol(*m_redis, {m_victims->start(u"a"_s)});
        m_agent = std::make_unique<AgentProcess>(m_redis->urlText());
        m_agent->start();
        QTRY_COMPARE_WITH_TIMEOUT(fleet().model().rowCount(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(shownHealth(), Health::Alive, patience);
        QTRY_VERIFY_WITH_TIMEOUT(rowShows(lightTheme().ok) || rowShows(darkTheme().ok), patience);
        QTRY_VERIFY_WITH_TIMEOUT(fleet().model().row(0).cpuHistory.size() >= 2, patience);
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(shownHealth(), Health::Degraded, patience);
        QTRY_VERIFY_WITH_TIMEOUT(rowShows(lightTheme().warn) || rowShows(darkTheme().warn),
                                 patience);
        m_victims->start(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(shownHealth(), Health::Alive, patience);
        m_agent->signal(SIGTERM);
        QTRY_COMPARE_WITH_TIMEOUT(shownHealth(), Health::Died, patience);
        QTRY_VERIFY_WITH_TIMEOUT(rowShows(lightTheme().dead) || rowShows(darkTheme().dead),
                                 patience);
    }

    void aRestartIsAskedForSentAndSeenToItsEnd()
    {
        ScriptedAgent agent(*m_redis, u"10.0.0.7"_s);
        agent.answer = [](const CommandRequest &request) {
            return QList{ScriptedAgent::message(request, CommandState::Accepted),
                         ScriptedAgent::message(request, CommandState::Done),
                         ScriptedAgent::message(request, CommandState::Verified)};
        };
        m_redis->call({"HSET", "server:config:10.0.0.7", "signature", "c2lnbmVk"});
        const QString key = m_folder.filePath(u"key"_s);
        QVERIFY(SigningKey::generate(u"chen"_s)->write(key, {}));
        startConsole({u"--redis"_s, m_redis->urlText()});
        QTRY_VERIFY_WITH_TIMEOUT(isLive() && agent.isReady(), patience);
        MainWindow &window = m_console->window();
        window.showPage(u"server"_s, u"10.0.0.7"_s);
        auto *page = window.page(u"server"_s);
        QListView *services = nullptr;
        for (QListView *list : page->findChildren<QListView *>()) {
            if (qobject_cast<ServiceModel *>(list->model()))
                services = list;
        }
        QVERIFY(services);
        QTRY_VERIFY_WITH_TIMEOUT(services->model()->rowCount() > 0, patience);
        services->setCurrentIndex(services->model()->index(0, 0));
        QPushButton *restart = nullptr;
        for (ActionBar *bar : page->findChildren<ActionBar *>()) {
            if (!bar->target().isServers() && !bar->target().isEmpty())
                restart = bar->button(u"restart"_s);
        }
        QVERIFY(restart);
        QTRY_VERIFY_WITH_TIMEOUT(restart->isEnabled(), patience);
        restart->click();
        auto *unlock = window.findChild<KeyDialog *>();
        QVERIFY(unlock);
        unlock->findChild<QLineEdit *>(u"file"_s)->setText(key);
        unlock->findChild<QPushButton *>(u"unlock"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.findChild<ConfirmDialog *>(), patience);
        window.findChild<ConfirmDialog *>()->verb()->click();
        auto *strip = window.findChild<ActionStrip *>();
        QTRY_VERIFY2_WITH_TIMEOUT(strip->texts().join(u'|').contains(u"alive again after"_s),
                                  qPrintable(strip->texts().join(u'|')), patience);
        QCOMPARE(agent.asked().size(), 1);
        QVERIFY(agent.asked().first().endsWith(u" restart"_s));
        auto *commands = static_cast<CommandsPage *>(window.page(u"commands"_s));
        QTRY_COMPARE_WITH_TIMEOUT(commands->table().model()->rowCount(), 1, patience);
    }

    void aRedisThatGoesAndComesBackIsToldHonestly()
    {
        enrol(*m_redis, {m_victims->start(u"a"_s)});
        m_agent = std::make_unique<AgentProcess>(m_redis->urlText());
        m_agent->start();
        startConsole({u"--redis"_s, m_redis->urlText()});
        m_console->window().showPage(u"fleet"_s);
        QTRY_COMPARE_WITH_TIMEOUT(shownHealth(), Health::Alive, patience);
        auto *banner = m_console->window().findChild<OfflineBanner *>();
        auto *bar = m_console->window().findChild<StateBar *>();
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), patience);
        m_redis->stop();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(bar->text().contains(u"stale since"_s), qPrintable(bar->text()),
                                  patience);
        QCOMPARE(shownHealth(), Health::Alive); // as it was, greyed
        QVERIFY(themeOf(&fleet()).isStale);
        m_redis->start();
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(shownHealth(), Health::Alive, patience);
    }

    void theFirstStartLeadsToTheFleet()
    {
        startConsole({});
        QVERIFY(!source() || source()->address().isEmpty());
        auto *address = m_console->window().findChild<QLineEdit *>(u"address"_s);
        QVERIFY(address && address->isVisible());
        QTest::keyClicks(address, m_redis->urlText());
        QTest::mouseClick(m_console->window().findChild<QPushButton *>(u"connect"_s),
                          Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(isLive(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_console->window().currentPage(), u"overview"_s, patience);
        m_console.reset();
        startConsole({}); // remembered
        QTRY_VERIFY_WITH_TIMEOUT(isLive(), patience);
    }

    void themeAndLanguageAreSwitchedAndRemembered()
    {
        startConsole({u"--redis"_s, m_redis->urlText()});
        choose(u"Dark"_s);
        QTRY_VERIFY_WITH_TIMEOUT(themeOf(&fleet()).isDark, patience);
        choose(u"Light"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!themeOf(&fleet()).isDark, patience);
        choose(u"English"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_console->window().menuBar()->actions().first()->text(),
                                  u"&File"_s, patience);
        QVERIFY(m_console->window().isVisible());
        choose(u"Dark"_s);
        QTRY_VERIFY_WITH_TIMEOUT(themeOf(&fleet()).isDark, patience);
        m_console.reset();
        startConsole({u"--redis"_s, m_redis->urlText()});
        QVERIFY(themeOf(&fleet()).isDark);
    }

    void rubbishOnTheChannelChangesNothing()
    {
        enrol(*m_redis, {m_victims->start(u"a"_s)});
        m_agent = std::make_unique<AgentProcess>(m_redis->urlText());
        m_agent->start();
        startConsole({u"--redis"_s, m_redis->urlText()});
        m_console->window().showPage(u"fleet"_s);
        QTRY_COMPARE_WITH_TIMEOUT(shownHealth(), Health::Alive, patience);
        for (const QByteArray &rubbish :
             {QByteArray("\0\xff\xfe{", 4), QByteArray("[[[["), QByteArray(300'000, 'x'),
              QByteArray(R"({"type":"alive","ip":"../../etc","alive":0})"),
              QByteArray(R"({"type":7})")})
            m_redis->call({"PUBLISH", "update:info", rubbish});
        m_redis->call({"HSET", "server:info:127.0.0.1", "os", QByteArray(1'000'000, 'x')});
        m_redis->call(
            {"PUBLISH", "update:info", R"({"type":"info","ip":"127.0.0.1","timestamp":1})"});
        const qint64 seen = source()->messageCount();
        QTRY_VERIFY_WITH_TIMEOUT(source()->messageCount() > seen + 2, patience);
        QCOMPARE(shownHealth(), Health::Alive);
    }

    void aWrongUrlIsAnErrorAtTheStart()
    {
        ProgramOptions options(u"treewarden-console"_s, u"test"_s, u"none"_s);
        if (!options.read({u"treewarden-console"_s, u"--redis"_s, u"http://example.org"_s})) {
            ConsoleApp console(m_folder.filePath(u"console.conf"_s));
            QVERIFY(!console.start(options).isOk());
        }
    }
};

QTEST_MAIN(TestConsoleLive)
#include "tst_consolelive.moc"
