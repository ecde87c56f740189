// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/mainwindow.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/settings/preferences.h"
#include "console/views/eventspage.h"
#include "console/views/fleetpage.h"
#include "console/views/offlinebanner.h"
#include "console/views/overviewpage.h"
#include "console/views/page.h"
#include "console/views/serverpage.h"
#include "console/views/sidebar.h"
#include "console/views/statebar.h"
#include "console/views/theme.h"
#include "console/views/treepage.h"

#include <QActionGroup>
#include <QApplication>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int narrowBelow = 1100; ///< px of the window's width; the sidebar then shows icons only

/// Three drawings, not one scaled: the small ones have fewer and thicker parts.
QIcon programIcon()
{
    QIcon icon;
    for (const int size : {16, 32, 128})
        icon.addFile(u":/icons/treewarden-%1.png"_s.arg(size), QSize(size, size));
    return icon;
}

} // namespace

MainWindow::MainWindow(FleetSource &source, Preferences &preferences, QWidget *parent)
    : QMainWindow(parent)
    , m_source(source)
    , m_preferences(preferences)
    , m_sidebar(new Sidebar)
    , m_banner(new OfflineBanner(source))
    , m_stack(new QStackedWidget)
    , m_stateBar(new StateBar(source))
{
    setWindowTitle(tr("Treewarden"));
    setWindowIcon(programIcon());
    setFont(uiFont());
    auto *frame = new QWidget;
    auto *grid = new QGridLayout(frame);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    grid->addWidget(m_sidebar, 0, 0, 2, 1);
    grid->addWidget(m_banner, 0, 1);
    grid->addWidget(m_stack, 1, 1);
    grid->addWidget(m_stateBar, 2, 0, 1, 2);
    grid->setRowStretch(1, 1);
    grid->setColumnStretch(1, 1);
    setCentralWidget(frame);
    connect(m_sidebar, &Sidebar::pageChosen, this, [this](const QString &key) { showPage(key); });
    connect(m_sidebar, &Sidebar::siteClicked, this, &MainWindow::connectionRequested);
    connect(m_banner, &OfflineBanner::connectionRequested, this, &MainWindow::connectionRequested);
    createPages();
    createMenus();
    watchSource();
    resize(1440, 900);
    restoreGeometry(preferences.value(Preference::WindowGeometry).toByteArray());
    showPage(preferences.text(Preference::WindowPage));
}

MainWindow::~MainWindow() = default;

/// One line a page. Those with a title stand in the sidebar, in this order.
void MainWindow::createPages()
{
    addPage(u"overview"_s, new OverviewPage(m_source), tr("Overview"), u"overview"_s);
    addPage(u"fleet"_s, new FleetPage(m_source), tr("Fleet"), u"fleet"_s);
    addPage(u"tree"_s, new TreePage(m_source), tr("Service tree"), u"tree"_s);
    addPage(u"events"_s, new EventsPage(m_source), tr("Events"), u"events"_s);
    addPage(u"server"_s, new ServerPage(m_source));
}

void MainWindow::addPage(const QString &key, Page *page, const QString &title,
                         const QString &iconName)
{
    m_pages.insert(key, page);
    m_stack->addWidget(page);
    if (!title.isEmpty())
        m_sidebar->addPage(key, title, iconName);
    connect(page, &Page::openServer, this,
            [this](const QString &ip) { showPage(u"server"_s, ip); });
    connect(page, &Page::openTree, this, [this](const QString &id) { showPage(u"tree"_s, id); });
    connect(page, &Page::openFleet, this,
            [this](const QString &filter) { showPage(u"fleet"_s, filter); });
    connect(page, &Page::openEvents, this, [this] { showPage(u"events"_s); });
}

void MainWindow::showPage(const QString &key, const QString &what)
{
    Page *page = m_pages.value(key);
    if (!page)
        return;
    if (!what.isEmpty())
        page->open(what);
    if (!m_firstStart)
        m_stack->setCurrentWidget(page);
    m_sidebar->setCurrent(key == u"server"_s ? u"fleet"_s : key); // a server is one of the fleet
}

QString MainWindow::currentPage() const
{
    return m_pages.key(qobject_cast<Page *>(m_stack->currentWidget()));
}

void MainWindow::setFirstStart(QWidget *widget)
{
    delete m_firstStart;
    m_firstStart = widget;
    m_sidebar->setVisible(!widget);
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
    file->addAction(tr("&Connection…"), this, &MainWindow::connectionRequested);
    file->addSeparator();
    QAction *quit = file->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);

    QMenu *view = menuBar()->addMenu(tr("&View"));
    int number = 0;
    for (const auto &[key, title] : m_sidebar->pages()) {
        QAction *show = view->addAction(title, this, [this, key = key] { showPage(key); });
        show->setShortcut(QKeySequence(u"Ctrl+%1"_s.arg(++number)));
    }
    view->addSeparator();
    addChoices(
        view->addMenu(tr("&Theme")), Preference::Theme,
        {{u"system"_s, tr("Like the system")}, {u"light"_s, tr("Light")}, {u"dark"_s, tr("Dark")}});
    addChoices(
        view->addMenu(tr("&Language")), Preference::Language,
        {{u"system"_s, tr("Like the system")}, {u"en"_s, u"English"_s}, {u"zh_CN"_s, u"中文"_s}});

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&About Treewarden"), this, &MainWindow::showAbout);
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
    }
}

void MainWindow::showAbout()
{
    QMessageBox::about(
        this, tr("About Treewarden"),
        tr("Treewarden %1 watches a fleet of servers and the service tree on them.\n\n"
           "Free software under the GNU General Public License, version 3 or later.")
            .arg(QStringLiteral(TREEWARDEN_VERSION)));
}

/// Totals look at every service: a burst of changes is counted once.
void MainWindow::watchSource()
{
    m_countsTimer.setSingleShot(true);
    m_countsTimer.setInterval(250ms);
    connect(&m_countsTimer, &QTimer::timeout, this, &MainWindow::showCounts);
    const auto countSoon = [this] {
        if (!m_countsTimer.isActive())
            m_countsTimer.start();
    };
    connect(&m_source, &FleetSource::liveChanged, this, &MainWindow::showLive);
    connect(&m_source, &FleetSource::reset, this, &MainWindow::showCounts);
    for (auto signal : {&FleetSource::treesChanged, &FleetSource::maintenanceChanged})
        connect(&m_source, signal, this, countSoon);
    for (auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(&m_source, signal, this, countSoon);
    showLive();
    showCounts();
}

void MainWindow::showLive()
{
    const bool isConfigured = !m_source.address().isEmpty();
    m_banner->setVisible(isConfigured && !m_firstStart && !m_source.isLive());
    const Theme &theme = themeOf(this);
    const Theme &shown = m_source.hasState() && !m_source.isLive() ? staleTheme(theme) : theme;
    m_stack->setPalette(shown.palette());
    m_sidebar->setPalette(shown.palette());
    showCounts();
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
    m_preferences.setValue(Preference::WindowGeometry, saveGeometry());
    if (const QString page = currentPage(); !page.isEmpty())
        m_preferences.setValue(Preference::WindowPage, page);
    QMainWindow::closeEvent(event);
}

} // namespace Treewarden
