// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/helpguide.h"
#include "console/dialogs/keydialog.h"
#include "console/dialogs/maintenancedialog.h"
#include "console/dialogs/windowtools.h"
#include "console/models/actioncentre.h"
#include "console/models/helpbook.h"
#include "console/settings/preferences.h"
#include "console/views/filterfield.h"
#include "console/views/helpbrowser.h"
#include "console/views/helpwindow.h"
#include "console/views/mainwindow.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "shared/core/translation.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QApplication>
#include <QDir>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QStringList languages{u"en"_s, u"zh_CN"_s};

qsizetype countOf(const QString &text, const QString &pattern)
{
    const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
    qsizetype count = 0;
    for (auto matches = expression.globalMatch(text); matches.hasNext(); matches.next())
        ++count;
    return count;
}

} // namespace

class TestHelp : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<FixedSource> m_source;
    FixedDesk m_desk;
    std::unique_ptr<ActionCentre> m_centre;
    std::unique_ptr<MainWindow> m_window;
    WindowTools *m_tools = nullptr;

    static void save(QWidget &widget, const QString &name)
    {
        widget.show();
        QTest::qWait(30);
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(widget.grab().save(
            u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name,
                                  themeOf(&widget).isDark ? u"dark"_s : u"light"_s)));
    }

    HelpWindow *help() { return m_tools->help().window(); }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void init()
    {
        static int count = 0;
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QString::number(++count)),
                                                 QSettings::IniFormat);
        m_preferences = std::make_unique<Preferences>(*m_settings);
        m_source = std::make_unique<FixedSource>(demoFleet(evening), evening);
        m_centre = std::make_unique<ActionCentre>(*m_source, m_desk);
        m_window = std::make_unique<MainWindow>(*m_source, *m_preferences, m_centre.get());
        m_tools = new WindowTools(*m_source, m_centre.get(), *m_preferences, *m_window);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup() { m_window.reset(); }

    void everyPageStandsInBothLanguages()
    {
        const HelpBook english(u"en"_s), chinese(u"zh_CN"_s);
        QCOMPARE(english.pages().size(), HelpBook::keys().size());
        for (const HelpPage &page : english.pages()) {
            const HelpPage *other = chinese.page(page.key);
            QVERIFY2(page.markdown.startsWith(u"# "_s) && page.markdown.size() > 300,
                     qPrintable(page.key));
            QVERIFY2(other->markdown != page.markdown, qPrintable(page.key));
            // The same parts in the same shape: nothing was forgotten in one of them.
            for (const QString &pattern :
                 {u"^## "_s, u"^- "_s, u"^[0-9]\\. "_s, u"^\\|"_s, u"`[^`]+`"_s})
                QVERIFY2(qAbs(countOf(page.markdown, pattern) - countOf(other->markdown, pattern))
                             <= (pattern == u"`[^`]+`" ? 2 : 0),
                         qPrintable(page.key + u' ' + pattern));
        }
    }

    void everyLinkLeadsToAPage()
    {
        static const QRegularExpression link(u"\\]\\(([^)]+)\\)"_s);
        int count = 0;
        for (const QString &language : languages) {
            const HelpBook book(language);
            for (const HelpPage &page : book.pages()) {
                for (auto links = link.globalMatch(page.markdown); links.hasNext();) {
                    const QString target = links.next().captured(1);
                    QVERIFY2(target.endsWith(u".md"_s) && book.page(target.chopped(3)),
                             qPrintable(page.key + u": "_s + target));
                    ++count;
                }
            }
        }
        QVERIFY(count > 10);
    }

    void anUnknownLanguageIsEnglish()
    {
        QCOMPARE(HelpBook(u"fr"_s).page(u"fleet"_s)->title, u"Fleet"_s);
        QVERIFY(!HelpBook(u"en"_s).page(u"nowhere"_s));
    }

    void theSearchFindsAllWords()
    {
        const HelpBook book(u"en"_s);
        QList<HelpBook::Hit> hits = book.search(u"passphrase"_s);
        QCOMPARE(hits.first().key, u"keys"_s);
        QVERIFY2(hits.first().snippet.contains(u"passphrase"_s), qPrintable(hits.first().snippet));
        hits = book.search(u"fleet"_s);
        QCOMPARE(hits.first().key, u"fleet"_s); // in its title
        QVERIFY(book.search(u"passphrase crosshair"_s).isEmpty());
        QVERIFY(book.search(u"  "_s).isEmpty());
        QVERIFY(!HelpBook(u"zh_CN"_s).search(u"密码短语"_s).isEmpty());
    }

    void f1OpensThePageOfThePlace_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("topic");
        for (const char *same : {"overview", "fleet", "tree", "server", "events"})
            QTest::newRow(same) << QString::fromLatin1(same) << QString::fromLatin1(same);
        QTest::newRow("commands") << u"commands"_s << u"events"_s;
    }

    void f1OpensThePageOfThePlace()
    {
        QFETCH(QString, page);
        QFETCH(QString, topic);
        m_window->showPage(page);
        m_window->focusPage();
        QTest::keyClick(m_window.get(), Qt::Key_F1);
        QVERIFY(help() && help()->isVisible());
        QCOMPARE(help()->currentPage(), topic);
        QCOMPARE(help()->contents().currentItem()->data(Qt::UserRole).toString(), topic);
    }

    void everyPageOfTheWindowHasHelp()
    {
        for (const QString &page :
             {u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s, u"commands"_s, u"server"_s}) {
            m_window->showPage(page);
            m_tools->help().showHere();
            QVERIFY2(help()->currentPage() != u"start", qPrintable(page));
        }
    }

    void f1InADialogIsAboutTheDialog()
    {
        KeyDialog keys(m_centre->keys(), *m_preferences, m_window.get());
        keys.open();
        QVERIFY(QTest::qWaitForWindowActive(&keys));
        QTest::keyClick(keys.focusWidget(), Qt::Key_F1);
        QVERIFY(help());
        QCOMPARE(help()->currentPage(), u"keys"_s);
        keys.close();
        MaintenanceDialog maintenance(u"db-01"_s, std::nullopt, evening, m_window.get());
        QCOMPARE(HelpGuide::topicOf(&maintenance), u"actions"_s);
        maintenance.setProperty("helpTopic", u"start"_s);
        QCOMPARE(HelpGuide::topicOf(&maintenance), u"start"_s);
    }

    void linksLeadFromPageToPageAndBack()
    {
        m_tools->help().show(u"overview"_s);
        QVERIFY(QTest::qWaitForWindowActive(help()));
        Q_EMIT help()->browser().anchorClicked(QUrl(u"actions.md"_s));
        QCOMPARE(help()->currentPage(), u"actions"_s);
        QTest::keyClick(help(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(help()->currentPage(), u"overview"_s);
        QTest::keyClick(help(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(help()->currentPage(), u"actions"_s);
        QTest::keyClick(help(), Qt::Key_Escape);
        QVERIFY(!help()->isVisible());
    }

    void aLinkIntoTheWebIsShownBeforeItIsOpened()
    {
        m_tools->help().show(u"start"_s);
        QSignalSpy asked(help(), &HelpWindow::webRequested);
        auto *open = help()->findChild<QPushButton *>(u"open-link"_s);
        QVERIFY(!open->isVisible());
        Q_EMIT help()->browser().anchorClicked(QUrl(u"https://example.org/x"_s));
        QVERIFY(open->isVisible());
        QCOMPARE(asked.size(), 0);
        disconnect(help(), &HelpWindow::webRequested, &m_tools->help(), nullptr); // no browser here
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toUrl(), QUrl(u"https://example.org/x"_s));
        QVERIFY(!open->isVisible());
        Q_EMIT help()->browser().anchorClicked(QUrl(u"file:///etc/passwd"_s));
        QVERIFY(!open->isVisible());
        QCOMPARE(help()->currentPage(), u"start"_s);
    }

    void nothingIsLoadedFromAnywhere()
    {
        HelpBrowser browser;
        browser.showPage(u"# A\n\n![x](http://127.0.0.1:1/x.png) ![y](file:///etc/hostname)"_s);
        browser.show();
        QTest::qWait(20);
        QVERIFY(!browser.loadResource(QTextDocument::ImageResource, QUrl(u"file:///etc/hostname"_s))
                     .isValid());
    }

    void theSearchFieldFiltersTheContents()
    {
        m_tools->help().show(u"start"_s);
        QVERIFY(QTest::qWaitForWindowActive(help()));
        auto *search = help()->findChild<FilterField *>();
        search->setFocus();
        QTest::keyClicks(search, u"crosshair"_s);
        QVERIFY(help()->contents().count() > 0
                && help()->contents().count() < HelpBook::keys().size());
        QTest::keyClick(search, Qt::Key_Down);
        QVERIFY(help()->contents().hasFocus());
        help()->contents().setCurrentRow(0);
        QVERIFY(!help()->browser().extraSelections().isEmpty());
        search->setText(u"qqqqq"_s);
        QCOMPARE(help()->contents().count(), 0);
        search->clear();
        QCOMPARE(help()->contents().count(), HelpBook::keys().size());
        QVERIFY(help()->browser().extraSelections().isEmpty());
    }

    void theHelpFollowsTheTheme()
    {
        m_tools->help().show(u"fleet"_s);
        const auto linkColour = [this] {
            for (QTextBlock block = help()->browser().document()->begin(); block.isValid();
                 block = block.next()) {
                for (auto piece = block.begin(); !piece.atEnd(); ++piece) {
                    if (piece.fragment().charFormat().isAnchor())
                        return piece.fragment().charFormat().foreground().color();
                }
            }
            return QColor();
        };
        QCOMPARE(linkColour(), lightTheme().accent);
        QApplication::setPalette(darkTheme().palette());
        QTRY_COMPARE(linkColour(), darkTheme().accent);
        QApplication::setPalette(lightTheme().palette());
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
        QCOMPARE(languageInUse(), language);
        HelpWindow window{HelpBook(languageInUse())};
        for (const QString &page : {u"start"_s, u"fleet"_s, u"keyboard"_s}) {
            window.showPage(page);
            save(window, u"help-"_s + page + suffix);
        }
        window.findChild<FilterField *>()->setText(language == u"en" ? u"redis"_s : u"密钥"_s);
        window.contents().setCurrentRow(1);
        Q_EMIT window.browser().anchorClicked(QUrl(u"https://example.org/treewarden"_s));
        save(window, u"help-search"_s + suffix);
        useLanguage(u"en"_s);
        QApplication::setPalette(lightTheme().palette());
    }
};

QTEST_MAIN(TestHelp)
#include "tst_help.moc"
