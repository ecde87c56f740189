// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/windowkeeper.h"

#include "console/app/unsavedwork.h"
#include "console/dialogs/actionflow.h"
#include "console/dialogs/configflow.h"
#include "console/dialogs/firststart.h"
#include "console/dialogs/sitesdialog.h"
#include "console/models/examplesource.h"
#include "console/models/fleetdesk.h"
#include "console/models/pasttext.h"
#include "console/models/watchersource.h"
#include "console/settings/preferences.h"
#include "console/views/examplenotice.h"
#include "console/views/mainwindow.h"

#include <QApplication>
#include <QCloseEvent>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// What stands for a site while none is configured.
std::unique_ptr<Site> makeNowhere()
{
    auto source = std::make_unique<WatcherSource>();
    auto desk = std::make_unique<FleetDesk>(*source);
    return std::make_unique<Site>(QString(), QString(), std::move(source), std::move(desk));
}

} // namespace

WindowKeeper::WindowKeeper(SiteList &sites, SiteSaver &saver, Preferences &preferences)
    : m_sites(sites)
    , m_saver(saver)
    , m_preferences(preferences)
    , m_nowhere(makeNowhere())
    , m_frame(preferences)
{
    connect(&sites, &SiteList::currentChanged, this, &WindowKeeper::showSite);
    connect(&sites, &SiteList::siteRemoved, this, [this](const QString &id) { m_kept.drop(id); });
    connect(&sites, &SiteList::changed, this, &WindowKeeper::showTitle);
    connect(&sites, &SiteList::siteChanged, this, &WindowKeeper::showTitle);
    connect(&m_frame, &ConsoleFrame::closing, this, &WindowKeeper::checkClosing);
}

WindowKeeper::~WindowKeeper() = default;

void WindowKeeper::rebuild()
{
    finishWriting();
    remember();
    m_kept.clear();
    deleteWindow(setContent(build()));
}

void WindowKeeper::showSite()
{
    finishWriting();
    remember();
    const QString left = m_shownSite;
    MainWindow *kept = m_kept.take(frontSite().id());
    keepOrDrop(setContent(kept ? kept : build()), left);
}

/// Of what was left: a window that asks something stays no more than a site that is gone.
void WindowKeeper::keepOrDrop(MainWindow *window, const QString &site)
{
    if (!window)
        return;
    const QList<QDialog *> dialogs = window->findChildren<QDialog *>();
    const bool isAsking = std::any_of(dialogs.begin(), dialogs.end(),
                                      [](const QDialog *dialog) { return dialog->isVisible(); });
    if (m_sites.find(site) && !isAsking)
        m_kept.keep(site, window);
    else
        deleteWindow(window);
}

/// Gives back the window that was there before.
MainWindow *WindowKeeper::setContent(MainWindow *window)
{
    Site &site = frontSite();
    const bool isNew = window->parent() != &m_frame;
    m_shownSite = site.id();
    MainWindow *before = m_frame.setContent(window);
    window->setLayouts(m_preferences.value(Preference::PageLayouts).toMap());
    if (isNew && m_places.contains(m_shownSite))
        window->setPlace(m_places[m_shownSite]);
    showTitle();
    Q_EMIT siteShown(site);
    return before;
}

MainWindow *WindowKeeper::build()
{
    Site &site = frontSite();
    // Else it would begin with the page that was left on another site.
    if (const auto place = m_places.constFind(site.id());
        place != m_places.cend() && !place->page.isEmpty())
        m_preferences.setValue(Preference::WindowPage, place->page);
    auto *window = new MainWindow(site.source(), m_preferences, &site.actions());
    if (m_sites.current())
        window->setSites(m_sites);
    connectWindow(*window);
    connect(&site.source(), &TimeSource::wantedChanged, window, [this] { showTitle(); });
    connectActions(*window, site);
    Q_EMIT built(*window, site);
    if (!m_sites.current()) {
        auto *firstStart = new FirstStart(m_saver);
        connect(firstStart, &FirstStart::exampleRequested, this, &WindowKeeper::exampleRequested);
        window->setFirstStart(firstStart);
    }
    return window;
}

/// What is being written in a field counts too: a key or a menu takes no field its focus.
void WindowKeeper::finishWriting()
{
    const MainWindow *window = m_frame.content();
    if (QWidget *field = window ? window->focusWidget() : nullptr)
        field->clearFocus();
}

/// Of the window that is going to be left.
void WindowKeeper::remember()
{
    const MainWindow *window = m_frame.content();
    if (!window)
        return;
    const WindowPlace place = window->place();
    if (!place.page.isEmpty())
        m_preferences.setValue(Preference::WindowPage, place.page);
    m_preferences.setValue(Preference::PageLayouts, window->layouts());
    m_places.insert(m_shownSite, place);
}

void WindowKeeper::connectWindow(MainWindow &window)
{
    connect(&window, &MainWindow::siteChosen, this, &WindowKeeper::chooseSite);
    connect(&window, &MainWindow::connectionRequested, this, &WindowKeeper::editSites);
    connect(&window, &MainWindow::layoutResetRequested, this, &WindowKeeper::resetLayout);
    connect(&window, &MainWindow::quitRequested, this, &WindowKeeper::quit);
    connect(&window, &MainWindow::notificationsRequested, this,
            &WindowKeeper::notificationsRequested);
    if (ExampleSource::isExample(m_sites.current() ? m_sites.current()->source().address()
                                                   : QString())) {
        auto *notice = new ExampleNotice;
        connect(notice, &ExampleNotice::left, this, &WindowKeeper::exampleLeft,
                Qt::QueuedConnection);
        window.setNotice(notice);
    }
}

/// What pages wish for goes through the questions, which live and die with the window.
void WindowKeeper::connectActions(MainWindow &window, Site &site)
{
    auto *flow = new ActionFlow(site.actions(), m_preferences, &window);
    connect(&window, &MainWindow::actionRequested, flow, &ActionFlow::request);
    connect(&window, &MainWindow::maintenanceRequested, flow, &ActionFlow::requestMaintenance);
    connect(&window, &MainWindow::keyRequested, flow, &ActionFlow::chooseKey);
    connect(flow, &ActionFlow::said, &window, &MainWindow::say);
    auto *configFlow = new ConfigFlow(site.actions(), m_preferences, &window);
    connect(&window, &MainWindow::configSaveRequested, configFlow, &ConfigFlow::save);
    connect(&window, &MainWindow::enrolRequested, configFlow, &ConfigFlow::decide);
    connect(configFlow, &ConfigFlow::said, &window, &MainWindow::say);
}

void WindowKeeper::editSites()
{
    auto *dialog = new SitesDialog(m_saver, &window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setLossOf([this](const QString &id) {
        Site *site = m_sites.find(id);
        return site ? lossOf(*site) : QString();
    });
    dialog->select(m_shownSite);
    dialog->open();
}

void WindowKeeper::resetLayout()
{
    finishWriting();
    m_frame.resetGeometry();
    m_places.insert(m_shownSite, window().place());
    m_preferences.setValue(Preference::PageLayouts, QVariantMap());
    m_preferences.setValue(Preference::FleetTableColumns, QString());
    m_kept.clear();
    deleteWindow(setContent(build()));
}

void WindowKeeper::showTitle()
{
    Site *site = m_sites.current();
    const QString title = site && m_sites.sites().size() > 1
        ? tr("%1 - Treewarden").arg(site->name())
        : tr("Treewarden");
    const qint64 moment = site ? site->source().wantedMoment() : 0;
    m_frame.setWindowTitle(moment > 0 ? tr("%1, the past - %2", "a clock, the window's title")
                                            .arg(clockText(moment, site->live().now()), title)
                                      : title);
}

void WindowKeeper::show(const QString &site, const QString &ip)
{
    m_frame.bringToFront();
    if (!m_sites.find(site) || !chooseSite(site))
        return;
    if (ip.isEmpty())
        window().showPage(u"overview"_s);
    else
        window().showPage(u"server"_s, ip);
}

/// False while a dialog is open: it belongs to the site in front, and what is written in it would
/// be lost.
bool WindowKeeper::chooseSite(const QString &id)
{
    if (frontSite().id() != id
        && isAsking(tr("First finish or cancel the dialog: another site "
                       "would take it away.")))
        return false;
    m_sites.setCurrent(id);
    return true;
}

/// Shows the dialog that is open, and says why nothing else happens.
bool WindowKeeper::isAsking(const QString &why)
{
    QWidget *dialog = QApplication::activeModalWidget();
    if (!dialog)
        return false;
    m_frame.bringToFront();
    dialog->raise();
    dialog->activateWindow();
    window().say(why);
    return true;
}

void WindowKeeper::quit()
{
    if (isAsking(tr("First finish or cancel the dialog: it would go with the program.")))
        return;
    m_isQuitting = true;
    if (m_frame.close())
        QApplication::quit();
    else
        m_frame.bringToFront(); // it asks, and may be in the tray
    m_isQuitting = false;
}

/// A rolling action may run, or a change be unsaved, on a site that nobody looks at.
void WindowKeeper::checkClosing(QCloseEvent *event)
{
    remember();
    const bool isKept = !m_isQuitting && m_trayKeepsProgram && m_trayKeepsProgram();
    QApplication::setQuitOnLastWindowClosed(!isKept); // nor by closing a question in the tray
    if (isKept) {
        event->ignore();
        m_frame.hide();
        Q_EMIT wentToTray();
        return;
    }
    QList<Site *> busy;
    for (const auto &site : m_sites.sites()) {
        if (!m_isLetGo && !unsavedWork(*site).isEmpty())
            busy << site.get();
    }
    if (busy.size() == 1)
        m_sites.setCurrent(busy.first()->id()); // its window asks, and offers to save
    // Whoever answers later closes or quits, as was meant when it was asked.
    const auto again = m_isQuitting ? &WindowKeeper::quit : &WindowKeeper::close;
    window().setCloseAgain([this, again] { (this->*again)(); });
    if (busy.size() > 1) {
        event->ignore();
        askToLoseWork(&m_frame, busy, [this, again] { closeAnyway(again); });
    }
}

void WindowKeeper::closeAnyway(void (WindowKeeper::*again)())
{
    for (const auto &site : m_sites.sites())
        dropUnsavedWork(*site);
    window().askNoMore();
    m_isLetGo = true;
    (this->*again)();
    m_isLetGo = false;
}

} // namespace Treewarden
