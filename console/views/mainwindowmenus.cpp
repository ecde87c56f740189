// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/models/actiondesk.h"
#include "console/settings/preferences.h"
#include "console/views/actionmenu.h"
#include "console/views/mainwindow.h"
#include "console/views/page.h"
#include "console/views/pagestack.h"
#include "console/views/serverpage.h"
#include "console/views/sidebar.h"
#include "console/views/timebar.h"
#include "console/views/timecontrols.h"

#include <QActionGroup>
#include <QLayout>
#include <QMenuBar>
#include <QMessageBox>

namespace Treewarden {
using namespace Qt::StringLiterals;

void MainWindow::createMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    QAction *connection = file->addAction(tr("&Sites…"), this, &MainWindow::connectionRequested);
    connection->setShortcut(QKeySequence(u"Ctrl+Shift+O"_s));
    if (m_actions) {
        QAction *edit = file->addAction(tr("&Edit configuration…"), this, [this] {
            const Page *page = m_stack->current();
            editConfiguration(page ? page->actionTarget().ips() : QStringList());
        });
        edit->setShortcut(QKeySequence(u"Ctrl+Shift+E"_s));
    }
    QAction *notifications
        = file->addAction(tr("&Notifications…"), this, &MainWindow::notificationsRequested);
    notifications->setShortcut(QKeySequence(u"Ctrl+Shift+N"_s));
    file->addSeparator();
    QAction *quit = file->addAction(tr("&Quit"), this, &MainWindow::quitRequested);
    quit->setShortcut(QKeySequence(u"Ctrl+Q"_s));

    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->setObjectName(u"view"_s);
    int number = 0;
    for (const auto &[key, title] : m_sidebar->pages()) {
        QAction *show = view->addAction(title, this, [this, key = key] { showPage(key); });
        show->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(++number)));
        show->setObjectName(u"page/"_s + key);
    }
    addViewChoices(view);
    if (m_time)
        m_time->fillMenu(menuBar()->addMenu(tr("&Time")));
    if (m_actions)
        createActionMenu();

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->setObjectName(u"help"_s);
    help->addAction(tr("&About Treewarden"), this, &MainWindow::showAbout);
}

void MainWindow::addViewChoices(QMenu *view)
{
    view->addSeparator();
    addChoices(
        view->addMenu(tr("&Theme")), Preference::Theme,
        {{u"system"_s, tr("Like the system")}, {u"light"_s, tr("Light")}, {u"dark"_s, tr("Dark")}});
    addChoices(
        view->addMenu(tr("&Language")), Preference::Language,
        {{u"system"_s, tr("Like the system")}, {u"en"_s, u"English"_s}, {u"zh_CN"_s, u"中文"_s}});
    view->addSeparator();
    QAction *full = view->addAction(tr("&Full screen"), this, [this] {
        window()->setWindowState(window()->windowState() ^ Qt::WindowFullScreen);
    });
    full->setShortcut(Qt::Key_F11);
    QAction *reset = view->addAction(tr("&Reset layout"), this, &MainWindow::layoutResetRequested);
    reset->setShortcut(QKeySequence(u"Shift+F11"_s));
}

void MainWindow::createActionMenu()
{
    m_actionMenu = new ActionMenu(*m_actions, ActionMenu::Shortcuts::Yes, this);
    m_actionMenu->setTitle(tr("&Actions"));
    menuBar()->addMenu(m_actionMenu);
    connect(m_actionMenu, &ActionMenu::actionRequested, this, &MainWindow::actionRequested);
    connect(m_actionMenu, &ActionMenu::maintenanceRequested, this,
            &MainWindow::maintenanceRequested);
    connect(&m_actions->log(), &CommandLog::runningChanged, this, &MainWindow::showRunning);
    connect(&m_actions->desk(), &ActionDesk::rollingChanged, this,
            [this] { m_isCloseWarned = m_isCloseWarned && m_actions->desk().rolling().isRunning; });
    connect(&m_actions->drafts(), &ConfigDesk::changed, this, [this] { m_isCloseWarned = false; });

    QMenu *key = menuBar()->addMenu(tr("&Key"));
    QAction *choose = key->addAction(tr("&Signing key…"), this, &MainWindow::keyRequested);
    choose->setShortcut(QKeySequence(u"Ctrl+Shift+K"_s));
    QAction *lock = key->addAction(tr("&Lock the key"), &m_actions->keys(), &KeyRing::lock);
    lock->setShortcut(QKeySequence(u"Ctrl+Shift+L"_s));
    const auto showLock = [this, lock] { lock->setEnabled(m_actions->keys().isUnlocked()); };
    connect(&m_actions->keys(), &KeyRing::changed, lock, showLock);
    showLock();
    showActionTarget();
    showRunning();
}

/// Of one server on its own page, of several together.
void MainWindow::editConfiguration(const QStringList &ips)
{
    if (ips.isEmpty())
        return say(tr("Choose the servers whose configuration you mean on the fleet page."));
    if (ips.size() > int(ActionCentre::mostPlaces))
        return say(tr("That is too much for one step: choose at most %1 servers.")
                       .arg(ActionCentre::mostPlaces));
    if (ips.size() > 1)
        return showPage(u"config"_s, ips.join(u' '));
    auto *server = static_cast<ServerPage *>(page(u"server"_s));
    if (currentPage() != u"server" || server->ip() != ips.first())
        showPage(u"server"_s, ips.first());
    server->showConfiguration();
}

/// The menu acts on what is chosen on the page in front.
void MainWindow::showActionTarget()
{
    const Page *page = m_stack->current();
    if (m_actionMenu)
        m_actionMenu->setTarget(page ? page->actionTarget() : ActionScope());
}

void MainWindow::showRunning()
{
    const auto count = int(m_actions->log().running().size());
    m_sidebar->setNote(u"commands"_s, count == 0 ? QString() : tr("%1 running").arg(count));
}

/// A menu of which one entry is chosen; the choice is a preference.
void MainWindow::addChoices(QMenu *menu, Preference preference,
                            const QList<std::pair<QString, QString>> &choices)
{
    auto *group = new QActionGroup(menu);
    for (const auto &[value, title] : choices) {
        QAction *action = menu->addAction(title);
        action->setCheckable(true);
        action->setChecked(m_preferences.text(preference) == value);
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, preference, value = value] { m_preferences.setValue(preference, value); });
        // The window of another site may have changed it.
        connect(&m_preferences, &Preferences::changed, action,
                [this, action, preference, value = value](Preference changed) {
                    if (changed == preference && m_preferences.text(preference) == value)
                        action->setChecked(true);
                });
    }
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, tr("About Treewarden"),
        tr("Treewarden %1 watches a fleet of servers and the service tree on them.\n\n"
           "Free software under the GNU General Public License, version 3 or later.")
            .arg(QStringLiteral(TREEWARDEN_VERSION)),
        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(windowIcon().pixmap(64));
    box->setTextFormat(Qt::PlainText);
    box->layout()->setContentsMargins(16, 20, 20, 16);
    box->open(); // the fleet goes on behind it
}

} // namespace Treewarden
