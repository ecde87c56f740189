// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/windowtools.h"

#include "console/dialogs/helpguide.h"
#include "console/dialogs/sharedialog.h"
#include "console/dialogs/shortcutsdialog.h"
#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/models/pagesharing.h"
#include "console/views/actionstrip.h"
#include "console/views/announcer.h"
#include "console/views/commandpalette.h"
#include "console/views/filterfield.h"
#include "console/views/linkbutton.h"
#include "console/views/mainwindow.h"
#include "console/views/page.h"
#include "console/views/statebar.h"

#include <QDesktopServices>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QShortcut>
#include <QUrl>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

const QKeySequence slash(u"/"_s);

bool hasSlash(const QWidget &page)
{
    for (const QShortcut *shortcut : page.findChildren<QShortcut *>()) {
        if (shortcut->keys().contains(slash))
            return true;
    }
    return false;
}

} // namespace

WindowTools::WindowTools(FleetSource &source, ActionCentre *actions, Preferences &preferences,
                         MainWindow &window)
    : QObject(&window)
    , m_preferences(preferences)
    , m_window(window)
    , m_palette(new CommandPalette(source, actions, preferences, window))
    , m_announcer(new Announcer(source, &window))
    , m_help(new HelpGuide(window))
{
    addGoMenu(source);
    addHelp();
    connect(&window, &MainWindow::pageMade, this, &WindowTools::giveSlash);
    for (Page *page : window.pages())
        giveSlash(*page);
    yieldKeys();
    if (auto *strip = window.findChild<ActionStrip *>())
        connect(strip, &ActionStrip::told, m_announcer, &Announcer::say);
}

/// `keys` in the portable form, several divided by blanks.
QAction *WindowTools::add(QMenu *menu, const QString &title, const QString &name,
                          const QString &keys)
{
    auto *action = new QAction(title, menu);
    action->setObjectName(name);
    QList<QKeySequence> sequences;
    for (const QString &key : keys.split(u' ', Qt::SkipEmptyParts))
        sequences << QKeySequence(key);
    action->setShortcuts(sequences);
    m_keys.append({action, sequences});
    menu->addAction(action);
    return action;
}

void WindowTools::addGoMenu(FleetSource &source)
{
    auto *go = new QMenu(tr("&Go"), &m_window);
    go->setObjectName(u"go"_s);
    const QList<QAction *> menus = m_window.menuBar()->actions();
    QAction *next = nullptr; // what stands behind View
    for (qsizetype i = 0; i + 1 < menus.size(); ++i) {
        if (menus[i]->menu() && menus[i]->menu()->objectName() == u"view")
            next = menus[i + 1];
    }
    m_window.menuBar()->insertMenu(next, go);
    const QAction *find = add(go, tr("&Find anything…"), u"palette"_s, u"Ctrl+K Ctrl+P"_s);
    connect(find, &QAction::triggered, this, [this] { m_palette->open(); });
    const QAction *act = add(go, tr("&Do something…"), u"palette-actions"_s, u"Ctrl+Shift+P"_s);
    connect(act, &QAction::triggered, this, [this] { m_palette->open(u">"_s); });
    QAction *filter = add(go, tr("Filter &this page"), u"filter"_s, u"Ctrl+F"_s);
    filter->setProperty("alsoKey", u"/"_s);
    connect(filter, &QAction::triggered, this, &WindowTools::filterPage);
    const QAction *again = add(go, tr("&Read everything again"), u"read-again"_s, u"Shift+F5"_s);
    connect(again, &QAction::triggered, &source, &FleetSource::retryNow);
    go->addSeparator();
    m_back = add(go, tr("&Back"), u"back"_s, u"Alt+Left"_s);
    m_forward = add(go, tr("F&orward"), u"forward"_s, u"Alt+Right"_s);
    connect(m_back, &QAction::triggered, &m_window, &MainWindow::goBack);
    connect(m_forward, &QAction::triggered, &m_window, &MainWindow::goForward);
    connect(&m_window, &MainWindow::pageShown, this, &WindowTools::yieldKeys);
    connect(&m_window, &MainWindow::pageShown, this, &WindowTools::showHistory);
    showHistory();
}

void WindowTools::showHistory()
{
    m_back->setEnabled(m_window.history().canGoBack());
    m_forward->setEnabled(m_window.history().canGoForward());
}

void WindowTools::addHelp()
{
    auto *help = m_window.findChild<QMenu *>(u"help"_s);
    QAction *about = help->actions().value(0);
    QAction *contents = add(help, tr("&Help about this place"), u"help-here"_s, u"F1"_s);
    help->insertAction(about, contents);
    connect(contents, &QAction::triggered, m_help, &HelpGuide::showHere);
    QAction *keys = add(help, tr("&Keyboard shortcuts"), u"shortcuts"_s, u"? Shift+F1"_s);
    help->insertAction(about, keys);
    connect(keys, &QAction::triggered, this, &WindowTools::showShortcuts);
}

/// A key that the page in front has another use for is the page's, else neither would work.
void WindowTools::yieldKeys()
{
    QSet<QKeySequence> taken;
    if (const QWidget *page = m_window.page(m_window.currentPage())) {
        for (const QShortcut *shortcut : page->findChildren<QShortcut *>()) {
            for (const QKeySequence &key : shortcut->keys())
                taken.insert(key);
        }
    }
    for (const auto &[action, wanted] : std::as_const(m_keys)) {
        QList<QKeySequence> keys = wanted;
        keys.removeIf([&taken](const QKeySequence &key) { return taken.contains(key); });
        if (action->shortcuts() != keys)
            action->setShortcuts(keys);
    }
}

/// Pages with a filter have "/" by themselves, or get it here.
void WindowTools::giveSlash(Page &page)
{
    if (!page.findChild<FilterField *>() || hasSlash(page))
        return;
    auto *shortcut = new QShortcut(slash, &page);
    connect(shortcut, &QShortcut::activated, this, &WindowTools::filterPage);
}

void WindowTools::filterPage()
{
    const QWidget *page = m_window.page(m_window.currentPage());
    if (!page)
        return;
    for (FilterField *field : page->findChildren<FilterField *>()) {
        if (!field->isVisible())
            continue;
        field->setFocus(Qt::ShortcutFocusReason);
        field->selectAll();
        return;
    }
    m_announcer->say(tr("This page has no filter."));
}

void WindowTools::showShortcuts()
{
    auto *dialog = new ShortcutsDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WindowTools::addSharing(PageSharing &sharing)
{
    m_sharing = &sharing;
    auto *tools = m_window.findChild<QMenu *>(u"tools"_s);
    if (!tools) {
        tools = new QMenu(tr("T&ools"), &m_window);
        tools->setObjectName(u"tools"_s);
        QMenu *help = m_window.findChild<QMenu *>(u"help"_s);
        m_window.menuBar()->insertMenu(help->menuAction(), tools);
    }
    const QAction *share
        = add(tools, tr("Share a read-only &page…"), u"share"_s, u"Ctrl+Shift+W"_s);
    connect(share, &QAction::triggered, this, &WindowTools::showSharing);
    auto *shared = new LinkButton;
    const auto showShared = [&sharing, shared] {
        shared->setText(tr("Shared at %1").arg(QUrl(sharing.url()).authority()));
        shared->setToolTip(tr("A read-only page is served: show it"));
        shared->setVisible(sharing.isRunning());
        shared->updateGeometry();
    };
    m_window.findChild<StateBar *>()->add(shared);
    connect(shared, &QAbstractButton::clicked, this, &WindowTools::showSharing);
    connect(&sharing, &PageSharing::changed, shared, showShared);
    showShared();
}

void WindowTools::showSharing()
{
    auto *dialog = new ShareDialog(*m_sharing, m_preferences, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ShareDialog::linkOpened, this,
            [](const QString &url) { QDesktopServices::openUrl(QUrl(url)); });
    dialog->open();
}

} // namespace Treewarden
