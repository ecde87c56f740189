// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/preferences.h"
#include "console/views/chartstack.h"
#include "console/views/factsline.h"
#include "console/views/healthicon.h"
#include "console/views/mainwindow.h"
#include "console/views/serverpage.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QApplication>
#include <QDir>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString databaseOne = u"10.207.26.250"_s, databaseTwo = u"10.207.26.251"_s,
              webThree = u"10.207.26.233"_s, monitorOne = u"10.207.26.229"_s;

/// Five minutes of samples, as if the page had been open.
void playHistory(FixedSource &source, const QString &ip)
{
    FleetServer &server = source.edit().servers[ip];
    const WorkloadSample newest = server.workload.sample();
    const QList<WorkloadSample> samples = demoSamples(server, 300, newest.timestamp);
    const qint64 now = source.now();
    for (const WorkloadSample &sample : samples) {
        server.workload = sample;
        source.setNow(now - newest.timestamp + sample.timestamp);
        Q_EMIT source.workloadChanged(ip);
    }
    server.workload = newest;
    source.setNow(now);
}

QString textOf(const QWidget &page)
{
    QStringList texts;
    for (const TonedLabel *label : page.findChildren<TonedLabel *>()) {
        if (label->isVisible())
            texts << label->text();
    }
    return texts.join(u'\n');
}

} // namespace

class TestServerPage : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    static void show(ServerPage &page, const QString &ip)
    {
        page.resize(1240, 800);
        page.open(ip);
        page.QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
    }

    static QListView *list(const ServerPage &page, const QString &name)
    {
        const QList<QListView *> lists = page.findChildren<QListView *>();
        const auto found = std::find_if(lists.begin(), lists.end(), [&](QListView *one) {
            return one->accessibleName() == name;
        });
        return found == lists.end() ? nullptr : *found;
    }

    static QListView *services(const ServerPage &page) { return list(page, u"Services"_s); }

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ThemeStyle); }

    void init()
    {
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void showsNameStateAndFacts()
    {
        FixedSource source(demoFleet(evening), evening);
        ServerPage page(source);
        show(page, webThree);
        QVERIFY(textOf(page).contains(u"web-03"_s));
        QVERIFY(textOf(page).contains(webThree));
        QCOMPARE(page.findChild<HealthBadge *>()->text(), healthText(Health::Degraded));
        const QList<FactsLine::Fact> facts = page.findChild<FactsLine *>()->facts();
        QCOMPARE(facts.size(), 7);
        QVERIFY(facts[0].value.startsWith(u"12 d"_s));
        QCOMPARE(facts[3].value, u"8 x Intel Xeon Silver 4210"_s);
        QCOMPARE(facts[6].value, u"dev"_s);
    }

    void whatIsNotKnownIsADash()
    {
        FleetState fleet = demoFleet(evening);
        fleet.servers[webThree].info = {};
        fleet.servers[webThree].workload = {};
        FixedSource source(fleet, evening);
        ServerPage page(source);
        show(page, webThree);
        const QList<FactsLine::Fact> facts = page.findChild<FactsLine *>()->facts();
        for (int i = 0; i < 6; ++i)
            QCOMPARE(facts[i].value, u"–"_s);
        for (const ChartPanel *panel : page.charts()->panels()) {
            for (const QString &value : panel->legendValues())
                QCOMPARE(value, u"–"_s);
        }
    }

    void aDeathIsSeenAtOnce()
    {
        FixedSource source(calmFleet(evening), evening);
        ServerPage page(source);
        show(page, webThree);
        QCOMPARE(page.findChild<HealthBadge *>()->text(), healthText(Health::Alive));
        FleetService &nginx = source.edit().servers[webThree].services[{u"nginx"_s, u"80"_s}];
        nginx.state.alive = false;
        nginx.state.reason = u"0 processes found, 4 expected"_s;
        Q_EMIT source.serverChanged(webThree);
        QCOMPARE(page.findChild<HealthBadge *>()->text(), healthText(Health::Degraded));
        QCOMPARE(services(page)->model()->index(0, 0).data().toString(), u"nginx 80"_s);
        QVERIFY(textOf(page).contains(u"10 / 11"_s));
    }

    void chartsFollowTheSamples()
    {
        FixedSource source(demoFleet(evening), evening);
        ServerPage page(source);
        show(page, databaseOne);
        playHistory(source, databaseOne);
        const QString before = page.charts()->panels().first()->legendValues().first();
        QVERIFY(before != u"–"_s);
        WorkloadSample sample = source.state().servers[databaseOne].workload.sample();
        sample.timestamp += 1000;
        sample.info.cpu.user = 99.5;
        source.edit().servers[databaseOne].workload = sample;
        Q_EMIT source.workloadChanged(databaseOne);
        QCOMPARE(page.charts()->panels().first()->legendValues().first(),
                 QLocale().toString(99.5, 'f', 1));
    }

    void aDeadServersChartsStopWithAMark()
    {
        FixedSource source(demoFleet(evening), evening);
        ServerPage page(source);
        show(page, databaseTwo);
        playHistory(source, databaseTwo);
        QVERIFY(textOf(page).contains(u"It died at"_s));
        for (const QString &value : page.charts()->panels().first()->legendValues())
            QCOMPARE(value, u"–"_s);
        QVERIFY(services(page)->model()->rowCount() > 0);
        for (int row = 0; row < services(page)->model()->rowCount(); ++row)
            QCOMPARE(
                Health(
                    services(page)->model()->index(row, 0).data(ServiceModel::HealthRole).toInt()),
                Health::Unknown);
        const QImage picture = page.charts()->panels().first()->grab().toImage();
        int marked = 0;
        for (int x = picture.width() / 2; x < picture.width(); ++x) {
            for (int y = 0; y < 60; ++y)
                marked += picture.pixelColor(x, y) == lightTheme().dead;
        }
        QVERIFY(marked > 20);
    }

    void eventsStandOnATabOfTheirOwn()
    {
        FixedSource source(demoFleet(evening), evening);
        ServerPage page(source);
        show(page, webThree);
        auto *tabs = page.findChild<QTabBar *>();
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        QCOMPARE(tabs->currentIndex(), 1);
        QVERIFY(list(page, u"Events"_s)->isVisible());
        QCOMPARE(list(page, u"Events"_s)->model()->rowCount(), 1);
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Left);
        QVERIFY(page.charts()->isVisible());
    }

    void aServerThatIsNoneSaysSo()
    {
        FixedSource source(demoFleet(evening), evening);
        ServerPage page(source);
        show(page, u"<b>10.9.9.9</b>"_s);
        QVERIFY(textOf(page).contains(u"<b>10.9.9.9</b>"_s));
        QVERIFY(textOf(page).contains(u"not enrolled"_s));
        QSignalSpy asked(&page, &Page::openFleet);
        for (QPushButton *button : page.findChildren<QPushButton *>()) {
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(asked.count(), 1);
    }

    void hostileNamesStayOneLineOfPlainText()
    {
        FleetState fleet = demoFleet(evening);
        const QString nasty = u"<h1>big</h1>\u202E\u0007\n"_s + QString(10'000, u'w');
        FleetServer &server = fleet.servers[webThree];
        server.info.hostname = server.info.os = server.info.kernel = server.info.cpuModel
            = server.info.agentVersion = nasty;
        FleetService &nginx = server.services[{u"nginx"_s, u"80"_s}];
        nginx.state.reason = nasty;
        Event event = fleet.events.first();
        event.ip = webThree;
        event.json.insert(u"reason"_s, nasty);
        fleet.events.prepend(event);
        FixedSource source(fleet, evening);
        ServerPage page(source);
        show(page, webThree);
        const QString shown = textOf(page);
        QVERIFY(shown.contains(u"<h1>big</h1>"_s));
        QVERIFY(!shown.contains(QChar(0x202E)) && !shown.contains(QChar(7)));
        QVERIFY(page.width() <= 1240);
        QVERIFY(!page.grab().isNull());
        page.findChild<QTabBar *>()->setCurrentIndex(1);
        QVERIFY(!page.grab().isNull());
    }

    void survivesAnythingThatHappensToItsServer()
    {
        FixedSource source(demoFleet(evening), evening);
        ServerPage page(source);
        show(page, databaseOne);
        playHistory(source, databaseOne);
        source.goStale(evening, u"Redis does not answer."_s, 4000);
        QVERIFY(textOf(page).contains(u"that are known"_s));
        source.edit().servers.remove(databaseOne);
        Q_EMIT source.serverRemoved(databaseOne);
        QVERIFY(textOf(page).contains(u"not enrolled"_s));
        source.forget();
        source.replace(demoFleet(evening));
        QVERIFY(textOf(page).contains(u"db-01"_s));
        page.open({});
        QVERIFY(textOf(page).contains(u"No server is chosen"_s));
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
        FixedSource source(demoFleet(evening), evening);
        QSettings settings(m_folder.filePath(isDark ? u"d"_s : u"l"_s), QSettings::IniFormat);
        Preferences preferences(settings);
        MainWindow window(source, preferences);
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto save = [&](const QString &ip, const QString &name, int tab = 0) {
            window.showPage(u"server"_s, ip);
            playHistory(source, ip);
            auto *page = static_cast<ServerPage *>(window.page(u"server"_s));
            page->findChild<QTabBar *>()->setCurrentIndex(tab);
            if (name == u"server-live"_s)
                page->charts()->setCrosshair(evening - 100'000);
            QTest::qWait(50);
            QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
            QVERIFY(window.grab().save(u"%1/%2-%3.png"_s.arg(
                QStringLiteral(SCREENSHOT_FOLDER), name, isDark ? u"dark"_s : u"light"_s)));
        };
        save(databaseOne, u"server-live"_s);
        save(webThree, u"server-degraded"_s);
        save(databaseTwo, u"server-died"_s);
        save(monitorOne, u"server-unknown"_s);
        save(databaseOne, u"server-events"_s, 1);
    }
};

QTEST_MAIN(TestServerPage)
#include "tst_serverpage.moc"
