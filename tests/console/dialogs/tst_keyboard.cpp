// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/actionflow.h"
#include "console/dialogs/confirmdialog.h"
#include "console/dialogs/keydialog.h"
#include "console/dialogs/maintenancedialog.h"
#include "console/dialogs/shortcutsdialog.h"
#include "console/models/actionquestion.h"
#include "console/models/maintenancetext.h"
#include "console/models/savedfilters.h"
#include "console/views/announcer.h"
#include "console/views/commandpalette.h"
#include "console/views/filterfield.h"
#include "console/views/menuentries.h"
#include "console/views/page.h"
#include "console/views/serverpage.h"
#include "console/views/sidebar.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/translation.h"
#include "tests/support/democonsole.h"
#include "tests/support/keyboardchecks.h"
#include "tests/support/screenreader.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = DemoConsole::evening;
const QString webThree = u"10.207.26.233"_s;

QHash<QByteArray, QByteArray> signedConfig()
{
    return {{"services", "{}"},
            {"controlled", R"({"nginx":{"default":{"restart":"/bin/a","stop":"/bin/a"}}})"},
            {"version", "3"},
            {"signature", "c2lnbmVk"}};
}

/// What a screen reader was told: the names and descriptions of what changed.
QStringList told;

void noteUpdate(QAccessibleEvent *event)
{
    const auto *widget = qobject_cast<const QWidget *>(event->object());
    if (widget && event->type() == QAccessible::Alert)
        told << widget->accessibleName();
}

} // namespace

/// Everything by keyboard, and with words for those who can't see it.
class TestKeyboard : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    struct Console : DemoConsole
    {
        explicit Console(const QString &file)
            : DemoConsole(file)
        {
            for (const QString &ip : source.state().servers.keys())
                centre.configs().take(ip, signedConfig());
            window.resize(1440, 900);
            window.show();
        }

        CommandPalette &palette() { return tools.palette(); }

        QString chosen() { return palette().list().currentIndex().data().toString(); }
    };

    QString file()
    {
        static int count = 0;
        return m_folder.filePath(u"%1.ini"_s.arg(++count));
    }

    std::unique_ptr<Console> open()
    {
        auto console = std::make_unique<Console>(file());
        [&] { QVERIFY(QTest::qWaitForWindowActive(&console->window)); }();
        return console;
    }

    static void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { pressKey(key, modifiers); }

    static void save(QWidget &widget, const QString &name)
    {
        QTest::qWait(30);
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(widget.grab().save(
            u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name,
                                  themeOf(&widget).isDark ? u"dark"_s : u"light"_s)));
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
        QVERIFY(pretendScreenReader());
        QAccessible::installUpdateHandler(&noteUpdate);
    }

    void init() { told.clear(); }

    void aServerIsOpenedByAFewLetters()
    {
        const auto console = open();
        key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(console->palette().isVisible());
        QVERIFY(console->palette().field().hasFocus());
        QTest::keyClicks(&console->palette().field(), u"web-03"_s);
        QCOMPARE(console->chosen(), u"web-03"_s);
        key(Qt::Key_Return);
        QVERIFY(!console->palette().isVisible());
        QCOMPARE(console->window.currentPage(), u"server"_s);
        auto *page = qobject_cast<ServerPage *>(console->window.page(u"server"_s));
        QCOMPARE(page->ip(), webThree);
        QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
    }

    void aServiceIsChosenOnItsServersPage()
    {
        const auto console = open();
        console->palette().open();
        QTest::keyClicks(&console->palette().field(), u"nginx web-03"_s);
        key(Qt::Key_Return);
        const ActionScope target = console->window.page(u"server"_s)->actionTarget();
        QCOMPARE(target.places, (QList<ActionTarget>{{webThree, {u"nginx"_s, u"80"_s}}}));
    }

    void escapeGivesTheFocusBack()
    {
        const auto console = open();
        console->window.showPage(u"fleet"_s);
        auto *table = console->window.page(u"fleet"_s)->findChild<QTableView *>();
        table->setFocus();
        key(Qt::Key_P, Qt::ControlModifier);
        QVERIFY(console->palette().field().hasFocus());
        key(Qt::Key_Escape);
        QVERIFY(!console->palette().isVisible());
        QVERIFY(table->hasFocus());
        QCOMPARE(console->window.currentPage(), u"fleet"_s);
    }

    void itOpensFromAFieldAsWell()
    {
        const auto console = open();
        console->window.showPage(u"fleet"_s);
        auto *filter = console->window.page(u"fleet"_s)->findChild<FilterField *>();
        for (const Qt::Key letter : {Qt::Key_K, Qt::Key_P}) {
            filter->setText(u"web"_s);
            filter->home(false);
            filter->setFocus();
            key(letter, Qt::ControlModifier);
            QVERIFY2(console->palette().isVisible(), qPrintable(QString(QChar(letter))));
            key(Qt::Key_Escape);
            QVERIFY(filter->hasFocus());
            QCOMPARE(filter->text(), u"web"_s);
        }
    }

    void aClickBesideItClosesIt()
    {
        const auto console = open();
        console->palette().open();
        QTest::mouseClick(console->window.findChild<NavButton *>(), Qt::LeftButton);
        QVERIFY(!console->palette().isVisible());
    }

    void arrowsSkipTheHeadings()
    {
        const auto console = open();
        console->palette().open();
        QCOMPARE(console->chosen(), u"Overview"_s);
        key(Qt::Key_Up); // nothing is above it but the heading
        QCOMPARE(console->chosen(), u"Overview"_s);
        QStringList seen;
        for (int i = 0; i < 60; ++i) {
            key(Qt::Key_Down);
            seen << console->chosen();
            QVERIFY(console->palette().list().currentIndex().flags() & Qt::ItemIsSelectable);
        }
        QVERIFY(seen.contains(u"Fleet"_s) && seen.contains(u"Theme: Dark"_s));
        QCOMPARE(seen.last(), seen.at(58)); // the last row stays
        key(Qt::Key_PageUp);
        QVERIFY(console->chosen() != seen.last());
    }

    void whatWasUsedIsRememberedForTheNextTime()
    {
        const QString settings = file();
        {
            Console console(settings);
            console.palette().open();
            QTest::keyClicks(&console.palette().field(), u"db-02"_s);
            QTest::keyClick(&console.palette().field(), Qt::Key_Return);
        }
        Console console(settings);
        console.palette().open();
        QCOMPARE(console.chosen(), u"db-02"_s);
    }

    void savedFiltersAreInIt()
    {
        const auto console = open();
        console->preferences.setValue(Preference::FleetSavedFilters,
                                      savedFiltersText({{u"Busy ones"_s, u"cpu>80"_s}}));
        console->palette().open();
        QTest::keyClicks(&console->palette().field(), u"busy"_s);
        key(Qt::Key_Return);
        QCOMPARE(console->window.currentPage(), u"fleet"_s);
        QCOMPARE(console->window.page(u"fleet"_s)->findChild<FilterField *>()->text(), u"cpu>80"_s);
    }

    void menusAreInItWithTheirShortcuts()
    {
        const auto console = open();
        QSignalSpy asked(&console->window, &MainWindow::keyRequested);
        key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(console->palette().field().text(), u">"_s);
        QTest::keyClicks(&console->palette().field(), u"signing"_s);
        const PaletteItem &item = console->palette().model().item(1);
        QCOMPARE(item.shortcut, u"Ctrl+Shift+K"_s);
        key(Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
    }

    void controlAndEnterShowsWhatCanBeDone()
    {
        const auto console = open();
        QSignalSpy asked(&console->window, &MainWindow::actionRequested);
        console->palette().open();
        QTest::keyClicks(&console->palette().field(), u"nginx web-03"_s);
        key(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(console->palette().isVisible());
        QVERIFY2(console->palette().field().placeholderText().contains(u"nginx on web-03"_s),
                 qPrintable(console->palette().field().placeholderText()));
        QTest::keyClicks(&console->palette().field(), u"sto"_s);
        key(Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(0).toString(), u"stop"_s);
        QCOMPARE(asked.first().at(1).value<ActionScope>().places,
                 (QList<ActionTarget>{{webThree, {u"nginx"_s, u"80"_s}}}));
        QVERIFY(!console->palette().isVisible());
    }

    void fromTheActionsEscapeGoesBackToEverything()
    {
        const auto console = open();
        console->palette().open();
        QTest::keyClicks(&console->palette().field(), u"web-03"_s);
        key(Qt::Key_Return, Qt::ControlModifier);
        key(Qt::Key_Escape);
        QVERIFY(console->palette().isVisible());
        QCOMPARE(console->chosen(), u"Overview"_s);
        key(Qt::Key_Escape);
        QVERIFY(!console->palette().isVisible());
    }

    void whatCannotBeDoneSaysWhyAndIsNotDone()
    {
        const auto console = open();
        console->source.goStale(evening - 1000, u"Redis does not answer."_s, 1000);
        QSignalSpy asked(&console->window, &MainWindow::actionRequested);
        console->palette().open();
        QTest::keyClicks(&console->palette().field(), u"web-03"_s);
        key(Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClicks(&console->palette().field(), u"restart"_s);
        QVERIFY(!console->palette().model().item(0).whyNot.isEmpty());
        key(Qt::Key_Return);
        QCOMPARE(asked.size(), 0);
        QVERIFY(console->palette().isVisible());
    }

    void nothingFoundIsASentence()
    {
        const auto console = open();
        console->palette().open();
        QTest::keyClicks(&console->palette().field(), u"qqqq"_s);
        QCOMPARE(console->palette().field().accessibleDescription(),
                 u"No server, service, page or action is called that."_s);
        key(Qt::Key_Return);
        QVERIFY(console->palette().isVisible());
    }

    void alternateArrowsGoThroughThePages()
    {
        const auto console = open();
        console->window.showPage(u"server"_s, webThree);
        console->window.showPage(u"server"_s, u"10.207.26.251"_s);
        console->window.showPage(u"events"_s);
        auto *page = qobject_cast<ServerPage *>(console->window.page(u"server"_s));
        key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(console->window.currentPage(), u"server"_s);
        key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(page->ip(), webThree);
        key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(console->window.currentPage(), u"overview"_s);
        key(Qt::Key_Left, Qt::AltModifier); // nothing is before it
        QCOMPARE(console->window.currentPage(), u"overview"_s);
        for (int i = 0; i < 3; ++i)
            key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(console->window.currentPage(), u"events"_s);
    }

    void aSlashAndControlFLeadToTheFilter()
    {
        const auto console = open();
        for (const QString &page : {u"fleet"_s, u"tree"_s}) {
            for (const bool isSlash : {true, false}) {
                console->window.showPage(page);
                console->window.focusPage();
                QVERIFY(!qobject_cast<FilterField *>(QApplication::focusWidget()));
                isSlash ? key(Qt::Key_Slash) : key(Qt::Key_F, Qt::ControlModifier);
                QVERIFY2(qobject_cast<FilterField *>(QApplication::focusWidget()),
                         qPrintable(page));
            }
        }
    }

    void aQuestionMarkShowsTheRealShortcuts()
    {
        const auto console = open();
        QTest::keyClick(&console->window, Qt::Key_Question);
        auto *dialog = console->window.findChild<ShortcutsDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QStringList rows;
        for (QTreeWidgetItemIterator row(&dialog->list()); *row; ++row)
            rows << (*row)->text(0) + u'|' + (*row)->text(1);
        for (const MenuEntry &entry : menuEntries(*console->window.menuBar())) {
            if (!entry.action->shortcut().isEmpty())
                QVERIFY2(rows.contains(entry.title + u'|' + shortcutText(*entry.action)),
                         qPrintable(entry.title));
        }
        QVERIFY(rows.contains(u"Find anything…|Ctrl+K or Ctrl+P"_s));
        auto *filter = dialog->findChild<FilterField *>();
        QTest::keyClicks(filter, u"alt+left"_s);
        int visible = 0;
        for (QTreeWidgetItemIterator row(&dialog->list(), QTreeWidgetItemIterator::NotHidden); *row;
             ++row)
            visible += (*row)->parent() ? 1 : 0;
        QCOMPARE(visible, 1);
        dialog->close();
    }

    void aQuestionMarkTypedIntoAFieldIsPartOfIt()
    {
        const auto console = open();
        console->window.showPage(u"tree"_s);
        auto *filter = console->window.page(u"tree"_s)->findChild<FilterField *>();
        filter->setFocus();
        QTest::keyClicks(filter, u"a?/b"_s);
        QCOMPARE(filter->text(), u"a?/b"_s);
        QVERIFY(!console->window.findChild<ShortcutsDialog *>());
    }

    /// Choices of a look are rare: the palette finds them.
    void everyActionHasAShortcut()
    {
        const auto console = open();
        console->window.showPage(u"server"_s, webThree);
        const QStringList mayBeWithout{u"Theme"_s, u"Language"_s};
        const QStringList mayBeWithoutByTitle{u"About Treewarden"_s, u"Reset layout"_s,
                                              u"Shut down server…"_s};
        QStringList without;
        for (const MenuEntry &entry : menuEntries(*console->window.menuBar())) {
            if (shortcutText(*entry.action).isEmpty() && !mayBeWithout.contains(entry.menu)
                && !mayBeWithoutByTitle.contains(entry.title))
                without << entry.menu + u'/' + entry.title;
        }
        QCOMPARE(without.join(u"; "_s), QString());
    }

    void aKeyOfThePageIsThePages()
    {
        const auto console = open();
        auto *own = new QShortcut(QKeySequence(u"Ctrl+P"_s), console->window.page(u"fleet"_s));
        QSignalSpy used(own, &QShortcut::activated);
        console->window.showPage(u"fleet"_s);
        QTest::keyClick(&console->window, Qt::Key_P, Qt::ControlModifier);
        QCOMPARE(used.size(), 1);
        QVERIFY(!console->palette().isVisible());
        console->window.showPage(u"overview"_s);
        QTest::keyClick(&console->window, Qt::Key_P, Qt::ControlModifier);
        QCOMPARE(used.size(), 1);
        QVERIFY(console->palette().isVisible());
    }

    static bool isOnOtherPage(const Console &console, const QAction *action)
    {
        for (QObject *parent = action->parent(); parent; parent = parent->parent()) {
            if (auto *page = qobject_cast<Page *>(parent))
                return page != console.window.page(console.window.currentPage());
        }
        return false;
    }

    /// Two with the same key: neither is done.
    void noKeyMeansTwoThings()
    {
        const auto console = open();
        for (const QString &name :
             {u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s, u"commands"_s, u"server"_s}) {
            console->window.showPage(name, name == u"server" ? webThree : QString());
            QHash<QString, QStringList> meanings;
            for (const QAction *action : console->window.findChildren<QAction *>()) {
                if (action->shortcutContext() != Qt::WindowShortcut
                    || isOnOtherPage(*console, action))
                    continue;
                for (const QKeySequence &key : action->shortcuts()) {
                    if (!meanings[key.toString()].contains(plainTitle(action->text())))
                        meanings[key.toString()] << plainTitle(action->text());
                }
            }
            for (const QShortcut *shortcut :
                 console->window.page(name)->findChildren<QShortcut *>()) {
                if (shortcut->context() != Qt::WindowShortcut)
                    continue;
                for (const QKeySequence &key : shortcut->keys())
                    meanings[key.toString()] << name + u" page"_s;
            }
            for (auto meaning = meanings.cbegin(); meaning != meanings.cend(); ++meaning)
                QVERIFY2(
                    meaning->size() == 1,
                    qPrintable(name + u", "_s + meaning.key() + u": "_s + meaning->join(u", "_s)));
        }
        const QStringList menuKeys = [&] {
            QStringList keys;
            for (const QAction *action : console->window.menuBar()->actions())
                keys << QKeySequence::mnemonic(action->text()).toString();
            return keys;
        }();
        QCOMPARE(QSet<QString>(menuKeys.begin(), menuKeys.end()).size(), menuKeys.size());
    }

    void allThatTakesTheFocusHasAName()
    {
        const auto console = open();
        for (const QString &page :
             {u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s, u"commands"_s, u"server"_s}) {
            console->window.showPage(page, page == u"server" ? webThree : QString());
            QCOMPARE(namelessWidgets(console->window).join(u"; "_s), QString());
        }
        console->palette().open();
        QCOMPARE(namelessWidgets(console->window).join(u"; "_s), QString());
    }

    void tabReachesEverythingOfAPage()
    {
        const auto console = open();
        for (const QString &page :
             {u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s, u"commands"_s, u"server"_s}) {
            console->window.showPage(page, page == u"server" ? webThree : QString());
            console->window.focusPage();
            const QStringList missed = unreachedByTab(*console->window.page(page));
            QVERIFY2(missed.isEmpty(), qPrintable(page + u": "_s + missed.join(u"; "_s)));
        }
    }

    /// By the picture: with the focus it has to look another way than without.
    void whatHasTheFocusIsSeen()
    {
        const auto console = open();
        for (const QString &page :
             {u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s, u"commands"_s, u"server"_s}) {
            console->window.showPage(page, page == u"server" ? webThree : QString());
            console->window.focusPage();
            const QStringList unseen = unseenFocus(*console->window.page(page));
            QVERIFY2(unseen.isEmpty(), qPrintable(page + u": "_s + unseen.join(u"; "_s)));
        }
    }

    void aScreenReaderIsToldOfNewProblems()
    {
        const auto console = open();
        console->source.replace(calmFleet(evening));
        auto &announcer = console->tools.announcer();
        QTRY_VERIFY_WITH_TIMEOUT(
            announcer.said().startsWith(u"Nothing needs you"_s) || told.isEmpty(), 5000);
        QTest::qWait(1200); // the first look is over: what is there is no news
        told.clear();
        console->source.setAlive(webThree, false);
        QTRY_VERIFY_WITH_TIMEOUT(told.contains(u"web-03 died"_s), 10'000);
        told.clear();
        console->source.setAlive(webThree, true);
        QTRY_VERIFY_WITH_TIMEOUT(told.contains(u"Nothing needs you any more."_s), 10'000);
    }

    void aScreenReaderIsToldOfTheConnection()
    {
        const auto console = open();
        console->source.goStale(evening - 1000, u"Redis does not answer."_s, 1000);
        QCOMPARE(told, QStringList{u"No live data. Redis does not answer."_s});
        console->source.goStale(evening - 1000, u"Redis does not answer."_s, 500);
        QCOMPARE(told.size(), 1); // the countdown is no news
        console->source.goLive();
        QCOMPARE(told.last(), u"Connected: the values are live again."_s);
    }

    void aScreenReaderIsToldOutcomes()
    {
        const auto console = open();
        console->window.say(u"Redis does not answer: nothing can be declared now."_s);
        QCOMPARE(told.last(), u"Redis does not answer: nothing can be declared now."_s);
    }

    void itFitsIntoASmallWindow()
    {
        const auto console = open();
        console->palette().open();
        for (const QSize size : {QSize(480, 400), QSize(1440, 900)}) {
            console->window.resize(size);
            QVERIFY(QRect(QPoint(), console->window.size())
                        .contains(console->palette().geometry().adjusted(14, 14, -14, -14)));
        }
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
        {
            const auto console = open();
            console->window.showPage(u"fleet"_s);
            console->palette().open();
            save(console->window, u"palette-empty"_s + suffix);
            QTest::keyClicks(&console->palette().field(), u"web"_s);
            save(console->window, u"palette-web"_s + suffix);
            console->palette().field().setText(u"mysql"_s);
            save(console->window, u"palette-mysql"_s + suffix);
            console->palette().field().setText(u"nginx web-03"_s);
            key(Qt::Key_Return, Qt::ControlModifier);
            save(console->window, u"palette-act"_s + suffix);
            console->palette().open(u"qqqq"_s);
            save(console->window, u"palette-nothing"_s + suffix);
            key(Qt::Key_Escape);
            ShortcutsDialog dialog(console->window);
            dialog.show();
            save(dialog, u"shortcuts"_s + suffix);
        }
        useLanguage(u"en"_s);
        QApplication::setPalette(lightTheme().palette());
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
