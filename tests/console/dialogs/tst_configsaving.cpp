// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/configsavedialog.h"
#include "console/dialogs/keydialog.h"
#include "console/views/configeditor.h"
#include "console/views/historypanel.h"
#include "console/views/serverpage.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/fleet/configversions.h"
#include "shared/protocol/keys.h"
#include "tests/support/watchedconsole.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const QString one = u"10.0.0.1"_s, two = u"10.0.0.2"_s;

} // namespace

/// An administrator saves what was edited, through the window, against a real Redis.
class TestConfigSaving : public QObject
{
    Q_OBJECT
    std::unique_ptr<RedisServer> m_redis;

    struct Console : WatchedConsole
    {
        explicit Console(const RedisServer &redis)
            : WatchedConsole(redis)
        {
            connect(&window, &MainWindow::configSaveRequested, &flow, &ConfigFlow::save);
            window.show();
        }

        /// The editor of that server, read.
        ConfigEditor &edit(const QString &ip)
        {
            if (!QTest::qWaitFor([&] { return source.state().servers.contains(ip); }, patience))
                qFatal("the server is not known");
            window.showPage(u"server"_s, ip);
            auto *page = static_cast<ServerPage *>(window.page(u"server"_s));
            page->showConfiguration();
            ConfigEditor &editor = *page->configEditor();
            if (!QTest::qWaitFor([&] { return !editor.session()->targets().isEmpty(); }, patience))
                qFatal("the configuration is not read");
            return editor;
        }

        ConfigSaveDialog *dialog() { return qobject_cast<ConfigSaveDialog *>(flow.dialog()); }
    };

    void store(const QString &ip) const
    {
        m_redis->call({"HSET", Keys::serverConfig(ip), "services", "{}", "intervals",
                       R"({"heartbeat":5,"lease":15})", "version", "3"});
        m_redis->call({"HSET", Keys::serverInfo(ip), "machine_id", "the-machine-" + ip.toUtf8()});
        m_redis->call({"HSETNX", Keys::serversAlive, ip.toUtf8(), "1"});
    }

    ConfigFields stands(const QString &ip) const
    {
        return m_redis->call({"HGETALL", Keys::serverConfig(ip)}).toHash();
    }

    static void press(QWidget &window, const QString &name)
    {
        auto *button = window.findChild<QPushButton *>(name);
        QVERIFY(button && button->isVisible() && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }

    /// Answers the question for the key as a person does.
    void giveKey(Console &console) const
    {
        const QString file = console.folder.filePath(u"key"_s);
        QVERIFY(SigningKey::generate(u"chen"_s).value().write(file, "secret"));
        auto *question = console.dialog()->findChild<KeyDialog *>();
        QVERIFY(question);
        question->findChild<QLineEdit *>(u"file"_s)->setText(file);
        QTest::keyClicks(question->findChild<QLineEdit *>(u"passphrase"_s), u"secret"_s);
        press(*question, u"unlock"_s);
        QTRY_VERIFY_WITH_TIMEOUT(console.centre.keys().isUnlocked(), patience);
    }

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
        m_redis = std::make_unique<RedisServer>();
        store(one);
        store(two);
    }

    void asksForTheKeyAndSignsWithIt()
    {
        Console console(*m_redis);
        ConfigEditor &editor = console.edit(one);
        editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        editor.session()->checkNow();
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        editor.setFocus();
        QTest::keyClick(&editor, Qt::Key_S, Qt::ControlModifier);
        if (!console.dialog()) // the focus may be elsewhere where no window manager is
            press(console.window, u"configSave"_s);
        QVERIFY(console.dialog());
        save(*console.dialog(), u"config-save-locked"_s);
        press(*console.dialog(), u"signAndSave"_s);
        giveKey(console);
        press(*console.dialog(), u"signAndSave"_s);
        QTRY_VERIFY_WITH_TIMEOUT(console.dialog()->saver().savedCount() == 1, patience);
        QVERIFY(isSignedWith(*console.centre.keys().use(), one, stands(one)));
        QCOMPARE(stands(one).value("version"), QByteArray("4"));
        QVERIFY(console.dialog()->sentences().join(u' ').contains(u"Saved as version 4"));
        save(*console.dialog(), u"config-saved"_s);
        press(*console.dialog(), u"cancel"_s);
        QVERIFY(!editor.session()->isChanged());
    }

    void savesWithoutASignatureWhereNoneStands()
    {
        Console console(*m_redis);
        ConfigEditor &editor = console.edit(one);
        editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        console.flow.save({one});
        press(*console.dialog(), u"saveUnsigned"_s);
        QTRY_COMPARE_WITH_TIMEOUT(stands(one).value("version"), QByteArray("4"), patience);
        QVERIFY(!stands(one).contains("signature"));
    }

    void rollsBackToAnEarlierVersionAsANewOne()
    {
        Console console(*m_redis);
        ConfigEditor &editor = console.edit(one);
        for (const int lease : {20, 25}) {
            const QByteArray version = stands(one).value("version");
            editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, lease);
            console.flow.save({one});
            press(*console.dialog(), u"saveUnsigned"_s);
            QTRY_VERIFY_WITH_TIMEOUT(stands(one).value("version") != version, patience);
            QTRY_VERIFY_WITH_TIMEOUT(!editor.session()->isChanged(), patience);
            console.dialog()->reject();
            QTRY_VERIFY(!console.flow.dialog());
        }
        for (QPushButton *button : editor.findChildren<QPushButton *>()) {
            if (button->text() == u"History" && button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        }
        auto *versions = editor.findChild<QTableView *>(u"versions"_s);
        QTRY_COMPARE_WITH_TIMEOUT(versions->model()->rowCount(), 2, patience);
        versions->selectRow(1);
        press(editor, u"rollback"_s);
        QVERIFY(console.dialog());
        press(*console.dialog(), u"saveUnsigned"_s);
        QTRY_COMPARE_WITH_TIMEOUT(stands(one).value("version"), QByteArray("6"), patience);
        QVERIFY(stands(one).value("intervals").contains("20"));
    }

    void tellsWhatBecameOfEachServer()
    {
        Console console(*m_redis);
        console.edit(one);
        const auto edited = console.centre.drafts().session({one, two});
        QTRY_VERIFY_WITH_TIMEOUT(edited->isReady(), patience);
        edited->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        console.flow.save({one, two});
        QVERIFY(console.dialog());
        // Silently, so that only the save itself can find out.
        m_redis->call({"HSET", Keys::serverConfig(two), "version", "9"});
        press(*console.dialog(), u"saveUnsigned"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!console.dialog()->saver().turns().isEmpty()
                                     && !console.dialog()->saver().isRunning(),
                                 patience);
        QCOMPARE(console.dialog()->saver().savedCount(), 1);
        const QString all = console.dialog()->sentences().join(u'\n');
        QVERIFY2(all.contains(u"Saved as version 4") && all.contains(u"version 9"),
                 qPrintable(all));
        QVERIFY(edited->draft(two)->isChanged());
        save(*console.dialog(), u"config-save-conflict"_s);
    }
};

QTEST_MAIN(TestConfigSaving)
#include "tst_configsaving.moc"
