// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/windowkeeper.h"
#include "console/dialogs/maintenancedialog.h"
#include "console/settings/preferences.h"
#include "console/settings/sitebook.h"
#include "console/settings/sitesaver.h"
#include "console/views/actionstrip.h"
#include "console/views/mainwindow.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/memorystore.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString ip = u"10.207.26.250"_s;

} // namespace

/// A console without its desktop: the tray is what a test says.
struct TwoSiteConsole
{
    explicit TwoSiteConsole(const QString &file)
        : settings(file, QSettings::IniFormat)
    {
        for (const QString &id : {u"shanghai"_s, u"oslo"_s})
            sites.add(std::make_unique<Site>(
                id, id, std::make_unique<FixedSource>(demoFleet(evening), evening),
                std::make_unique<FixedDesk>()));
        windows.frame().resize(1440, 900);
        windows.frame().show();
    }

    QSettings settings;
    Preferences preferences{settings};
    MemoryPasswords memory;
    SiteBook book{settings};
    SiteSaver saver{book, *memory.passwords};
    SiteList sites;
    WindowKeeper windows{sites, saver, preferences};
};

/// Another site is wanted, or the end, while something else is open: from the tray or from a
/// message of the desktop, which no dialog holds back.
class TestSwitching : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<TwoSiteConsole> m_console;

    WindowKeeper &windows() { return m_console->windows; }

    QString shownSite() { return m_console->sites.current()->id(); }

    TreeEdit &edit(const QString &site)
    {
        return m_console->sites.find(site)->actions().treeEdit();
    }

    void change(const QString &site)
    {
        QVERIFY(edit(site).begin(u"dev"_s));
        QVERIFY(edit(site).make({.kind = TreeChange::Kind::SetTitle, .text = u"Mine"_s}));
    }

    /// With its reason half written.
    MaintenanceDialog *openDialog()
    {
        windows().window().showPage(u"server"_s, ip);
        QTest::keyClick(&windows().window(), Qt::Key_M, Qt::ControlModifier);
        auto *dialog = windows().frame().findChild<MaintenanceDialog *>();
        if (dialog)
            QTest::keyClicks(dialog->findChild<QLineEdit *>(u"reason"_s), u"the disk is"_s);
        return dialog;
    }

    bool hasSaid(const QString &words)
    {
        const auto labels = windows().window().findChild<ActionStrip *>()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(words); });
    }

    void answer(const QString &button)
    {
        QPointer<QMessageBox> box;
        QTRY_VERIFY((box = windows().frame().findChild<QMessageBox *>()));
        for (QAbstractButton *one : box->buttons()) {
            if (one->text() != button)
                continue;
            QTest::mouseClick(one, Qt::LeftButton);
            QTRY_VERIFY(!box);
            return;
        }
        QFAIL(qPrintable(u"no button "_s + button));
    }

private Q_SLOTS:

    void init()
    {
        static int count = 0;
        m_console = std::make_unique<TwoSiteConsole>(m_folder.filePath(u"%1.ini"_s.arg(++count)));
        QVERIFY(QTest::qWaitForWindowActive(&windows().frame()));
    }

    void cleanup() { m_console.reset(); }

    void aDialogIsNotLostWithItsSite()
    {
        const QPointer<MaintenanceDialog> dialog = openDialog();
        QVERIFY(dialog && dialog->isVisible());
        windows().show(u"oslo"_s, ip);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(shownSite(), u"shanghai"_s);
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->reason(), u"the disk is"_s);
        QTRY_COMPARE(QApplication::activeWindow(), dialog);
        QVERIFY(hasSaid(u"First finish or cancel the dialog"_s));
        // The same site is shown behind it.
        windows().show(u"shanghai"_s);
        QVERIFY(dialog && dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!dialog);
        windows().show(u"oslo"_s, ip);
        QCOMPARE(shownSite(), u"oslo"_s);
        QCOMPARE(windows().window().currentPage(), u"server"_s);
    }

    /// Menus that the desktop shows are not held back either.
    void noMenuTakesADialogAway()
    {
        const QPointer<MaintenanceDialog> dialog = openDialog();
        Q_EMIT windows().window().siteChosen(u"oslo"_s);
        QCOMPARE(shownSite(), u"shanghai"_s);
        QVERIFY(dialog && dialog->isVisible());
    }

    void quittingLeavesADialogOpen()
    {
        windows().setTray([] { return true; });
        QSignalSpy ended(qApp, &QApplication::aboutToQuit);
        const QPointer<MaintenanceDialog> dialog = openDialog();
        windows().quit();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(windows().frame().isVisible());
        QCOMPARE(dialog->reason(), u"the disk is"_s);
    }

    void discardingEndsAProgramThatTheTrayKeeps_data()
    {
        QTest::addColumn<bool>("isHidden");
        QTest::newRow("from the window") << false;
        QTest::newRow("from the tray") << true;
    }

    void discardingEndsAProgramThatTheTrayKeeps()
    {
        QFETCH(bool, isHidden);
        windows().setTray([] { return true; });
        QSignalSpy wentToTray(&windows(), &WindowKeeper::wentToTray);
        change(u"oslo"_s);
        if (isHidden) {
            windows().frame().close();
            QVERIFY(!windows().frame().isVisible());
            QCOMPARE(wentToTray.size(), 1);
        }
        bool isLate = false;
        QTimer deadline;
        deadline.callOnTimeout([&isLate] { isLate = true, QApplication::quit(); });
        deadline.start(10s);
        QTimer::singleShot(0, this, [this] {
            windows().quit();
            QVERIFY(windows().frame().isVisible());
            QCOMPARE(shownSite(), u"oslo"_s);
            answer(u"Discard"_s);
        });
        QApplication::exec();
        QVERIFY(!isLate);
        QVERIFY(!windows().frame().isVisible());
        QCOMPARE(wentToTray.size(), isHidden ? 1 : 0);
    }

    /// A later closing of the window is no quitting.
    void keepingOnEditingForgetsTheQuitting()
    {
        windows().setTray([] { return true; });
        QSignalSpy wentToTray(&windows(), &WindowKeeper::wentToTray);
        change(u"oslo"_s);
        windows().quit();
        answer(u"Keep editing"_s);
        QVERIFY(windows().frame().isVisible());
        QVERIFY(edit(u"oslo"_s).isChanged());
        windows().frame().close();
        QCOMPARE(wentToTray.size(), 1);
        QVERIFY(!windows().frame().isVisible());
        QVERIFY(edit(u"oslo"_s).isChanged());
    }
};

QTEST_MAIN(TestSwitching)
#include "tst_switching.moc"
