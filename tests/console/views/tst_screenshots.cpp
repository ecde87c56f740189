// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/preferences.h"
#include "console/views/mainwindow.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/translation.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QMenuBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000; // 2023-11-15 17:20:41 UTC
const QString webThree = u"10.207.26.233"_s;

} // namespace

/// Writes what the console looks like into the build folder, for people to look at, and checks what
/// a program can.
class TestScreenshots : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    struct Fixture
    {
        explicit Fixture(const QString &file, FleetState state)
            : settings(file, QSettings::IniFormat)
            , preferences(settings)
            , source(std::move(state), evening)
        {
            window = std::make_unique<MainWindow>(source, preferences);
            window->resize(1440, 900);
            window->showPage(u"server"_s, webThree); // its charts collect what is told from now on
            fillHistory();
        }

        /// Forty seconds of the demo's samples, so that curves are there.
        void fillHistory()
        {
            const QStringList ips = source.state().servers.keys();
            for (const QString &ip : ips) {
                const FleetServer &server = source.state().servers[ip];
                if (!server.workload.timestamp)
                    continue;
                const QList<WorkloadSample> samples = demoSamples(server, 40, evening);
                const WorkloadSample now = server.workload;
                histories.insert(ip, samples);
                newest.insert(ip, now);
            }
            for (int i = 0; i < 40; ++i) {
                for (auto samples = histories.cbegin(); samples != histories.cend(); ++samples) {
                    source.edit().servers[samples.key()].workload
                        = i == 39 ? newest[samples.key()] : samples->at(i);
                    Q_EMIT source.workloadChanged(samples.key());
                }
                QTest::qWait(110);
            }
        }

        QSettings settings;
        Preferences preferences;
        FixedSource source;
        QHash<QString, QList<WorkloadSample>> histories;
        QHash<QString, WorkloadSample> newest;
        std::unique_ptr<MainWindow> window;
    };

    std::unique_ptr<Fixture> fixture(FleetState state)
    {
        static int count = 0;
        return std::make_unique<Fixture>(m_folder.filePath(u"%1.ini"_s.arg(++count)),
                                         std::move(state));
    }

    static void save(MainWindow &window, const QString &name)
    {
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTest::qWait(50); // layouts that were asked for
        const QPixmap picture = window.grab();
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(
            picture.save(u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name,
                                               themeOf(&window).isDark ? u"dark"_s : u"light"_s)));
        QVERIFY(picture.toImage().size() == QSize(1440, 900) * picture.devicePixelRatio());
    }

    /// Labels and buttons of the window that are narrower than their text.
    static QStringList cutTexts(const QWidget &window)
    {
        QStringList cut;
        const QList<QWidget *> widgets = window.findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
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

    void initTestCase() { QApplication::setStyle(new ThemeStyle); }

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
        QApplication::setFont(uiFont());
        const auto demo = fixture(demoFleet(evening));
        MainWindow &window = *demo->window;
        window.showPage(u"fleet"_s);
        save(window, u"fleet"_s);
        demo->source.goStale(evening - 159'000,
                             u"Redis 10.207.26.240 does not answer: connection refused."_s, 4000);
        save(window, u"fleet-redis-away"_s);
        window.showPage(u"overview"_s);
        save(window, u"overview-redis-away"_s);
        demo->source.goLive();
        save(window, u"overview"_s);
        window.showPage(u"events"_s);
        save(window, u"events"_s);
        demo->source.replace(calmFleet(evening));
        window.showPage(u"overview"_s);
        save(window, u"overview-calm"_s);
        demo->source.replace(emptyFleet());
        save(window, u"overview-empty"_s);
        window.showPage(u"fleet"_s);
        save(window, u"fleet-empty"_s);
    }

    void drawsInChinese()
    {
        useLanguage(u"zh_CN"_s);
        QApplication::setFont(uiFont());
        const auto demo = fixture(demoFleet(evening));
        MainWindow &window = *demo->window;
        QCOMPARE(window.menuBar()->actions().first()->text(), u"文件(&F)"_s);
        for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
            QApplication::setPalette(theme->palette());
            for (const QString &page : {u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s}) {
                window.showPage(page, page == u"tree" ? u"dev"_s : QString());
                save(window, page + u"-zh"_s);
                QCOMPARE(cutTexts(window), QStringList());
            }
            window.showPage(u"server"_s, webThree);
            save(window, u"server-zh"_s);
            QCOMPARE(cutTexts(window), QStringList());
        }
        demo->source.goStale(evening - 159'000, u"Redis 10.207.26.240 没有应答。"_s, 4000);
        window.showPage(u"overview"_s);
        save(window, u"overview-redis-away-zh"_s);
        QCOMPARE(cutTexts(window), QStringList());
        useLanguage(u"en"_s);
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
