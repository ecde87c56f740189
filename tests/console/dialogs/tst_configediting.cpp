// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/configflow.h"
#include "console/dialogs/configsavedialog.h"
#include "console/models/actioncentre.h"
#include "console/settings/preferences.h"
#include "console/views/configbar.h"
#include "console/views/configeditor.h"
#include "console/views/configformview.h"
#include "console/views/configpage.h"
#include "console/views/conflictbanner.h"
#include "console/views/differencepanel.h"
#include "console/views/fieldwidget.h"
#include "console/views/fleetpage.h"
#include "console/views/historypanel.h"
#include "console/views/jsoneditor.h"
#include "console/views/jsonpanel.h"
#include "console/views/linkbutton.h"
#include "console/views/mainwindow.h"
#include "console/views/serverpage.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "shared/core/translation.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/keyboardchecks.h"
#include "tests/support/picturechecks.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString databaseOne = u"10.207.26.250"_s, databaseTwo = u"10.207.26.251"_s;

ConfigFields stored(const QByteArray &version = "17")
{
    return {
        {"services",
         R"({"mysql":{"_":{"protected":false},"3301":{"alive":{"probe":"mysql","credentials":"mysql.cnf"}},"3302":{"alive":{"probe":"tcp","port":3302}}},"redis":{"6379":{"alive":{"probe":"redis"},"workload":{"probe":"redis"}}},"ssh":{"default":{"alive":{"probe":"auto"},"protected":true}},"backup":{"default":{"alive":{"probe":"file","path":"/var/backups/dump-*.gz","oldest":90000}}}})"},
        {"controlled",
         R"({"mysql":{"default":{"restart":{"unit":"mariadb.service","timeout":120},"stop":"/usr/bin/systemctl stop mariadb"}},"system":{"default":{"restart":{"argv":["/sbin/reboot"]}}}})"},
        {"schedule",
         R"([{"id":"nightly","cron":"30 3 * * *","role":"mysql","instance":"3301","action":"restart","timezone":"Asia/Shanghai"}])"},
        {"logs", R"([{"path":"/var/log/mysql/error.log","format":"auto","role":"mysql"}])"},
        {"intervals", R"({"heartbeat":5,"lease":15})"},
        {"ping", R"(["10.207.26.1"])"},
        {"machine_id", "5f0e6a3b1c9d4e7f8a2b3c4d5e6f7081"},
        {"version", version},
        {"signer", "ed25519:chen"},
        {"signature", "c2lnbmVk"}};
}

ConfigVersion versionOf(qint64 version, const QString &by, const ConfigFields &fields)
{
    return {version, evening - (20 - version) * 86'400'000, by, u"ed25519:chen"_s, fields};
}

} // namespace

/// An administrator edits configurations: by mouse and keyboard, through the window as it is.
class TestConfigEditing : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    Translations m_translations;
    QString m_suffix; ///< of the language

    struct Console
    {
        explicit Console(const QTemporaryDir &folder)
            : settings(folder.filePath(u"%1.ini"_s.arg(++count)), QSettings::IniFormat)
            , preferences(settings)
            , source(demoFleet(evening), evening)
            , centre(source, desk)
            , window(source, preferences, &centre)
            , flow(centre, preferences, &window)
        {
            connect(&window, &MainWindow::configSaveRequested, &flow, &ConfigFlow::save);
            window.resize(1280, 860);
            window.show();
        }

        ConfigEditor &edit(const QString &ip = databaseOne)
        {
            window.showPage(u"server"_s, ip);
            auto *page = static_cast<ServerPage *>(window.page(u"server"_s));
            page->showConfiguration();
            page->configEditor()->session()->take(ip, stored());
            return *page->configEditor();
        }

        ConfigEditor &editSeveral(const QStringList &ips)
        {
            window.showPage(u"config"_s, ips.join(u' '));
            auto &editor = static_cast<ConfigPage *>(window.page(u"config"_s))->editor();
            for (const QString &ip : ips) {
                ConfigFields fields = stored();
                if (ip != ips.first())
                    fields.insert("intervals", R"({"heartbeat":2,"lease":15})");
                editor.session()->take(ip, fields);
            }
            return editor;
        }

        static inline int count = 0;
        QSettings settings;
        Preferences preferences;
        FixedSource source;
        FixedDesk desk;
        ActionCentre centre;
        MainWindow window;
        ConfigFlow flow;
    };

    static const ConfigDraft &draft(ConfigEditor &editor)
    {
        return editor.session()->drafts().first();
    }

    /// Chooses an entry of the list by its title.
    static void choose(ConfigEditor &editor, const QString &title)
    {
        QListView &list = editor.form().list();
        for (int row = 0; row < list.model()->rowCount(); ++row) {
            const QModelIndex index = list.model()->index(row, 0);
            if (index.data().toString() != title)
                continue;
            list.scrollTo(index);
            QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(index).center());
            return;
        }
        QFAIL(qPrintable(u"there is no entry "_s + title));
    }

    static void section(ConfigEditor &editor, int index)
    {
        auto *tabs = editor.findChild<QTabBar *>(u"configSections"_s);
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(index).center());
    }

    static QLineEdit *line(ConfigEditor &editor, const QString &name)
    {
        FieldWidget *field = editor.form().field(name);
        return field ? qobject_cast<QLineEdit *>(field->input()) : nullptr;
    }

    static void type(QLineEdit *field, const QString &text)
    {
        QVERIFY(field);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
    }

    static void press(Console &console, QWidget &widget, Qt::Key key,
                      Qt::KeyboardModifiers modifiers = {})
    {
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        widget.setFocus();
        QTest::keyClick(&widget, key, modifiers);
    }

    template<typename T = QPushButton>
    static T *button(QWidget &window, const QString &text)
    {
        const auto buttons = window.findChildren<T *>();
        for (T *button : buttons) {
            if (button->text() == text && button->isVisible())
                return button;
        }
        return nullptr;
    }

    static QString said(ConfigEditor &editor, const QString &name)
    {
        return editor.findChild<TonedLabel *>(name)->text();
    }

    static QString barText(const char *text)
    {
        return QCoreApplication::translate("Treewarden::ConfigBar", text);
    }

    static void eachLook()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("isDark");
        for (const char *language : {"en", "zh_CN"}) {
            QTest::addRow("%s light", language) << QString::fromLatin1(language) << false;
            QTest::addRow("%s dark", language) << QString::fromLatin1(language) << true;
        }
    }

    void useLook()
    {
        QFETCH(QString, language);
        QFETCH(bool, isDark);
        useLanguage(language);
        m_suffix = language == u"en" ? QString() : u"-zh"_s;
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
    }

    void save(QWidget &window, const QString &name)
    {
        QTest::qWait(50); // layouts that were asked for
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(window.grab().save(
            u"%1/%2%3-%4.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name, m_suffix,
                                    themeOf(&window).isDark ? u"dark"_s : u"light"_s)));
        QCOMPARE(cutTexts(window).join(u"; "_s), QString());
        QCOMPARE(paleTexts(window).join(u"; "_s), QString());
        if (!m_suffix.isEmpty())
            QCOMPARE(untranslatedTexts(window, m_translations).join(u"; "_s), QString());
    }

    /// By keyboard, whatever the editor shows.
    static void walk(Console &console, const QString &place)
    {
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        const QString key = console.window.currentPage();
        QWidget &page = *console.window.page(key);
        console.window.focusPage();
        const auto check = [&place](const char *what, const QStringList &wrong) {
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(
                         u"%1, %2: %3"_s.arg(place, QLatin1StringView(what), wrong.join(u"; "_s))));
        };
        check("not reached", unreachedByTab(page));
        check("focus not seen", unseenFocus(page));
        check("no name", namelessWidgets(page));
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        m_translations = readTranslations(QStringLiteral(TRANSLATIONS));
        QVERIFY(m_translations.value(u"Treewarden::ConfigBar"_s).contains(u"History"_s));
    }

    void cleanup()
    {
        m_suffix.clear();
        useLanguage(u"en"_s);
    }

    void init()
    {
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void opensOnAServersOwnTabByKeyboard()
    {
        Console console(m_folder);
        console.window.showPage(u"server"_s, databaseOne);
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        QTest::keyClick(&console.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        auto *page = static_cast<ServerPage *>(console.window.page(u"server"_s));
        QVERIFY(page->configEditor()->isVisible());
        QVERIFY(page->configEditor()->session());
    }

    void opensForSeveralServersOfTheFleet()
    {
        Console console(m_folder);
        console.window.showPage(u"fleet"_s);
        auto *page = static_cast<FleetPage *>(console.window.page(u"fleet"_s));
        page->table().selectAll();
        QTest::mouseClick(button(console.window, u"Edit configuration…"_s), Qt::LeftButton);
        QCOMPARE(console.window.currentPage(), u"config"_s);
        auto &editor = static_cast<ConfigPage *>(console.window.page(u"config"_s))->editor();
        QCOMPARE(editor.session()->drafts().size(), console.source.state().servers.size());
    }

    void changesAServiceAndTakesItBack()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        choose(editor, u"mysql 3302"_s);
        type(line(editor, u"port"_s), u"3399"_s);
        QVERIFY(draft(editor).document.contains("\"port\": 3399"));
        QTRY_COMPARE(said(editor, u"configChanges"_s), u"1 change"_s);
        QTest::mouseClick(button(console.window, u"Undo"_s), Qt::LeftButton);
        QVERIFY(!draft(editor).isChanged());
        QTRY_COMPARE(said(editor, u"configChanges"_s), u"No changes"_s);
        QTRY_COMPARE(line(editor, u"port"_s)->text(), u"3302"_s);
    }

    void discardsAllChangesUntilThatIsUndone()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.editSeveral({databaseOne, databaseTwo});
        editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        editor.session()->checkNow();
        QTest::mouseClick(button(console.window, u"Discard"_s), Qt::LeftButton);
        QVERIFY(!editor.session()->isChanged());
        QTest::mouseClick(button(console.window, u"Undo"_s), Qt::LeftButton);
        for (const ConfigDraft &one : editor.session()->drafts())
            QVERIFY(one.document.contains("\"lease\": 30"));
    }

    void saysAtOnceWhatIsWrong()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        choose(editor, u"mysql 3302"_s);
        type(line(editor, u"port"_s), u"99999"_s);
        auto *errors = editor.findChild<LinkButton *>(u"configErrors"_s);
        QTRY_VERIFY(errors->isVisible());
        QVERIFY2(errors->text().startsWith(u"1 error at line "), qPrintable(errors->text()));
        QVERIFY(editor.form().field(u"port"_s)->field().trouble.contains(u"65535"));
        QVERIFY(!editor.findChild<QPushButton *>(u"configSave"_s)->isEnabled());
        QTest::mouseClick(errors, Qt::LeftButton);
        JsonEditor &json = editor.json().editor();
        QVERIFY(json.isVisible());
        int row = 0, column = 0;
        json.getCursorPosition(&row, &column);
        QVERIFY(json.text(row).contains(u"99999"));
        QCOMPARE(json.markedLines(), QList<int>{row + 1});
        QVERIFY(json.annotation(row).contains(u"65535"));
    }

    void showsTheSameDraftInBothViews()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.showJson(true);
        JsonEditor &json = editor.json().editor();
        QVERIFY(json.isVisible());
        QCOMPARE(json.document(), draft(editor).document);
        const int row = int(
            draft(editor).document.left(draft(editor).document.indexOf("3302\"")).count('\n'));
        json.setCursorPosition(row, int(json.text(row).indexOf(u'"')) + 1);
        json.setFocus();
        QTest::keyClick(&json, Qt::Key_9);
        QVERIFY(draft(editor).document.contains("\"93302\""));
        editor.showJson(false);
        QTRY_VERIFY(editor.form().list().model()->rowCount() > 0);
        choose(editor, u"mysql 93302"_s);
        press(console, editor.form().list(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!draft(editor).isChanged());
        QCOMPARE(json.document(), draft(editor).document);
    }

    void saysWhenTheJsonIsBroken()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.session()->type(QByteArray(draft(editor).document).replace("\"logs\":", "\"logs\""));
        editor.session()->checkNow();
        QVERIFY(button(console.window, u"Show the JSON"_s));
        QTest::mouseClick(button(console.window, u"Show the JSON"_s), Qt::LeftButton);
        QVERIFY(editor.json().editor().isVisible());
        QCOMPARE(editor.json().editor().markedLines().size(), 1);
    }

    void findsWordsInTheJson()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.showJson(true);
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        editor.json().editor().setFocus();
        QTest::keyClick(&editor.json().editor(), Qt::Key_F, Qt::ControlModifier);
        auto *find = editor.findChild<QLineEdit *>(u"find"_s);
        QVERIFY(find->isVisible());
        QTest::keyClicks(find, u"dump-"_s);
        QCOMPARE(editor.json().editor().selectedText(), u"dump-"_s);
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(!find->isVisible());
    }

    void addsDuplicatesAndRemovesEntries()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        const int before = editor.form().list().model()->rowCount();
        QTest::mouseClick(button(console.window, u"Add"_s), Qt::LeftButton);
        QCOMPARE(editor.form().list().model()->rowCount(), before + 1);
        QVERIFY(draft(editor).errorCount() > 0); // no probe has that name yet
        type(line(editor, u"service-name"_s), u"nginx"_s);
        QTest::keyClick(line(editor, u"service-name"_s), Qt::Key_Return);
        QCOMPARE(editor.form().entry(), QStringList({u"services"_s, u"nginx"_s, u"default"_s}));
        QCOMPARE(draft(editor).errorCount(), 0);
        QTest::mouseClick(button(console.window, u"Duplicate"_s), Qt::LeftButton);
        QCOMPARE(editor.form().entry(), QStringList({u"services"_s, u"nginx"_s, u"default-2"_s}));
        press(console, editor.form().list(), Qt::Key_Delete);
        QVERIFY(!draft(editor).document.contains("default-2"));
        QTest::mouseClick(button(console.window, u"Undo"_s), Qt::LeftButton);
        QVERIFY(draft(editor).document.contains("default-2"));
        while (editor.session()->undoStack().canUndo())
            editor.session()->undoStack().undo();
        QVERIFY(!draft(editor).isChanged());
    }

    void offersTheParametersOfTheChosenProbe()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        choose(editor, u"mysql 3302"_s);
        auto *probe = qobject_cast<QComboBox *>(editor.form().field(u"alive-name"_s)->input());
        QCOMPARE(probe->currentData().toString(), u"tcp"_s);
        probe->setFocus();
        probe->setCurrentIndex(probe->findData(u"http"_s));
        Q_EMIT probe->activated(probe->currentIndex());
        QVERIFY(draft(editor).document.contains(R"("alive": {"probe": "http"})"));
        QVERIFY(line(editor, u"url"_s) && !line(editor, u"hold"_s));
    }

    void showsTheNextRunsOfAnEntry()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        section(editor, 2);
        QCOMPARE(said(editor, u"nextRuns"_s).count(u"03:30"), 5);
        type(line(editor, u"cron"_s), u"0 12 * * mon"_s);
        QTRY_COMPARE(said(editor, u"nextRuns"_s).count(u"12:00"), 5);
        QVERIFY(said(editor, u"nextRuns"_s).contains(u"2023-11-20"));
        type(line(editor, u"cron"_s), u"99 * * * *"_s);
        QTRY_VERIFY(!editor.form().field(u"cron"_s)->field().trouble.isEmpty());
    }

    void saysHowActionsAreDone()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        section(editor, 1);
        choose(editor, u"stop of mysql"_s);
        auto *how = qobject_cast<QComboBox *>(editor.form().field(u"stop-name"_s)->input());
        const auto hows = editor.form().findChildren<QComboBox *>(u"field-stop-name"_s);
        for (QComboBox *box : hows)
            how = box;
        QVERIFY(how);
        how->setCurrentIndex(how->findData(u"argv"_s));
        Q_EMIT how->activated(how->currentIndex());
        QVERIFY(draft(editor).document.contains(
            R"({"argv": ["/usr/bin/systemctl", "stop", "mariadb"]})"));
    }

    void makesAnAlertByMouseAndKeyboard()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        section(editor, 4);
        QTest::mouseClick(button(console.window, u"Add an alert"_s), Qt::LeftButton);
        QCOMPARE(editor.form().entry(), QStringList({u"alerts"_s, u"#cpu"_s}));
        QCOMPARE(draft(editor).errorCount(), 0);
        QVERIFY(QTest::qWaitForWindowActive(&console.window));
        type(line(editor, u"name-name"_s), u"full"_s);
        QTest::keyClick(line(editor, u"name-name"_s), Qt::Key_Return);
        QCOMPARE(editor.form().entry(), QStringList({u"alerts"_s, u"#full"_s}));
        const auto metric = [&] {
            return qobject_cast<QComboBox *>(editor.form().field(u"metric-name"_s)->input());
        };
        metric()->setFocus();
        for (int i = 0; i < 30 && metric()->currentData().toString() != u"disk"; ++i) {
            QVERIFY(metric()->hasFocus()); // the form is another one with each metric
            pressKey(Qt::Key_Down);
        }
        QVERIFY(line(editor, u"filesystem"_s));
        type(line(editor, u"filesystem"_s), u"/var"_s);
        type(line(editor, u"above"_s), u"95"_s);
        type(line(editor, u"until"_s), u"96"_s);
        QTRY_VERIFY(!editor.form().field(u"until"_s)->field().trouble.isEmpty());
        type(line(editor, u"until"_s), u"90"_s);
        QTRY_VERIFY(editor.form().field(u"until"_s)->field().trouble.isEmpty());
        QStringList wrong;
        for (const PlacedIssue &issue : draft(editor).issues)
            wrong << issue.issue.line();
        QCOMPARE(wrong.join(u'\n'), QString());
        QVERIFY2(
            minifiedJson(draft(editor).document)
                .contains(
                    R"({"name":"full","metric":"disk","above":95,"for":300,"severity":"warning","filesystem":"/var","until":90})"),
            draft(editor).document.mid(draft(editor).document.indexOf("alerts")).constData());
        const QModelIndex row = editor.form().list().currentIndex();
        QCOMPARE(row.data().toString(), u"full"_s);
        QCOMPARE(row.data(ConfigEntryList::DetailRole).toString(),
                 u"Disk space of /var above 95 %"_s);
        press(console, editor.form().list(), Qt::Key_Delete);
        QVERIFY(minifiedJson(draft(editor).document).contains(R"("alerts":[])"));
    }

    void showsWhereSeveralServersDiffer()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.editSeveral({databaseOne, databaseTwo});
        section(editor, 5);
        QCOMPARE(line(editor, u"heartbeat"_s)->placeholderText(), u"differs"_s);
        QCOMPARE(line(editor, u"lease"_s)->text(), u"15"_s);
        type(line(editor, u"lease"_s), u"30"_s);
        for (const ConfigDraft &one : editor.session()->drafts())
            QVERIFY(one.document.contains("\"lease\": 30"));
        QVERIFY(editor.session()->drafts()[0].document.contains("\"heartbeat\": 5"));
        QVERIFY(editor.session()->drafts()[1].document.contains("\"heartbeat\": 2"));
        editor.showJson(true);
        QVERIFY(button(console.window, u"Show the first"_s));
        QTest::mouseClick(button(console.window, u"Show the first"_s), Qt::LeftButton);
        QVERIFY(editor.json().editor().isVisible());
        QCOMPARE(editor.findChild<QComboBox *>(u"configTarget"_s)->currentIndex(), 1);
    }

    void offersAWayOutOfAConflict()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        ConfigFields theirs = stored("18");
        theirs.insert("ping", R"(["10.207.26.9"])");
        editor.session()->take(databaseOne, theirs);
        auto *banner = editor.findChild<ConflictBanner *>();
        QVERIFY(banner->isVisible());
        QVERIFY(!editor.findChild<QPushButton *>(u"configSave"_s)->isEnabled());
        QTest::mouseClick(button(console.window, u"Compare"_s), Qt::LeftButton);
        QVERIFY(editor.findChild<DifferencePanel *>()->lines().join(u' ').contains(u"lease"));
        QTest::mouseClick(button(console.window, u"Put mine on top"_s), Qt::LeftButton);
        QTRY_VERIFY(!banner->isVisible());
        QVERIFY(draft(editor).document.contains("\"lease\": 30"));
        QVERIFY(draft(editor).document.contains("10.207.26.9"));
    }

    void rollsBackAsAChangeThatIsSaved()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        QTest::mouseClick(button(console.window, u"History"_s), Qt::LeftButton);
        ConfigFields old = stored("16");
        old.insert("ping", R"(["10.207.26.2"])");
        editor.history().model().take(
            {versionOf(17, u"chen@desk"_s, stored()), versionOf(16, u"li@desk"_s, old)});
        QVERIFY(editor.history().difference().lines().join(u' ').contains(u"10.207.26.2"));
        editor.findChild<QTableView *>(u"versions"_s)->selectRow(1);
        QTest::mouseClick(editor.findChild<QPushButton *>(u"rollback"_s), Qt::LeftButton);
        auto *dialog = qobject_cast<ConfigSaveDialog *>(console.flow.dialog());
        QVERIFY(dialog);
        QVERIFY(dialog->sentences().join(u' ').contains(u"10.207.26.2"));
        QVERIFY(draft(editor).document.contains("10.207.26.2"));
        dialog->reject();
        QTest::mouseClick(button(console.window, u"Undo"_s), Qt::LeftButton);
        QVERIFY(!draft(editor).isChanged());
    }

    void showsWhatASignatureMeansBeforeItSigns()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.session()->set(u"x"_s,
                              {u"controlled"_s, u"redis"_s, u"default"_s, u"restart"_s, u"unit"_s},
                              u"redis.service"_s);
        editor.session()->checkNow();
        QTest::mouseClick(editor.findChild<QPushButton *>(u"configSave"_s), Qt::LeftButton);
        auto *dialog = qobject_cast<ConfigSaveDialog *>(console.flow.dialog());
        QVERIFY(dialog);
        const QString all = dialog->sentences().join(u'\n');
        QVERIFY2(all.contains(u"restart of redis:default"), qPrintable(all));
        // It was not signed with a key that is here: all that it lets run is shown.
        QVERIFY(all.contains(u"mariadb.service"));
        QVERIFY(!dialog->findChild<QPushButton *>(u"signAndSave"_s)->isEnabled()); // no Redis
        dialog->reject();
        QVERIFY(draft(editor).isChanged());
    }

    void triesOnlyWhatTheAgentKnows()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        choose(editor, u"redis 6379"_s);
        auto *attempt = editor.findChild<QPushButton *>(u"tryCheck"_s);
        QVERIFY(attempt->isVisible() && attempt->isEnabled());
        QSignalSpy asked(&console.window, &MainWindow::actionRequested);
        QTest::mouseClick(attempt, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), u"refresh"_s);
        type(line(editor, u"timeout"_s), u"4"_s);
        QTRY_VERIFY(!attempt->isEnabled());
        QVERIFY(said(editor, u"tryAnswer"_s).contains(u"save first"));
    }

    void warnsBeforeChangesAreLostWithTheWindow()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        console.window.close();
        QVERIFY(console.window.isVisible());
        console.window.close();
        QVERIFY(!console.window.isVisible());
    }

    void findsChangesAgainOnAnotherVisit()
    {
        Console console(m_folder);
        console.edit().session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        console.edit(databaseTwo);
        ConfigEditor &again = console.edit();
        QVERIFY(again.session()->isChanged());
    }

    void showsHostileNamesAsText()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        ConfigFields hostile = stored("18");
        hostile.insert("services",
                       R"({"<b>bold</b>":{"\u202egpj.exe":{"alive":{"probe":"<img src=x>"}}}})");
        hostile.insert("alerts", QByteArray(5000, '['));
        editor.session()->take(databaseOne, hostile);
        QCOMPARE(editor.form().list().model()->rowCount(), 1);
        QVERIFY(
            !editor.form().list().model()->index(0, 0).data().toString().contains(QChar(0x202e)));
        const auto labels = editor.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            QCOMPARE(label->textFormat(), Qt::PlainText);
        editor.showJson(true);
        console.window.grab();
    }

    void everySectionIsUsedByKeyboard()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        for (int i = 0; i < 6; ++i) {
            section(editor, i);
            walk(console, u"section %1"_s.arg(i));
        }
        ConfigEditor &several = console.editSeveral({databaseOne, databaseTwo});
        several.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        several.session()->take(databaseTwo, stored("18"));
        walk(console, u"several servers and a conflict"_s);
    }

    void theJsonIsUsedByKeyboard()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.showJson(true);
        walk(console, u"JSON"_s);
        editor.json().editor().setFocus();
        pressKey(Qt::Key_Tab);
        QVERIFY(editor.json().editor().hasFocus()); // it indents
        pressKey(Qt::Key_Escape);
        QVERIFY(!editor.json().editor().hasFocus());
    }

    void differenceAndHistoryAreUsedByKeyboard()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        editor.session()->checkNow();
        QTest::mouseClick(button(console.window, u"Difference"_s), Qt::LeftButton);
        walk(console, u"difference"_s);
        QTest::mouseClick(button(console.window, u"History"_s), Qt::LeftButton);
        editor.history().model().take(
            {versionOf(17, u"chen@desk"_s, stored()), versionOf(16, u"li@desk"_s, stored("16"))});
        walk(console, u"history"_s);
    }

    void theQuestionBeforeSavingIsUsedByKeyboard()
    {
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        console.flow.save({databaseOne});
        const QPointer<QDialog> dialog = console.flow.dialog();
        QVERIFY(dialog && QTest::qWaitForWindowActive(dialog));
        QCOMPARE(unreachedByTab(*dialog).join(u"; "_s), QString());
        QCOMPARE(namelessWidgets(*dialog).join(u"; "_s), QString());
        pressKey(Qt::Key_Escape);
        QTRY_VERIFY(!dialog || !dialog->isVisible());
    }

    void picturesForEyes_data() { eachLook(); }

    void picturesForEyes()
    {
        useLook();
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        choose(editor, u"mysql 3302"_s);
        type(line(editor, u"port"_s), u"3303"_s);
        editor.session()->checkNow();
        save(console.window, u"config-form"_s);
        type(line(editor, u"port"_s), u"70000"_s);
        editor.session()->checkNow();
        save(console.window, u"config-form-error"_s);
        QTest::mouseClick(editor.findChild<LinkButton *>(u"configErrors"_s), Qt::LeftButton);
        save(console.window, u"config-json-error"_s);
        editor.session()->undoStack().undo();
        editor.session()->set(u"x"_s, {u"services"_s, u"mysql"_s, u"3302"_s, u"alive"_s, u"port"_s},
                              3303);
        editor.session()->set(u"x"_s, {u"schedule"_s, u"#nightly"_s, u"cron"_s}, u"15 4 * * *"_s);
        editor.session()->checkNow();
        QTest::mouseClick(button(console.window, barText("Difference")), Qt::LeftButton);
        save(console.window, u"config-diff"_s);
        console.flow.save({databaseOne});
        save(*console.flow.dialog(), u"config-save"_s);
        console.flow.dialog()->close();
        editor.showJson(false);
        section(editor, 2);
        save(console.window, u"config-schedule"_s);
        ConfigFields old = stored("16");
        old.insert("ping", R"(["10.207.26.2"])");
        QTest::mouseClick(button(console.window, barText("History")), Qt::LeftButton);
        editor.history().model().take(
            {versionOf(17, u"chen@desk"_s, stored()), versionOf(16, u"li@desk"_s, old)});
        save(console.window, u"config-history"_s);
        ConfigEditor &several = console.editSeveral({databaseOne, databaseTwo});
        several.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
        several.session()->take(databaseTwo, stored("18"));
        section(several, 5);
        save(console.window, u"config-several"_s);
    }

    /// Where alerts are made, without one, with some, and with a wrong one.
    void picturesOfAlerts_data() { eachLook(); }

    void picturesOfAlerts()
    {
        useLook();
        Console console(m_folder);
        ConfigEditor &editor = console.edit();
        section(editor, 4);
        save(console.window, u"config-alerts-empty"_s);
        editor.session()->type(
            R"({"alerts": [{"name": "cpu", "metric": "cpu", "above": 90, "until": 80, "for": 300},
                {"name": "var-full", "metric": "disk", "filesystem": "/var", "above": 195,
                 "severity": "critical", "text": "delete old dumps in /var/backups"}]})");
        editor.session()->checkNow();
        choose(editor, u"cpu"_s);
        save(console.window, u"config-alerts"_s);
        choose(editor, u"var-full"_s);
        save(console.window, u"config-alerts-error"_s);
    }
};

QTEST_MAIN(TestConfigEditing)
#include "tst_configediting.moc"
