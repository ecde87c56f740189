// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/sharedpage.h"
#include "console/dialogs/sharedialog.h"
#include "console/dialogs/windowtools.h"
#include "console/models/watchersource.h"
#include "console/settings/preferences.h"
#include "console/views/linkbutton.h"
#include "console/views/mainwindow.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/translation.h"
#include "tests/console/web/rawclient.h"
#include "tests/support/freeport.h"
#include "tests/support/redisserver.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

void enrol(const RedisServer &redis, const QByteArray &ip, const QByteArray &name)
{
    redis.call({"HSET", "server:config:" + ip, "services", "{}"});
    redis.call({"HSET", "server:info:" + ip, "hostname", name, "lease", "3600000", "session", "s"});
    redis.call({"SET", "server:alive:" + ip, "1", "PX", "3600000"});
    redis.call({"HSET", "servers:alive", ip, "1"});
}

} // namespace

/// The console serves the read-only page of the fleet that it watches.
class TestSharing : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    struct Console
    {
        explicit Console(const QString &file)
            : settings(file, QSettings::IniFormat)
            , preferences(settings)
            , window(source, preferences)
            , tools(*new WindowTools(source, nullptr, preferences, window)) // the window's
        {
            sharing.offer(source);
            tools.addSharing(sharing);
            window.show();
        }

        ShareDialog *dialog() { return window.findChild<ShareDialog *>(); }

        QPushButton *toggle() { return dialog()->findChild<QPushButton *>(u"toggle"_s); }

        QString message() { return dialog()->findChild<QLabel *>(u"message"_s)->text(); }

        /// By the keys of the menu, as a person does.
        void openDialog()
        {
            QVERIFY(QTest::qWaitForWindowActive(&window));
            QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
            QVERIFY(dialog());
            QVERIFY(QTest::qWaitForWindowActive(dialog()));
        }

        QSettings settings;
        Preferences preferences;
        WatcherSource source;
        SharedPage sharing;
        MainWindow window;
        WindowTools &tools;
    };

    QString file()
    {
        static int count = 0;
        return m_folder.filePath(u"%1.ini"_s.arg(++count));
    }

    static int status(quint16 port, const QByteArray &path)
    {
        return statusOf(answerTo(port, get(path)));
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void thePageShowsTheFleetOfTheConsole()
    {
        const RedisServer redis;
        enrol(redis, "10.0.0.7", "web-01");
        Console console(file());
        console.source.watch(redis.url());
        QTRY_VERIFY_WITH_TIMEOUT(console.source.hasState(), 10'000);
        const quint16 port = freePort();
        console.openDialog();
        console.dialog()->findChild<QSpinBox *>()->setValue(port);
        QTest::keyClick(console.toggle(), Qt::Key_Return);
        QVERIFY2(console.sharing.isRunning(), qPrintable(console.message()));
        QCOMPARE(console.sharing.url(), u"http://127.0.0.1:%1/"_s.arg(port));
        QTest::mouseClick(console.dialog()->findChild<QPushButton *>(u"copy"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), console.sharing.url());
        QTRY_VERIFY_WITH_TIMEOUT(bodyOf(answerTo(port, get("/api/v1/fleet"))).contains("web-01"),
                                 10'000);
        QCOMPARE(status(port, "/"), 200);
        auto *link = console.window.findChild<StateBar *>()->findChild<LinkButton *>();
        QVERIFY(link->isVisible() && link->text().contains(QString::number(port)));

        QTest::keyClick(console.toggle(), Qt::Key_Return);
        QVERIFY(!console.sharing.isRunning());
        QVERIFY(!link->isVisible());
        QTcpServer again;
        QVERIFY(again.listen(QHostAddress::LocalHost, port)); // the port is free
    }

    void visitorsAreCounted()
    {
        const RedisServer redis;
        Console console(file());
        console.source.watch(redis.url());
        QTRY_VERIFY_WITH_TIMEOUT(console.source.hasState(), 10'000);
        const quint16 port = freePort();
        QVERIFY(console.sharing.start({u"127.0.0.1"_s, port, {}, {}}));
        QCOMPARE(console.sharing.visitorCount(), 0);
        {
            RawClient visitor(port);
            visitor.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            QVERIFY(visitor.sees("event"));
            QCOMPARE(console.sharing.visitorCount(), 1);
        }
        // Who went silently is missed at the next sign of life.
        QTRY_COMPARE_WITH_TIMEOUT(console.sharing.visitorCount(), 0, 40'000);
    }

    void aPortInUseIsASentence()
    {
        const RedisServer redis;
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Console console(file());
        console.source.watch(redis.url());
        console.openDialog();
        console.dialog()->findChild<QSpinBox *>()->setValue(other.serverPort());
        QTest::mouseClick(console.toggle(), Qt::LeftButton);
        QVERIFY(!console.sharing.isRunning());
        QCOMPARE(console.message(),
                 u"Another program listens on 127.0.0.1, port %1: choose another port."_s.arg(
                     other.serverPort()));
    }

    void wrongPlacesAreRefusedWithTheCure()
    {
        const RedisServer redis;
        Console console(file());
        const auto why = [&console](const PageSharing::Place &place) {
            const auto started = console.sharing.start(place);
            return started ? u"it started"_s : started.error().text;
        };
        const quint16 port = freePort();
        QVERIFY(why({u"127.0.0.1"_s, port, {}, {}}).contains(u"connect to a Redis first"_s));
        console.source.watch(redis.url());
        QVERIFY(why({u"here"_s, port, {}, {}}).contains(u"no address"_s));
        QVERIFY(why({u"0.0.0.0"_s, port, {}, {}}).contains(u"name the TLS proxy"_s));
        QVERIFY(why({u"0.0.0.0"_s, port, u"nobody"_s, {}}).contains(u"\"nobody\""_s));
        QVERIFY(why({u"192.0.2.1"_s, port, u"10.0.0.1"_s, {}}).contains(u"has no address"_s));
        QVERIFY(why({u"127.0.0.1"_s, 0, {}, {}}).contains(u"no address"_s));
        QVERIFY(!console.sharing.isRunning());
        QCOMPARE(why({u"0.0.0.0"_s, port, u"10.0.0.1, 10.1.0.0/16"_s, u"status.example.org"_s}),
                 u"it started"_s);
    }

    void thePlaceIsRememberedButNothingStartsByItself()
    {
        const QString settings = file();
        const RedisServer redis;
        const quint16 port = freePort();
        {
            Console console(settings);
            console.source.watch(redis.url());
            console.openDialog();
            console.dialog()->findChild<QSpinBox *>()->setValue(port);
            QTest::mouseClick(console.toggle(), Qt::LeftButton);
            QVERIFY(console.sharing.isRunning());
        }
        Console console(settings);
        console.source.watch(redis.url());
        QVERIFY(!console.sharing.isRunning());
        console.openDialog();
        QCOMPARE(console.dialog()->findChild<QSpinBox *>()->value(), int(port));
    }

    void anotherRedisIsSharedAtTheSamePlace()
    {
        const RedisServer one, two;
        enrol(one, "10.0.0.7", "web-01");
        enrol(two, "10.0.0.8", "web-02");
        Console console(file());
        console.source.watch(one.url());
        const quint16 port = freePort();
        QVERIFY(console.sharing.start({u"127.0.0.1"_s, port, {}, {}}));
        QTRY_VERIFY_WITH_TIMEOUT(bodyOf(answerTo(port, get("/api/v1/fleet"))).contains("web-01"),
                                 10'000);
        console.source.watch(two.url());
        QTRY_VERIFY_WITH_TIMEOUT(bodyOf(answerTo(port, get("/api/v1/fleet"))).contains("web-02"),
                                 10'000);
    }

    void draws_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("isDark");
        for (const char *language : {"en", "zh_CN"}) {
            QTest::addRow("%s light", language) << QString::fromLatin1(language) << false;
            QTest::addRow("%s dark", language) << QString::fromLatin1(language) << true;
        }
    }

    void draws()
    {
        QFETCH(QString, language);
        QFETCH(bool, isDark);
        useLanguage(language);
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
        const QString suffix = language == u"en" ? QString() : u"-zh"_s;
        const RedisServer redis;
        {
            Console console(file());
            console.source.watch(redis.url());
            ShareDialog dialog(console.sharing, console.preferences, &console.window);
            dialog.show();
            const auto save = [&dialog, &suffix](const QString &name) {
                QTest::qWait(50);
                QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
                QVERIFY(dialog.grab().save(
                    u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name + suffix,
                                          themeOf(&dialog).isDark ? u"dark"_s : u"light"_s)));
            };
            save(u"share-local"_s);
            dialog.findChild<QLineEdit *>(u"address"_s)->setText(u"0.0.0.0"_s);
            QTest::mouseClick(dialog.findChild<QPushButton *>(u"toggle"_s), Qt::LeftButton);
            save(u"share-refused"_s);
            dialog.findChild<QLineEdit *>(u"address"_s)->setText(u"127.0.0.1"_s);
            QTest::mouseClick(dialog.findChild<QPushButton *>(u"toggle"_s), Qt::LeftButton);
            save(u"share-running"_s);
        }
        useLanguage(u"en"_s);
        QApplication::setPalette(lightTheme().palette());
    }
};

QTEST_MAIN(TestSharing)
#include "tst_sharing.moc"
