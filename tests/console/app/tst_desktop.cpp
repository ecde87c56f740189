// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"
#include "console/dialogs/firststart.h"
#include "console/dialogs/notificationsdialog.h"
#include "console/models/examplesource.h"
#include "console/models/traytext.h"
#include "console/views/examplenotice.h"
#include "console/views/fleetpage.h"
#include "console/views/linkbutton.h"
#include "console/views/mainwindow.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "tests/support/cuttexts.h"
#include "tests/support/memorystore.h"
#include "tests/support/mockeddesktop.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeEdit>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The console as a guest of a desktop: first start, example, notifications, colours.
class TestDesktop : public QObject
{
    Q_OBJECT
    MockedDesktop m_desktop;
    QTemporaryDir m_folder;
    QString m_file;
    std::unique_ptr<ConsoleApp> m_app;

    void start()
    {
        m_app = std::make_unique<ConsoleApp>(m_file, std::move(MemoryPasswords().passwords));
        ProgramOptions options(u"treewarden-console"_s, {}, u"console"_s);
        QVERIFY(!options.read({u"treewarden-console"_s}));
        QVERIFY(m_app->start(options));
        if (!QSettings(m_file, QSettings::IniFormat).contains(u"window/geometry"_s))
            m_app->frame().resize(1440, 900); // the offscreen screen is smaller than anybody's
        QVERIFY(QTest::qWaitForWindowActive(&m_app->frame()));
        QCoreApplication::processEvents();
    }

    MainWindow &window() { return m_app->window(); }

    template<typename T>
    T *named(const char *name)
    {
        return m_app->frame().findChild<T *>(QString::fromLatin1(name));
    }

    void startExample()
    {
        start();
        QTest::mouseClick(named<LinkButton>("example"), Qt::LeftButton);
        QTRY_VERIFY(m_app->sites().current());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void chooseInMenu(const QString &text)
    {
        for (QAction *action : window().menuBar()->findChildren<QAction *>()) {
            if (action->text() == text)
                action->trigger();
        }
    }

    QList<QJsonObject> messages()
    {
        QList<QJsonObject> messages;
        for (const QByteArray &line : m_desktop.messages().split('\n')) {
            if (!line.isEmpty())
                messages << QJsonDocument::fromJson(line).object();
        }
        return messages;
    }

    /// Of a run at another scale; see nothingIsCutAtAnyScale.
    static QString scaleEnding() { return qEnvironmentVariable("SCALE_ENDING"); }

    void save(QWidget &widget, const QString &name)
    {
        QTest::qWait(60); // layouts that were asked for
        QCOMPARE(cutTextsIn(widget), QStringList());
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(widget.grab().save(
            u"%1/%2%3-%4.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name, scaleEnding(),
                                    themeOf(&widget).isDark ? u"dark"_s : u"light"_s)));
    }

    void saveInAllLooks(const std::function<void(const QString &ending)> &saveIt)
    {
        for (const auto &[language, ending] :
             {std::pair(u"English"_s, QString()), std::pair(u"中文"_s, u"-zh"_s)}) {
            chooseInMenu(language);
            QTest::qWait(50); // the window is built anew
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            for (const bool isDark : {false, true}) {
                m_desktop.setIsDark(isDark);
                QTRY_COMPARE(themeOf(&window()).isDark, isDark);
                saveIt(ending);
            }
        }
        m_desktop.setIsDark(false);
        QTRY_VERIFY(!themeOf(&window()).isDark);
        chooseInMenu(u"English"_s);
        QTest::qWait(50);
    }

private Q_SLOTS:

    void init()
    {
        static int count = 0;
        m_file = m_folder.filePath(u"%1.ini"_s.arg(++count));
    }

    void cleanup() { m_app.reset(); }

    void nothingIsCutAtAnyScale_data()
    {
        QTest::addColumn<QByteArray>("scale");
        QTest::newRow("1.5") << QByteArray("1.5");
        QTest::newRow("2") << QByteArray("2");
    }

    /// The scale is Qt's once for a process.
    void nothingIsCutAtAnyScale()
    {
        if (!scaleEnding().isEmpty())
            return;
        QFETCH(QByteArray, scale);
        QProcess inner;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_SCALE_FACTOR"_s, QString::fromLatin1(scale));
        environment.insert(u"SCALE_ENDING"_s, u"-x"_s + QString::fromLatin1(scale));
        inner.setProcessEnvironment(environment);
        inner.setProcessChannelMode(QProcess::MergedChannels);
        inner.start(QCoreApplication::applicationFilePath(),
                    {u"theFirstStartExplainsItself"_s, u"theExampleIsMarkedAndLeftByOneClick"_s,
                     u"notificationsAreSetUpInTheirDialog"_s});
        QVERIFY(inner.waitForFinished(100'000));
        QVERIFY2(inner.exitCode() == 0, inner.readAll().constData());
    }

    void theFirstStartExplainsItself()
    {
        start();
        auto *page = m_app->frame().findChild<FirstStart *>();
        QVERIFY(page && page->isVisible());
        QPushButton *copy = nullptr;
        for (QPushButton *button : page->findChildren<QPushButton *>()) {
            if (button->accessibleName().contains(u"treewarden pending"_s))
                copy = button;
        }
        QVERIFY(copy);
        copy->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"treewarden pending"_s);
        saveInAllLooks(
            [this](const QString &ending) { save(m_app->frame(), u"first-start"_s + ending); });
    }

    void theExampleIsMarkedAndLeftByOneClick()
    {
        startExample();
        auto *notice = m_app->frame().findChild<ExampleNotice *>();
        QVERIFY(notice && notice->isVisible());
        QVERIFY(!m_app->frame().findChild<FirstStart *>());
        QVERIFY2(window().findChild<StateBar *>()->text().startsWith(u"Example"_s),
                 qPrintable(window().findChild<StateBar *>()->text()));
        window().showPage(u"fleet"_s);
        QCOMPARE(qobject_cast<FleetPage *>(window().page(u"fleet"_s))->model().rowCount(), 14);
        QCOMPARE(m_app->sites().current()->tally().problems, 1);
        saveInAllLooks([this](const QString &ending) {
            window().showPage(u"overview"_s);
            save(m_app->frame(), u"first-start-example"_s + ending);
        });
        QTest::mouseClick(named<QPushButton>("leaveExample"), Qt::LeftButton);
        QTRY_VERIFY(m_app->frame().findChild<FirstStart *>());
        QVERIFY(!m_app->sites().current());
        m_app.reset();
        start(); // it was nobody's wish to keep it
        QVERIFY(m_app->frame().findChild<FirstStart *>());
    }

    void theExampleFleetLives()
    {
        qint64 now = 1'700'000'000'000;
        ExampleSource source([&now] { return now; });
        QSignalSpy loads(&source, &FleetSource::workloadChanged);
        QSignalSpy changes(&source, &FleetSource::serverChanged);
        for (int second = 0; second < 3600; ++second) {
            now += 1000;
            source.step();
            QVERIFY(fleetProblems(source.state(), now).size() <= 2);
        }
        QVERIFY(loads.size() > 3600 * 10);
        QVERIFY(changes.size() > 100);
        QCOMPARE(source.state().servers.size(), 14);
        QVERIFY(source.state().events.size() <= 200);
        QCOMPARE(source.state().trees.size(), 2);
    }

    void newProblemsAreToldByTheDesktop()
    {
        startExample();
        const qsizetype before = messages().size();
        m_app->frame().showMinimized();
        auto &source = static_cast<ExampleSource &>(m_app->sites().current()->live());
        QTRY_VERIFY_WITH_TIMEOUT((source.step(), messages().size() > before), 60'000);
        const QJsonObject message = messages().last();
        QVERIFY2(message[u"title"_s].toString().contains(u"Example"_s),
                 qPrintable(message[u"title"_s].toString()));
        QCOMPARE(message[u"actions"_s].toArray().first().toString(), u"default"_s);
        m_desktop.click(message[u"id"_s].toInt());
        QTRY_VERIFY(!m_app->frame().isMinimized());
        const QString page = window().currentPage();
        QVERIFY2(page == u"server"_s || page == u"overview"_s, qPrintable(page));
    }

    void notificationsAreSetUpInTheirDialog()
    {
        startExample();
        chooseInMenu(u"&Notifications…"_s);
        auto *dialog = m_app->frame().findChild<NotificationsDialog *>();
        QVERIFY(dialog);
        dialog->resize(560, 460); // a dialog takes two thirds of a screen, and this one is small
        QVERIFY(named<QCheckBox>("show")->isChecked());
        QVERIFY(!named<QTimeEdit>("from")->isEnabled());
        QVERIFY(!named<QCheckBox>("close")->isEnabled()); // this platform has no tray
        QTest::mouseClick(named<QCheckBox>("quiet"), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(named<QTimeEdit>("from")->isEnabled());
        named<QTimeEdit>("from")->setTime(QTime(21, 30));
        named<QCheckBox>("day7")->setChecked(false);
        for (const char *name : {"light", "dark"}) {
            m_desktop.setIsDark(name == QByteArray("dark"));
            QTRY_COMPARE(themeOf(dialog).isDark, name == QByteArray("dark"));
            save(*dialog, u"notification-settings"_s);
        }
        m_desktop.setIsDark(false);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"save"_s), Qt::LeftButton);
        QSettings settings(m_file, QSettings::IniFormat);
        QTRY_COMPARE((settings.sync(), settings.value(u"notifications/quiet"_s).toString()),
                     u"on 21:30 07:00 123456"_s);
    }

    void theThemeFollowsTheDesktop()
    {
        startExample();
        QVERIFY(!themeOf(&window()).isDark);
        MainWindow *before = &window();
        m_desktop.setIsDark(true);
        QTRY_VERIFY(themeOf(&window()).isDark);
        QVERIFY(themeOf(window().page(u"fleet"_s)).isDark);
        QCOMPARE(&window(), before);
        chooseInMenu(u"Light"_s);
        QTRY_VERIFY(!themeOf(&window()).isDark);
        m_desktop.setIsDark(false);
        m_desktop.setIsDark(true); // a choice of its own is kept
        QTest::qWait(50);
        QVERIFY(!themeOf(&window()).isDark);
        chooseInMenu(u"Like the system"_s);
        QTRY_VERIFY(themeOf(&window()).isDark);
        m_desktop.setIsDark(false);
        QTRY_VERIFY(!themeOf(&window()).isDark);
    }

    void theTraySaysWhatIsWrongWhere()
    {
        SiteList sites;
        QCOMPARE(trayToolTip(sites), u"Treewarden: no site yet"_s);
        for (const auto &[id, name] :
             {std::pair(u"a"_s, u"Shanghai"_s), std::pair(u"b"_s, u"Oslo"_s)})
            sites.add(std::make_unique<Site>(id, name, std::make_unique<ExampleSource>(),
                                             std::make_unique<ExampleDesk>()));
        QCOMPARE(trayToolTip(sites),
                 u"Treewarden: 28 servers, 2 problems\nShanghai: 14 servers, 1 problem\n"
                 "Oslo: 14 servers, 1 problem"_s);
        const QList<TrayLine> lines = trayProblems(sites, 10);
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].text.startsWith(u"Shanghai: "_s), qPrintable(lines[0].text));
        QVERIFY(!lines[0].ip.isEmpty());
        QCOMPARE(trayProblems(sites, 1).size(), 1);
        QCOMPARE(sites.total().problems, 2);
        QVERIFY(!trayIcon(sites).pixmap(16).isNull());
    }

    void theLayoutIsRememberedAndReset()
    {
        startExample();
        window().showPage(u"tree"_s);
        auto *choice = window().page(u"tree"_s)->findChild<QTabBar *>();
        QVERIFY(choice);
        choice->setCurrentIndex(1);
        m_app->frame().resize(1100, 640);
        m_app->frame().close();
        startExample();
        QCOMPARE(m_app->frame().size(), QSize(1100, 640));
        QCOMPARE(window().page(u"tree"_s)->findChild<QTabBar *>()->currentIndex(), 1);
        window().showPage(u"tree"_s);
        chooseInMenu(u"&Reset layout"_s);
        QTRY_COMPARE(window().page(u"tree"_s)->findChild<QTabBar *>()->currentIndex(), 0);
        QCOMPARE(window().currentPage(), u"tree"_s);
        QVERIFY(m_app->frame().size() != QSize(1100, 640));
    }
};

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
