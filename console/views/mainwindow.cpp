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
#include "console/views/loadingbar.h"
#include "console/views/offlinebanner.h"
#include "console/views/page.h"
#include "console/views/pagestack.h"
#include "console/views/pastbanner.h"
#include "console/views/rollingpanel.h"
#include "console/views/sidebar.h"
#include "console/views/sitemenu.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "console/views/timebar.h"
#include "console/views/timecontrols.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenuBar>

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

void MainWindow::say(const QString &sentence)
{
    if (m_strip)
        m_strip->say(sentence);
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
    const FleetTotals totals = m_source.rollup().totals();
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
        if (page->mayLeave(m_closeAgain))
            continue;
        showPage(m_stack->made().key(page));
        event->ignore();
        return;
    }
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

} // namespace Treewarden
