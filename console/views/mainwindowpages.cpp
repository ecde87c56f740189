// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/commandspage.h"
#include "console/views/configpage.h"
#include "console/views/eventspage.h"
#include "console/views/fleetpage.h"
#include "console/views/mainwindow.h"
#include "console/views/overviewpage.h"
#include "console/views/pagestack.h"
#include "console/views/serverpage.h"
#include "console/views/sidebar.h"
#include "console/views/timecontrols.h"
#include "console/views/treepage.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

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

} // namespace Treewarden
