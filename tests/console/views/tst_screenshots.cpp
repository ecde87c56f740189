// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/settings/preferences.h"
#include "console/views/mainwindow.h"
#include "console/views/page.h"
#include "console/views/pagetabs.h"
#include "console/views/sidebar.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/translation.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/picturechecks.h"

#include <QApplication>
#include <QDir>
#include <QMenuBar>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000; // 2023-11-15 17:20:41 UTC
const QString webThree = u"10.207.26.233"_s;
const QSize pictureSize(1440, 900);

/// Commands of an evening: one runs, one failed.
QList<CommandMessage> eveningCommands()
{
    const auto command = [](const QString &id, const char *host, const ServiceId &service,
                            const QString &action, CommandState state, qint64 age) {
        CommandMessage m;
        m.id = id;
        m.ip = u"10.207.26."_s + QString::fromLatin1(host);
        m.service = service;
        m.action = action;
        m.state = state;
        m.timestamp = evening - age;
        m.by = u"li.wei"_s;
        m.took = isFinal(state) ? 1300 : 0;
        return m;
    };
    QList<CommandMessage> commands{
        command(u"1"_s, "250", {u"mysql"_s, u"3301"_s}, u"restart"_s, CommandState::Done,
                50'000'000),
        command(u"2"_s, "231", {u"nginx"_s, u"80"_s}, u"reload"_s, CommandState::Done, 7'200'000),
        command(u"3"_s, "233", {u"nginx"_s, u"80"_s}, u"restart"_s, CommandState::Failed,
                1'100'000),
        command(u"4"_s, "220", {u"varnish"_s, u"6081"_s}, u"restart"_s, CommandState::Running,
                4'000),
    };
    commands[0].schedule = u"nightly"_s;
    commands[1].reason = u"new certificates"_s;
    commands[2].detail = u"bind() to 0.0.0.0:80 failed (98: Address already in use)"_s;
    return commands;
}

FleetState everythingDown(int servers)
{
    FleetState state = servers ? hugeFleet(servers, evening) : demoFleet(evening);
    int number = 0;
    for (FleetServer &server : state.servers) {
        server.alive = false;
        server.since = evening - 40'000 + number++ % 3'000;
    }
    return state;
}

} // namespace

/// Writes what every page looks like into the build folder, for people to look at beside the target
/// pictures, and checks what a program can: {light, dark} × {English, Chinese} × {empty, normal,
/// 10,000 servers, everything down, Redis away}.
class TestScreenshots : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    Translations m_translations;

    struct Fixture
    {
        Fixture(const QString &file, FleetState state)
            : settings(file, QSettings::IniFormat)
            , preferences(settings)
            , source(std::move(state), evening)
            , centre(source, desk)
            , window(source, preferences, &centre)
        {
            window.resize(pictureSize);
        }

        /// Samples of the demo's last seconds, so that curves are there: only a page that is shown
        /// collects them.
        void fillHistory()
        {
            window.showPage(u"server"_s, webThree);
            tellSamples();
            window.showPage(u"fleet"_s);
            tellSamples();
            for (const CommandMessage &command : eveningCommands())
                centre.log().take(command);
        }

        void tellSamples()
        {
            QHash<QString, QList<WorkloadSample>> samples;
            QHash<QString, WorkloadSample> newest;
            for (const FleetServer &server : source.state().servers) {
                if (!server.workload.timestamp)
                    continue;
                samples.insert(server.ip, demoSamples(server, 14, evening));
                newest.insert(server.ip, server.workload.sample());
            }
            for (int i = 0; i < 14; ++i) {
                for (auto of = samples.cbegin(); of != samples.cend(); ++of) {
                    source.edit().servers[of.key()].workload
                        = i == 13 ? newest[of.key()] : of->at(i);
                    Q_EMIT source.workloadChanged(of.key());
                }
                QTest::qWait(105); // rows take what came ten times a second
            }
        }

        QSettings settings;
        Preferences preferences;
        FixedSource source;
        FixedDesk desk;
        ActionCentre centre;
        MainWindow window;
    };

    void check(MainWindow &window, const QString &name)
    {
        QTest::qWait(20);
        // What was asked for to be laid out, one widget after the other.
        (void)QTest::qWaitFor([&window] { return cutTexts(window).isEmpty(); }, 5'000);
        const QPixmap picture = window.grab();
        const QString folder = QStringLiteral(SCREENSHOT_FOLDER "/matrix");
        QDir().mkpath(folder);
        QVERIFY(picture.save(u"%1/%2.png"_s.arg(folder, name), "png", 80));
        QCOMPARE(picture.size(), pictureSize * picture.devicePixelRatio());
        const auto complain = [&name](const char *what, const QStringList &texts) {
            if (!texts.isEmpty())
                QFAIL(qPrintable(
                    u"%1, %2: %3"_s.arg(name, QLatin1StringView(what), texts.join(u"; "_s))));
        };
        complain("cut", cutTexts(window));
        complain("pale", paleTexts(window));
        if (name.contains(u"-zh"_s))
            complain("not translated", untranslatedTexts(window, m_translations));
    }

    void checkPages(MainWindow &window, const QString &suffix)
    {
        QStringList keys{u"server"_s};
        for (const auto &[key, title] : window.findChild<Sidebar *>()->pages())
            keys << key;
        for (const QString &key : std::as_const(keys)) {
            window.showPage(key, key == u"tree" ? u"dev"_s : QString());
            check(window, key + suffix);
            if (key != u"tree" || QTest::currentTestFailed())
                continue;
            auto *view = window.page(key)->findChild<SegmentedChoice *>();
            view->setCurrentIndex(1);
            check(window, u"graph"_s + suffix);
            view->setCurrentIndex(0);
        }
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        m_translations = readTranslations(QStringLiteral(TRANSLATIONS));
        QVERIFY(m_translations.value(u"Treewarden::MainWindow"_s).contains(u"&File"_s));
    }

    void cleanup() { useLanguage(u"en"_s); }

    void draws_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("isDark");
        for (const QString &language : {u"en"_s, u"zh"_s})
            for (const QString &state :
                 {u"empty"_s, u"normal"_s, u"10000"_s, u"down"_s, u"down10000"_s, u"away"_s})
                for (const bool isDark : {false, true})
                    QTest::addRow("%s %s %s", qPrintable(language), qPrintable(state),
                                  isDark ? "dark" : "light")
                        << language << state << isDark;
    }

    void draws()
    {
        QFETCH(QString, language);
        QFETCH(QString, state);
        QFETCH(bool, isDark);
        useLanguage(language == u"zh" ? u"zh_CN"_s : u"en"_s);
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
        QApplication::setFont(uiFont());
        static int count = 0;
        Fixture fixture(m_folder.filePath(u"%1.ini"_s.arg(++count)),
                        state == u"empty"           ? emptyFleet()
                            : state == u"10000"     ? hugeFleet(10'000, evening)
                            : state == u"down"      ? everythingDown(0)
                            : state == u"down10000" ? everythingDown(10'000)
                                                    : demoFleet(evening));
        MainWindow &window = fixture.window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCOMPARE(window.menuBar()->actions().first()->text(),
                 language == u"zh" ? u"文件(&F)"_s : u"&File"_s);
        if (state == u"normal" || state == u"away")
            fixture.fillHistory();
        else if (!fixture.source.state().servers.isEmpty())
            window.showPage(u"server"_s, fixture.source.state().servers.cbegin().key());
        if (state == u"away")
            fixture.source.goStale(
                evening - 159'000,
                language == u"zh" ? u"Redis 10.207.26.240 没有应答。"_s
                                  : u"Redis 10.207.26.240 does not answer: connection refused."_s,
                4000);
        checkPages(window, u"-%1-%2-%3"_s.arg(state, language, isDark ? u"dark"_s : u"light"_s));
    }

    void aNarrowWindowFits_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addRow("English") << u"en"_s;
        QTest::addRow("Chinese") << u"zh"_s;
    }

    /// Half of a wide screen is enough for every page.
    void aNarrowWindowFits()
    {
        QFETCH(QString, language);
        useLanguage(language == u"zh" ? u"zh_CN"_s : u"en"_s);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
        Fixture fixture(m_folder.filePath(u"narrow-%1.ini"_s.arg(language)), demoFleet(evening));
        MainWindow &window = fixture.window;
        window.resize(900, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.showPage(u"server"_s, webThree);
        QStringList tooWide;
        QStringList keys{u"server"_s};
        for (const auto &[key, title] : window.findChild<Sidebar *>()->pages())
            keys << key;
        for (const QString &key : std::as_const(keys)) {
            window.showPage(key);
            QTest::qWait(20);
            // What was asked for to be laid out, one widget after the other.
            (void)QTest::qWaitFor([&window] { return cutTexts(window).isEmpty(); }, 5'000);
            QVERIFY(window.grab().save(u"%1/matrix/%2-narrow-%3.png"_s.arg(
                QStringLiteral(SCREENSHOT_FOLDER), key, language)));
            if (const int least = window.page(key)->minimumSizeHint().width(); least > 840)
                tooWide << u"%1: %2"_s.arg(key).arg(least);
            for (const QScrollArea *area : window.page(key)->findChildren<QScrollArea *>()) {
                if (area->isVisible() && area->widget()->width() > area->viewport()->width())
                    tooWide << u"what scrolls in %1: %2"_s.arg(key).arg(area->widget()->width());
            }
        }
        QVERIFY2(tooWide.isEmpty(), qPrintable(tooWide.join(u"; "_s)));
        QVERIFY2(
            window.width() == 900,
            qPrintable(u"%1: "_s.arg(window.width()) + widestParts(window, 700).join(u"; "_s)));
    }

    /// The overview and the fleet of a good day.
    void aGoodDayIsCalm()
    {
        QApplication::setPalette(lightTheme().palette());
        Fixture fixture(m_folder.filePath(u"calm.ini"_s), calmFleet(evening));
        fixture.window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.window));
        check(fixture.window, u"overview-calm-en-light"_s);
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
