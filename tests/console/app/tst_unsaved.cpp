// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/consoleapp.h"
#include "console/dialogs/sitesdialog.h"
#include "console/views/mainwindow.h"
#include "console/views/newtreeform.h"
#include "console/views/page.h"
#include "console/views/treeeditbar.h"
#include "console/views/treeform.h"
#include "console/views/treelist.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/memorystore.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

} // namespace

/// Changes that are not saved, while the window that shows them goes: by another site, another
/// language, a site that is removed, or the end.
class TestUnsaved : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_file;
    MemoryPasswords m_memory;
    std::unique_ptr<ConsoleApp> m_app;

    void start()
    {
        m_memory = MemoryPasswords();
        m_app = std::make_unique<ConsoleApp>(m_file, std::move(m_memory.passwords));
        ProgramOptions options(u"treewarden-console"_s, {}, u"console"_s);
        QVERIFY(!options.read({u"treewarden-console"_s}));
        QVERIFY(m_app->start(options));
        m_app->frame().resize(1440, 900);
        QVERIFY(QTest::qWaitForWindowActive(&m_app->frame()));
    }

    void startTwoSites()
    {
        start();
        for (const QString &id : {u"shanghai"_s, u"oslo"_s})
            m_app->sites().add(std::make_unique<Site>(
                id, id, std::make_unique<FixedSource>(demoFleet(evening), evening),
                std::make_unique<FixedDesk>()));
        QCOMPARE(shownSite(), u"shanghai"_s);
    }

    MainWindow &window() { return m_app->window(); }

    QString shownSite() { return m_app->sites().current()->id(); }

    ActionCentre &actions(const QString &site) { return m_app->sites().find(site)->actions(); }

    TreeEdit &edit(const QString &site) { return actions(site).treeEdit(); }

    template<typename Widget>
    Widget *find()
    {
        return window().page(u"tree"_s)->findChild<Widget *>();
    }

    void pressSite(int number)
    {
        QTest::keyClick(&window(), Qt::Key(Qt::Key_0 + number),
                        Qt::ControlModifier | Qt::AltModifier);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void chooseInMenu(const QString &text)
    {
        for (QAction *action : window().menuBar()->findChildren<QAction *>()) {
            if (action->text() == text)
                return action->trigger();
        }
        QFAIL(qPrintable(text));
    }

    void beginEditing()
    {
        window().showPage(u"tree"_s, u"dev"_s);
        find<TreeList>()->setFocus();
        QTest::keyClick(find<TreeList>(), Qt::Key_E, Qt::ControlModifier);
        QVERIFY(find<TreeEditBar>()->isVisible());
    }

    void change(const QString &site, const QString &title = u"Mine"_s)
    {
        QVERIFY(edit(site).make({.kind = TreeChange::Kind::SetTitle, .text = title}));
    }

    bool isAsking() { return m_app->frame().findChild<QMessageBox *>() != nullptr; }

    void answer(const QString &button)
    {
        QPointer<QMessageBox> box;
        QTRY_VERIFY((box = m_app->frame().findChild<QMessageBox *>()));
        for (QAbstractButton *one : box->buttons()) {
            if (one->text() != button)
                continue;
            QTest::mouseClick(one, Qt::LeftButton);
            QTRY_VERIFY(!box);
            m_app->frame().activateWindow(); // a window manager does so
            if (m_app->frame().isVisible())
                QVERIFY(QTest::qWaitForWindowActive(&m_app->frame()));
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            return;
        }
        QFAIL(qPrintable(u"no button "_s + button));
    }

private Q_SLOTS:

    void init()
    {
        static int count = 0;
        m_file = m_folder.filePath(u"%1.ini"_s.arg(++count));
    }

    void cleanup() { m_app.reset(); }

    void aTreeStaysChangedWhileAnotherSiteIsShown()
    {
        startTwoSites();
        beginEditing();
        change(u"shanghai"_s);
        pressSite(2);
        QCOMPARE(shownSite(), u"oslo"_s);
        QVERIFY(!isAsking());
        window().showPage(u"tree"_s, u"dev"_s);
        QVERIFY(!find<TreeEditBar>()->isVisible());
        QVERIFY(!edit(u"oslo"_s).isEditing());
        pressSite(1);
        QCOMPARE(window().currentPage(), u"tree"_s);
        QVERIFY(find<TreeEditBar>()->isVisible());
        QVERIFY(find<TreeEditBar>()->text().startsWith(u"1 change"_s));
        QCOMPARE(edit(u"shanghai"_s).tree().title, u"Mine"_s);
        find<TreeList>()->setFocus();
        QTest::keyClick(find<TreeList>(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!edit(u"shanghai"_s).isChanged());
    }

    void aNewTreeOutlivesAnotherSite()
    {
        startTwoSites();
        window().showPage(u"tree"_s, u"dev"_s);
        QVERIFY(edit(u"shanghai"_s).beginNew(paasTemplate(u"fresh"_s, u"Fresh"_s)));
        pressSite(2);
        pressSite(1);
        QVERIFY(!isAsking());
        QVERIFY(edit(u"shanghai"_s).isNew());
        QCOMPARE(edit(u"shanghai"_s).id(), u"fresh"_s);
        QVERIFY(find<TreeEditBar>()->isVisible());
    }

    void aTreeStaysChangedInAnotherLanguage()
    {
        startTwoSites();
        beginEditing();
        change(u"shanghai"_s);
        chooseInMenu(u"中文"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"文件(&F)"_s);
        QVERIFY(!isAsking());
        QCOMPARE(window().currentPage(), u"tree"_s);
        QVERIFY(find<TreeEditBar>()->isVisible());
        QCOMPARE(edit(u"shanghai"_s).tree().title, u"Mine"_s);
        QVERIFY(edit(u"shanghai"_s).steps().canUndo());
        chooseInMenu(u"English"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"&File"_s);
        QVERIFY(edit(u"shanghai"_s).isChanged());
    }

    void whatIsBeingWrittenCountsToo()
    {
        startTwoSites();
        beginEditing();
        QTest::keyClick(find<TreeList>(), Qt::Key_F2);
        auto *title = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(title);
        title->selectAll();
        QTest::keyClicks(title, u"Half a na"_s);
        QVERIFY(!edit(u"shanghai"_s).isChanged());
        pressSite(2);
        QCOMPARE(shownSite(), u"oslo"_s);
        QCOMPARE(edit(u"shanghai"_s).tree().title, u"Half a na"_s);
        QCOMPARE(edit(u"shanghai"_s).steps().count(), 1);
    }

    /// What was refused waits to be mended, also in a window that is built anew.
    void aRefusedEntryIsNotLost()
    {
        startTwoSites();
        beginEditing();
        window().showPage(u"tree"_s, u"dev/mysql"_s);
        auto *id = window().page(u"tree"_s)->findChild<QLineEdit *>(u"id"_s);
        QVERIFY(id->isVisible());
        id->setFocus();
        id->selectAll();
        QTest::keyClicks(id, u"no good!"_s);
        pressSite(2);
        QVERIFY(!edit(u"shanghai"_s).isChanged());
        m_app->sites().setCurrent(u"shanghai"_s);
        QCOMPARE(id->text(), u"no good!"_s);
        chooseInMenu(u"中文"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"文件(&F)"_s);
        chooseInMenu(u"English"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"&File"_s);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        id = window().page(u"tree"_s)->findChild<QLineEdit *>(u"id"_s);
        QCOMPARE(id->text(), u"no good!"_s);
        QVERIFY(!find<TreeForm>()->fault().isEmpty());
        // Esc gives it up, and it may be mended.
        id->setFocus();
        QTest::keyClick(id, Qt::Key_Escape);
        QCOMPARE(id->text(), u"mysql"_s);
        QVERIFY(find<TreeForm>()->fault().isEmpty());
    }

    void aFormThatIsHalfFilledIsNotLost()
    {
        startTwoSites();
        window().showPage(u"tree"_s, u"dev"_s);
        QTest::mouseClick(window().page(u"tree"_s)->findChild<QPushButton *>(u"moretrees"_s),
                          Qt::LeftButton);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        menu->actions().first()->trigger();
        menu->close();
        const auto fields = [this] { return find<NewTreeForm>()->findChildren<QLineEdit *>(); };
        QTest::keyClicks(fields().first(), u"half a"_s);
        window().showPage(u"events"_s);
        window().showPage(u"tree"_s);
        QVERIFY(find<NewTreeForm>()->isVisible());
        chooseInMenu(u"中文"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"文件(&F)"_s);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(find<NewTreeForm>()->isVisible());
        QCOMPARE(fields().first()->text(), u"half a"_s);
        chooseInMenu(u"English"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"&File"_s);
    }

    /// Also when the page that would ask was not needed yet.
    void aTreeIsNotLostBecauseItsPageIsNotThere()
    {
        startTwoSites();
        beginEditing();
        change(u"shanghai"_s);
        window().showPage(u"events"_s);
        chooseInMenu(u"中文"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"文件(&F)"_s);
        chooseInMenu(u"English"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"&File"_s);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_app->frame().close();
        QVERIFY(m_app->frame().isVisible());
        answer(u"Keep editing"_s);
        QVERIFY(edit(u"shanghai"_s).isChanged());
    }

    void aConfigurationStaysChanged()
    {
        startTwoSites();
        const QString ip = u"10.207.26.250"_s;
        {
            const auto session = actions(u"shanghai"_s).drafts().session({ip});
            session->take(ip, {{"note", "theirs"}, {"version", "6"}});
            session->set(u"x"_s, {u"note"_s}, u"mine"_s);
        }
        pressSite(2);
        pressSite(1);
        chooseInMenu(u"中文"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"文件(&F)"_s);
        QCOMPARE(actions(u"shanghai"_s).drafts().unsaved(), QStringList{ip});
        chooseInMenu(u"English"_s);
        QTRY_COMPARE(window().menuBar()->actions().first()->text(), u"&File"_s);
    }

    void theEndAsksOnEverySite()
    {
        startTwoSites();
        beginEditing();
        change(u"shanghai"_s);
        pressSite(2);
        // The change is on the site that nobody looks at.
        m_app->frame().close();
        QVERIFY(m_app->frame().isVisible());
        QCOMPARE(shownSite(), u"shanghai"_s);
        answer(u"Keep editing"_s);
        QVERIFY(m_app->frame().isVisible());
        QVERIFY(edit(u"shanghai"_s).isChanged());
        // And now on both.
        m_app->sites().setCurrent(u"oslo"_s);
        beginEditing();
        change(u"oslo"_s);
        QVERIFY(edit(u"oslo"_s).isChanged());
        m_app->frame().close();
        QVERIFY(m_app->frame().isVisible());
        answer(u"Cancel"_s);
        QVERIFY(m_app->frame().isVisible());
        QVERIFY(edit(u"shanghai"_s).isChanged() && edit(u"oslo"_s).isChanged());
        m_app->frame().close();
        answer(u"Close and lose it"_s);
        QTRY_VERIFY(!m_app->frame().isVisible());
    }

    void theEndNamesWhatEverySiteLoses()
    {
        startTwoSites();
        const QString ip = u"10.207.26.250"_s;
        for (const QString &site : {u"shanghai"_s, u"oslo"_s}) {
            const auto session = actions(site).drafts().session({ip});
            session->take(ip, {{"note", "theirs"}, {"version", "6"}});
            session->set(u"x"_s, {u"note"_s}, u"mine"_s);
        }
        window().showPage(u"tree"_s, u"dev"_s);
        beginEditing();
        change(u"shanghai"_s);
        m_app->frame().close();
        QVERIFY(m_app->frame().isVisible());
        auto *box = m_app->frame().findChild<QMessageBox *>();
        QVERIFY(box);
        const QStringList lines = box->informativeText().split(u'\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0], u"shanghai: 1 change of the service tree dev"_s);
        QVERIFY2(lines[1].startsWith(u"shanghai: changed configurations: "), qPrintable(lines[1]));
        QVERIFY2(lines[2].startsWith(u"oslo: changed configurations: "), qPrintable(lines[2]));
        answer(u"Close and lose it"_s);
        QTRY_VERIFY(!m_app->frame().isVisible());
        QVERIFY(actions(u"oslo"_s).drafts().unsaved().isEmpty());
    }

    void whatIsChangedAfterAWarningIsWarnedOfAgain()
    {
        startTwoSites();
        const QString ip = u"10.207.26.250"_s;
        const auto session = actions(u"shanghai"_s).drafts().session({ip});
        session->take(ip, {{"note", "theirs"}, {"version", "6"}});
        session->set(u"x"_s, {u"note"_s}, u"mine"_s);
        m_app->frame().close();
        QVERIFY(m_app->frame().isVisible());
        session->set(u"x"_s, {u"note"_s}, u"hours later"_s);
        m_app->frame().close();
        QVERIFY(m_app->frame().isVisible());
        m_app->frame().close();
        QTRY_VERIFY(!m_app->frame().isVisible());
    }

    void aSiteIsNotRemovedWithItsChangesUnasked()
    {
        SiteProfile profile;
        profile.id = u"away"_s;
        profile.name = u"Away"_s;
        profile.address = u"redis://127.0.0.1:1/0"_s;
        {
            QSettings settings(m_file, QSettings::IniFormat);
            SiteBook(settings).setSites({profile});
        }
        start();
        QVERIFY(edit(u"away"_s).beginNew(paasTemplate(u"shop"_s, u"Shop"_s)));
        chooseInMenu(u"&Sites…"_s);
        auto *dialog = window().findChild<SitesDialog *>();
        QVERIFY(dialog);
        auto *list = dialog->findChild<QListWidget *>();
        auto *remove = dialog->findChild<QPushButton *>(u"remove"_s);
        QTest::mouseClick(remove, Qt::LeftButton);
        QVERIFY(isAsking());
        QVERIFY(m_app->frame().findChild<QMessageBox *>()->informativeText().contains(u"shop"_s));
        answer(u"Cancel"_s);
        QCOMPARE(list->count(), 1);
        QTest::mouseClick(remove, Qt::LeftButton);
        answer(u"Remove site"_s);
        QCOMPARE(list->count(), 0);
        // Nothing to lose: nothing asked.
        dialog->reject();
        edit(u"away"_s).end();
        QTRY_VERIFY(!window().findChild<SitesDialog *>());
        chooseInMenu(u"&Sites…"_s);
        dialog = window().findChild<SitesDialog *>();
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"remove"_s), Qt::LeftButton);
        QVERIFY(!isAsking());
        QCOMPARE(dialog->findChild<QListWidget *>()->count(), 0);
    }
};

QTEST_MAIN(TestUnsaved)
#include "tst_unsaved.moc"
