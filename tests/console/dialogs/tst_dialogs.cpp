// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/confirmdialog.h"
#include "console/dialogs/enroldialog.h"
#include "console/dialogs/keydialog.h"
#include "console/dialogs/maintenancedialog.h"
#include "console/dialogs/notificationsdialog.h"
#include "console/dialogs/passworddialog.h"
#include "console/dialogs/rollingdialog.h"
#include "console/dialogs/sharedialog.h"
#include "console/dialogs/shortcutsdialog.h"
#include "console/dialogs/sitesdialog.h"
#include "console/models/actionquestion.h"
#include "console/models/maintenancetext.h"
#include "console/models/pagesharing.h"
#include "console/settings/sitebook.h"
#include "console/settings/sitesaver.h"
#include "console/views/leavequestion.h"
#include "console/views/momentpopup.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/translation.h"
#include "tests/support/democonsole.h"
#include "tests/support/keyboardchecks.h"
#include "tests/support/memorystore.h"
#include "tests/support/picturechecks.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = DemoConsole::evening;
const QString webOne = u"10.207.26.231"_s, webThree = u"10.207.26.233"_s;

/// Serves nothing.
class SilentSharing : public PageSharing
{
public:
    Result<void> start(const Place &) override { return Error{u"Nothing is served here."_s}; }

    void stop() override { }

    bool isRunning() const override { return false; }

    QString url() const override { return {}; }

    int visitorCount() const override { return 0; }
};

QStringList dialogNames()
{
    return {u"confirm"_s,       u"rolling"_s,  u"key"_s,    u"maintenance"_s, u"enrol"_s,
            u"notifications"_s, u"password"_s, u"share"_s,  u"shortcuts"_s,   u"sites"_s,
            u"moment"_s,        u"leave"_s,    u"remove"_s, u"about"_s};
}

} // namespace

/// Every dialog: in both languages and themes, and by the keyboard alone.
class TestDialogs : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    Translations m_translations;

    struct Stage : DemoConsole
    {
        explicit Stage(const QString &file)
            : DemoConsole(file)
            , book(settings)
            , saver(book, *memory.passwords)
        {
            book.setSites({{u"a"_s, u"Shanghai"_s, u"redis://10.207.26.240"_s},
                           {u"b"_s, {}, u"rediss://10.99.0.12:6380/2"_s, u"console"_s}});
            window.show();
        }

        QDialog *make(const QString &name)
        {
            const ActionScope nginx{{{webThree, {u"nginx"_s, u"80"_s}}}, {}, {}};
            if (name == u"confirm")
                return new ConfirmDialog(questionOf(centre, nginx.orders(u"stop"_s)), &window);
            if (name == u"rolling") {
                const RollingPlan plan = rolling();
                return new RollingDialog(source, questionOf(centre, plan), plan, &window);
            }
            if (name == u"key")
                return new KeyDialog(centre.keys(), preferences, &window);
            if (name == u"maintenance")
                return new MaintenanceDialog(targetText(source.state(), nginx), std::nullopt,
                                             evening, &window);
            if (name == u"enrol")
                return new EnrolDialog(source, centre.keys(), {webOne, webThree}, &window);
            if (name == u"notifications")
                return new NotificationsDialog(preferences, true, 0, &window);
            if (name == u"password")
                return new PasswordDialog(book.sites().last(), u"Redis asks for it."_s, &window);
            if (name == u"share")
                return new ShareDialog(*sharing, preferences, &window);
            if (name == u"shortcuts")
                return new ShortcutsDialog(window);
            if (name == u"sites")
                return new SitesDialog(saver, &window);
            if (name == u"moment")
                return new MomentPopup(evening, evening - 7'000'000, &window);
            return makeQuestion(name);
        }

        static RollingPlan rolling()
        {
            RollingPlan plan;
            plan.tree = u"dev"_s;
            plan.role = u"nginx"_s;
            plan.action = u"restart"_s;
            for (const QString &ip : {webThree, webOne})
                plan.instances.append({ip, u"80"_s});
            return plan;
        }

        /// Message boxes: they show themselves.
        QDialog *makeQuestion(const QString &name)
        {
            if (name == u"leave")
                askToLeave(&window, u"db-01"_s, 3, [](LeaveAnswer) {});
            else if (name == u"remove")
                askToRemove(&window, u"Remove Shanghai?"_s, u"2 changes of it are lost."_s,
                            u"Remove"_s, [] {});
            else
                window.findChild<QMenu *>(u"help"_s)->actions().last()->trigger();
            return window.findChild<QMessageBox *>();
        }

        SiteBook book;
        MemoryPasswords memory;
        SiteSaver saver;
        const std::unique_ptr<PageSharing> sharing = std::make_unique<SilentSharing>();
    };

    std::unique_ptr<Stage> makeStage()
    {
        static int count = 0;
        return std::make_unique<Stage>(m_folder.filePath(u"%1.ini"_s.arg(++count)));
    }

    static QDialog *open(Stage &stage, const QString &name)
    {
        QDialog *dialog = stage.make(name);
        dialog->show();
        return QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
    }

    static void addNames()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : dialogNames())
            QTest::addRow("%s", qPrintable(name)) << name;
    }

    static QPushButton *defaultButton(const QDialog &dialog)
    {
        const auto buttons = dialog.findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->isDefault() && button->isVisible())
                return button;
        }
        return nullptr;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        m_translations = readTranslations(QStringLiteral(TRANSLATIONS));
        QVERIFY(m_translations.value(u"Treewarden::KeyDialog"_s).contains(u"Passphrase"_s));
    }

    void init()
    {
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void cleanup() { useLanguage(u"en"_s); }

    void everythingIsReachedByTab_data() { addNames(); }

    void everythingIsReachedByTab()
    {
        QFETCH(QString, name);
        const auto stage = makeStage();
        QDialog *dialog = open(*stage, name);
        QVERIFY(dialog);
        QVERIFY2(dialog->isAncestorOf(QApplication::focusWidget()), "nothing has the focus");
        QCOMPARE(unreachedByTab(*dialog).join(u"; "_s), QString());
        QVERIFY2(dialog->isAncestorOf(QApplication::focusWidget()), "Tab left the dialog");
    }

    void whatHasTheFocusIsSeen_data() { addNames(); }

    void whatHasTheFocusIsSeen()
    {
        QFETCH(QString, name);
        const auto stage = makeStage();
        QDialog *dialog = open(*stage, name);
        QVERIFY(dialog);
        QCOMPARE(unseenFocus(*dialog).join(u"; "_s), QString());
    }

    void allThatTakesTheFocusHasAName_data() { addNames(); }

    void allThatTakesTheFocusHasAName()
    {
        QFETCH(QString, name);
        const auto stage = makeStage();
        QDialog *dialog = open(*stage, name);
        QVERIFY(dialog);
        QCOMPARE(namelessWidgets(*dialog).join(u"; "_s), QString());
        QVERIFY(!dialog->windowTitle().isEmpty());
    }

    void escapeLeavesEachFromAnywhere_data() { addNames(); }

    void escapeLeavesEachFromAnywhere()
    {
        QFETCH(QString, name);
        const auto stage = makeStage();
        for (int steps : {0, 1, 3}) {
            QPointer<QDialog> dialog = open(*stage, name);
            QVERIFY(dialog);
            for (int i = 0; i < steps; ++i)
                pressKey(Qt::Key_Tab);
            pressKey(Qt::Key_Escape);
            QTRY_VERIFY2(!dialog || !dialog->isVisible(), qPrintable(QString::number(steps)));
            delete dialog;
        }
    }

    void enterInAFieldDoesWhatTheDialogIsFor_data() { addNames(); }

    void enterInAFieldDoesWhatTheDialogIsFor()
    {
        QFETCH(QString, name);
        const auto stage = makeStage();
        QPointer<QDialog> dialog = open(*stage, name);
        QVERIFY(dialog);
        for (int i = 0; i < 30; ++i) // a button that had the focus takes nothing along
            pressKey(Qt::Key_Tab);
        const auto fields = dialog->findChildren<QLineEdit *>();
        const auto field = std::find_if(fields.begin(), fields.end(), [](const QLineEdit *one) {
            return one->isVisible() && one->isEnabled() && !one->isReadOnly()
                && one->objectName() != u"qt_spinbox_lineedit";
        });
        if (field != fields.end())
            (*field)->setFocus();
        QPushButton *button = defaultButton(*dialog);
        if (name == u"confirm" || name == u"rolling") { // there it goes on to the next one
            QVERIFY(!button);
            pressKey(Qt::Key_Return);
            QVERIFY(dialog->isVisible());
            QVERIFY(!(*field)->hasFocus());
            return;
        }
        QVERIFY2(button, "no button is the default");
        if (field == fields.end())
            button->setFocus();
        if (!button->isEnabled())
            return;
        QSignalSpy pressed(button, &QAbstractButton::clicked);
        pressKey(Qt::Key_Return);
        QCOMPARE(pressed.size(), 1);
    }

    void draws_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("isDark");
        QTest::addColumn<QString>("name");
        for (const QString &language : {u"en"_s, u"zh"_s})
            for (const bool isDark : {false, true})
                for (const QString &name : dialogNames())
                    QTest::addRow("%s %s %s", qPrintable(name), qPrintable(language),
                                  isDark ? "dark" : "light")
                        << language << isDark << name;
    }

    void draws()
    {
        QFETCH(QString, language);
        QFETCH(bool, isDark);
        QFETCH(QString, name);
        useLanguage(language == u"zh" ? u"zh_CN"_s : u"en"_s);
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
        const auto stage = makeStage();
        QDialog *dialog = open(*stage, name);
        QVERIFY(dialog);
        QTest::qWait(20); // layouts that were asked for
        const QString folder = QStringLiteral(SCREENSHOT_FOLDER "/dialogs");
        QDir().mkpath(folder);
        QVERIFY(dialog->grab().save(
            u"%1/%2-%3-%4.png"_s.arg(folder, name, language, isDark ? u"dark"_s : u"light"_s)));
        QCOMPARE(cutTexts(*dialog).join(u"; "_s), QString());
        QCOMPARE(paleTexts(*dialog).join(u"; "_s), QString());
        if (language == u"zh")
            QCOMPARE(untranslatedTexts(*dialog, m_translations).join(u"; "_s), QString());
    }
};

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
