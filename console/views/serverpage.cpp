// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/serverpage.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/views/actingline.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/commandtable.h"
#include "console/views/configeditor.h"
#include "console/views/emptystate.h"
#include "console/views/factsline.h"
#include "console/views/healthicon.h"
#include "console/views/pageheader.h"
#include "console/views/pagetabs.h"
#include "console/views/schedulepanel.h"
#include "console/views/tonedlabel.h"
#include "console/views/workloadpanel.h"
#include "shared/core/textformat.h"

#include <QListView>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ServerPage::ServerPage(FleetSource &source, ActionCentre *actions, QWidget *parent)
    : Page(source, parent)
    , m_actions(actions)
    , m_services(source)
    , m_events(source)
    , m_content(new QStackedWidget)
    , m_nothing(new EmptyState)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_content, 1);
    m_content->addWidget(makeCharts());
    m_content->addWidget(makeEvents());
    if (m_actions) {
        m_content->addWidget(makeCommands());
        m_schedule = new SchedulePanel(*m_actions);
        m_content->addWidget(m_schedule);
        m_config = new ConfigEditor(*m_actions);
        connect(m_config, &ConfigEditor::saveRequested, this, &Page::configSaveRequested);
        connect(m_config, &ConfigEditor::actionRequested, this, &Page::actionRequested);
        connect(m_config, &ConfigEditor::said, this, &Page::said);
        m_content->addWidget(m_config);
    }
    m_content->addWidget(m_nothing);
    if (m_actions)
        addActions();
    connect(m_tabs, &QTabBar::currentChanged, this, &ServerPage::showServer);
    connect(m_nothing, &EmptyState::buttonClicked, this, [this] { Q_EMIT openFleet({}); });
    watchSource();
    showServer();
}

void ServerPage::watchSource()
{
    const FleetSource &from = source();
    for (const auto signal :
         {&FleetSource::reset, &FleetSource::liveChanged, &FleetSource::maintenanceChanged,
          &FleetSource::treesChanged, &FleetSource::momentChanged})
        connect(&from, signal, this, &ServerPage::showServer);
    for (const auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved}) {
        connect(&from, signal, this, [this](const QString &ip) {
            if (ip == m_ip)
                showServer();
        });
    }
    connect(&m_services, &QAbstractItemModel::modelReset, this, &ServerPage::showServiceCount);
    connect(&m_services, &QAbstractItemModel::dataChanged, this, &ServerPage::showServiceCount);
    connect(&m_events, &QAbstractItemModel::modelReset, this, &ServerPage::showEventsState);
    connect(&m_events, &QAbstractItemModel::rowsInserted, this, &ServerPage::showEventsState);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (!isVisible())
            return;
        m_services.refresh();
        showServer();
    });
    m_ages.start(5s);
}

void ServerPage::open(const QString &what)
{
    m_ip = what;
    m_services.setServer(what);
    if (m_actions) {
        m_commands->showServer(what);
        m_schedule->setServer(what);
        m_config->setServers({what});
        m_acting->setServer(what);
        showSelection();
    }
    m_events.setServer(what);
    m_workload->open(what);
    source().wantWorkload(this, {what});
    m_tabs->setCurrentIndex(0);
    showServer();
}

void ServerPage::showConfiguration()
{
    if (m_config)
        m_tabs->setCurrentIndex(m_content->indexOf(m_config));
}

void ServerPage::remember(Preferences &preferences)
{
    m_workload->remember(preferences);
}

ChartStack *ServerPage::charts() const
{
    return m_workload->charts();
}

QVariantMap ServerPage::place() const
{
    QVariantMap place = Page::place();
    place.insert(u"server"_s, m_ip);
    return place;
}

void ServerPage::setPlace(const QVariantMap &place)
{
    if (const QString ip = place[u"server"_s].toString(); !ip.isEmpty())
        open(ip);
    Page::setPlace(place);
}

void ServerPage::choose(const QString &part)
{
    const QString service = QString(part).replace(u'/', u':');
    const QModelIndexList rows = m_services.match(m_services.index(0), ServiceModel::ServiceRole,
                                                  service, 1, Qt::MatchExactly);
    if (!rows.isEmpty())
        m_serviceList->setCurrentIndex(rows.first());
}

void ServerPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    showServer();
}

const FleetServer *ServerPage::server() const
{
    const auto found = source().state().servers.constFind(m_ip);
    return found == source().state().servers.cend() ? nullptr : &*found;
}

ActionScope ServerPage::serverTarget() const
{
    return server() ? ActionScope{{{m_ip, systemService}}, {}, {}} : ActionScope();
}

ActionScope ServerPage::actionTarget() const
{
    if (!m_actions)
        return {};
    ActionScope target;
    QModelIndexList rows = m_serviceList->selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : rows) {
        if (const auto id = ServiceId::parse(row.data(ServiceModel::ServiceRole).toString()))
            target.places.append({m_ip, *id});
    }
    return target.isEmpty() ? serverTarget() : target;
}

void ServerPage::showSelection()
{
    const ActionScope target = actionTarget();
    m_serverBar->setTarget(serverTarget());
    m_serviceBar->setTarget(target.isServers() ? ActionScope() : target);
    m_serviceBar->setVisible(!target.isEmpty() && !target.isServers());
    Q_EMIT actionTargetChanged();
}

void ServerPage::showMenu(const QPoint &place)
{
    auto *menu = new ActionMenu(*m_actions, ActionMenu::Shortcuts::No, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setTarget(actionTarget());
    connect(menu, &ActionMenu::actionRequested, this, &Page::actionRequested);
    connect(menu, &ActionMenu::maintenanceRequested, this, &Page::maintenanceRequested);
    menu->popup(m_serviceList->viewport()->mapToGlobal(place));
}

void ServerPage::showServer()
{
    const FleetServer *shown = server();
    m_badge->setVisible(shown);
    if (m_serverBar) {
        m_serverBar->setVisible(shown);
        m_serverBar->setTarget(serverTarget());
    }
    m_facts->setVisible(shown);
    m_tabs->setVisible(shown);
    m_situation->setVisible(false);
    if (!shown) {
        m_header->setTitle(m_ip.isEmpty() ? tr("Server") : oneLine(m_ip, 64));
        m_address->clear();
        m_nothing->setText(
            m_ip.isEmpty() ? tr("No server is chosen.") : tr("This server is not enrolled."),
            m_ip.isEmpty() ? QString() : tr("It was removed, or it never was one of this fleet."),
            tr("Show the fleet"));
        m_content->setCurrentWidget(m_nothing);
        return;
    }
    const Health health = serverHealth(source().state(), *shown, source().now());
    m_header->setTitle(oneLine(shown->displayName(), 64));
    m_address->setText(shown->info.hostname.isEmpty() ? QString() : oneLine(shown->ip, 64));
    m_badge->setHealth(health);
    showSituation(*shown, health);
    showFacts(*shown);
    showServiceCount();
    m_content->setCurrentIndex(m_tabs->currentIndex());
    m_workload->refresh();
}

} // namespace Treewarden
