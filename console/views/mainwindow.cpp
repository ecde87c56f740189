// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/mainwindow.h"

#include "console/models/actioncentre.h"
#include "console/models/actiondesk.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/timesource.h"
#include "console/settings/preferences.h"
#include "console/views/actionmenu.h"
#include "console/views/actionstrip.h"
#include "console/views/commandspage.h"
#include "console/views/configpage.h"
#include "console/views/eventspage.h"
#include "console/views/fleetpage.h"
#include "console/views/loadingbar.h"
#include "console/views/offlinebanner.h"
#include "console/views/overviewpage.h"
#include "console/views/page.h"
#include "console/views/pagestack.h"
#include "console/views/pastbanner.h"
#include "console/views/rollingpanel.h"
#include "console/views/serverpage.h"
#include "console/views/sidebar.h"
#include "console/views/sitemenu.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "console/views/timebar.h"
#include "console/views/timecontrols.h"
#include "console/views/treepage.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMessageBox>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int narrowBelow = 1100; ///< px of the window's width; the sidebar then shows icons only

} // namespace

MainWindow::MainWindow(FleetSource &source, Preferences &preferences, ActionCentre *actions,
                       QWidget *parent)
    : QMainWindow(parent)
    , m_source(source)
    , m_preferences(preferences)
    , m_actions(actions)
    , m_sidebar(new Sidebar)
    , m_banner(new OfflineBanner(source))
    , m_stack(new PageStack)
    , m_stateBar(new StateBar(source, actions))
    , m_counting(250ms, [this] { showCounts(); })
{
    setFont(uiFont());
    auto *frame = new QWidget;
    m_grid = new QGridLayout(frame);
    QGridLayout *grid = m_grid;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    grid->addWidget(m_sidebar, 0, 0, 5, 1);
    grid->addWidget(m_banner, 0, 1);
    if (auto *time = qobject_cast<TimeSource *>(&source)) {
        m_time = new TimeControls(*time, preferences, this);
        grid->addWidget(m_time->banner(), 1, 1);
        grid->addWidget(m_time->bar(), 5, 0, 1, 2);
        connect(m_time, &TimeControls::problemsRequested, this,
                [this] { showPage(u"overview"_s); });
    }
    if (actions) {
        auto *rolling = new RollingPanel(*actions, frame);
        connect(rolling, &RollingPanel::serverChosen, this,
                [this](const QString &ip) { showPage(u"server"_s, ip); });
        m_strip = new ActionStrip(*actions, frame);
        connect(m_strip, &ActionStrip::commandsRequested, this,
                [this] { showPage(u"commands"_s); });
        grid->addWidget(rolling, 2, 1);
        grid->addWidget(m_strip, 4, 1);
    }
    grid->addWidget(m_stack, 3, 1);
    grid->addWidget(m_stateBar, 6, 0, 1, 2);
    grid->setRowStretch(3, 1);
    grid->setColumnStretch(1, 1);
    setCentralWidget(frame);
    connect(m_sidebar, &Sidebar::pageChosen, this, [this](const QString &key) { showPage(key); });
    connect(m_sidebar, &Sidebar::siteClicked, this, &MainWindow::connectionRequested);
    connect(m_banner, &OfflineBanner::connectionRequested, this, &MainWindow::connectionRequested);
    connect(m_stateBar, &StateBar::keyRequested, this, &MainWindow::keyRequested);
    connect(m_stack, &PageStack::currentChanged, this, &MainWindow::showActionTarget);
    connect(m_stack, &PageStack::pageMade, this, &MainWindow::connectPage);
    new LoadingBar(source, m_stack);
    createPages();
    createMenus();
    watchSource();
    m_sidebar->setIsNarrow(true); // until the width is known: a wide one widens a narrow window
    resize(1440, 900);
    const QString first = preferences.text(Preference::WindowPage);
    showPage(m_stack->contains(first) ? first : u"overview"_s);
}

MainWindow::~MainWindow() = default;

/// One entry a page. Those with a title stand in the sidebar, in this order.
void MainWindow::createPages()
{
    addPage(
        u"overview"_s, [this] { return new OverviewPage(m_source, m_actions); }, tr("Overview"),
        u"overview"_s);
    addPage(
        u"fleet"_s, [this] { return new FleetPage(m_source, m_preferences, m_actions); },
        tr("Fleet"), u"fleet"_s);
    addPage(
        u"tree"_s, [this] { return new TreePage(m_source, m_actions); }, tr("Service tree"),
        u"tree"_s);
    addPage(
        u"events"_s, [this] { return new EventsPage(m_source); }, tr("Events"), u"events"_s);
    if (m_actions)
        addPage(
            u"commands"_s, [this] { return new CommandsPage(*m_actions); }, tr("Commands"),
            u"command"_s);
    addPage(u"server"_s, [this] {
        auto *server = new ServerPage(m_source, m_actions);
        server->remember(m_preferences);
        return server;
    });
    if (m_actions)
        addPage(u"config"_s, [this] { return new ConfigPage(*m_actions); });
}

void MainWindow::addPage(const QString &key, const std::function<Page *()> &make,
                         const QString &title, const QString &iconName)
{
    m_stack->add(key, make);
    m_pageIcons.insert(key, iconName);
    if (!title.isEmpty())
        m_sidebar->addPage(key, title, iconName);
}

void MainWindow::connectPage(Page &made)
{
    const Page *page = &made;
    connect(page, &Page::openServer, this,
            [this](const QString &ip) { showPage(u"server"_s, ip); });
    connect(page, &Page::openTree, this, [this](const QString &id) { showPage(u"tree"_s, id); });
    connect(page, &Page::openFleet, this,
            [this](const QString &filter) { showPage(u"fleet"_s, filter); });
    connect(page, &Page::openEvents, this, [this] { showPage(u"events"_s); });
    connect(page, &Page::openCommands, this, [this] { showPage(u"commands"_s); });
    connect(page, &Page::actionRequested, this, &MainWindow::actionRequested);
    connect(page, &Page::maintenanceRequested, this, &MainWindow::maintenanceRequested);
    connect(page, &Page::openConfiguration, this, &MainWindow::editConfiguration);
    connect(page, &Page::configSaveRequested, this, &MainWindow::configSaveRequested);
    connect(page, &Page::enrolRequested, this, &MainWindow::enrolRequested);
    connect(page, &Page::said, this, &MainWindow::say);
    connect(page, &Page::actionTargetChanged, this, &MainWindow::showActionTarget);
    if (m_time)
        connect(page, &Page::momentRequested, m_time, &TimeControls::goTo);
    Q_EMIT pageMade(made);
}

Page *MainWindow::page(const QString &key) const
{
    return m_stack->page(key);
}

QList<Page *> MainWindow::pages() const
{
    return m_stack->made().values();
}

void MainWindow::showPage(const QString &key, const QString &what)
{
    if (!m_stack->contains(key))
        return;
    m_history.visit({key, what});
    bringToFront({key, what});
}

void MainWindow::bringToFront(const PageHistory::Place &place)
{
    Page *page = m_stack->page(place.page), *present = m_stack->current();
    if (present && present != page && !present->mayLeave([=, this] { bringToFront(place); })) {
        m_sidebar->setCurrent(currentPage());
        return;
    }
    m_stack->placedPage(place.page);
    if (!place.what.isEmpty())
        page->open(place.what);
    if (!m_firstStart)
        m_stack->setCurrentWidget(page);
    const bool isServer = place.page == u"server" || place.page == u"config"; // of the fleet
    m_sidebar->setCurrent(isServer ? u"fleet"_s : place.page);
    Q_EMIT pageShown(place.page);
}

void MainWindow::goBack()
{
    if (const auto place = m_history.back())
        bringToFront(*place);
}

void MainWindow::goForward()
{
    if (const auto place = m_history.forward())
        bringToFront(*place);
}

void MainWindow::focusPage()
{
    m_stack->focusCurrent();
}

QString MainWindow::pageIcon(const QString &key) const
{
    return m_pageIcons.value(key);
}

QString MainWindow::currentPage() const
{
    return m_stack->currentKey();
}

void MainWindow::setFirstStart(QWidget *widget)
{
    delete m_firstStart;
    m_firstStart = widget;
    m_sidebar->setVisible(!widget);
    if (m_time)
        m_time->bar()->setVisible(!widget);
    if (widget) {
        m_stack->addWidget(widget);
        m_stack->setCurrentWidget(widget);
    } else {
        showPage(m_preferences.text(Preference::WindowPage));
    }
    showLive();
}

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

void MainWindow::setNotice(QWidget *notice)
{
    m_grid->addWidget(notice, 0, 1);
}

void MainWindow::setSites(SiteList &sites)
{
    m_sidebar->setSites(sites);
    auto *menu = new SiteMenu(sites, this);
    menuBar()->insertMenu(menuBar()->actions().value(1), menu);
    connect(m_sidebar, &Sidebar::siteChosen, this, &MainWindow::siteChosen);
    connect(menu, &SiteMenu::siteChosen, this, &MainWindow::siteChosen);
    connect(menu, &SiteMenu::sitesRequested, this, &MainWindow::connectionRequested);
}

WindowPlace MainWindow::place() const
{
    return {currentPage(), m_stack->places()};
}

void MainWindow::setPlace(const WindowPlace &place)
{
    m_stack->setPlaces(place.places);
    showPage(place.page);
}

QVariantMap MainWindow::layouts() const
{
    return m_stack->layouts();
}

void MainWindow::setLayouts(const QVariantMap &layouts)
{
    m_stack->setLayouts(layouts);
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

void MainWindow::say(const QString &sentence)
{
    if (m_strip)
        m_strip->say(sentence);
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

/// Totals look at every service: a burst of changes is counted once.
void MainWindow::watchSource()
{
    const auto countSoon = [this] { m_counting.ask(); };
    connect(&m_source, &FleetSource::liveChanged, this, &MainWindow::showLive);
    connect(&m_source, &FleetSource::reset, this, &MainWindow::countAgain);
    connect(&m_source, &FleetSource::liveChanged, this, &MainWindow::countAgain);
    for (auto signal : {&FleetSource::treesChanged, &FleetSource::maintenanceChanged,
                        &FleetSource::momentChanged})
        connect(&m_source, signal, this, countSoon);
    for (auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(&m_source, signal, this, countSoon);
    showLive();
    countAgain();
}

/// The page comes first.
void MainWindow::countAgain()
{
    m_counting.doIn(pauseUntil(1, m_source.state().servers.size()));
}

void MainWindow::showLive()
{
    const bool isConfigured = !m_source.address().isEmpty();
    const bool isTroubled = m_source.hasState() || !m_source.trouble().isEmpty();
    m_banner->setVisible(isConfigured && !m_firstStart && !m_source.isLive() && isTroubled);
    const Theme &theme = themeOf(this);
    const Theme &shown = m_source.hasState() && !m_source.isLive() ? staleTheme(theme) : theme;
    m_stack->setPalette(shown.palette());
    m_sidebar->setSitePalette(shown.palette());
}

void MainWindow::showCounts()
{
    const FleetState &state = m_source.state();
    const FleetTotals totals = fleetTotals(state, m_source.now());
    m_sidebar->setCount(u"fleet"_s, totals.serversDied + totals.serversUnknown,
                        totals.serversDied ? Health::Died : Health::Unknown);
    m_sidebar->setCount(u"tree"_s, totals.trees - totals.treesAlive, Health::Degraded);
    m_sidebar->setSite(shortAddress(m_source.address()), serverCountText(totals.servers));
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showLive();
    QMainWindow::changeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    m_sidebar->setIsNarrow(width() < narrowBelow);
    QMainWindow::resizeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_actions && !m_actions->drafts().unsaved().isEmpty() && !m_isCloseWarned) {
        m_isCloseWarned = true;
        say(tr("Changed configurations are not saved yet. Save or discard them, or close the "
               "window once more: they are then lost."));
        event->ignore();
        return;
    }
    if (m_actions && m_actions->desk().rolling().isRunning && !m_isCloseWarned) {
        m_isCloseWarned = true;
        say(tr("A rolling action is still running. Stop it first, or close the window once more: "
               "what is under way is then finished, and the rest is not begun."));
        event->ignore();
        return;
    }
    if (m_actions && m_actions->treeEdit().isChanged())
        page(u"tree"_s); // asks about it, although nobody has seen it here yet
    for (Page *page : pages()) {
        if (page->mayLeave([this] { window()->close(); }))
            continue;
        showPage(m_stack->made().key(page));
        event->ignore();
        return;
    }
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

} // namespace Treewarden
