// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/serverpage.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/maintenancetext.h"
#include "console/views/actingline.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/card.h"
#include "console/views/commandtable.h"
#include "console/views/configeditor.h"
#include "console/views/emptystate.h"
#include "console/views/eventdelegate.h"
#include "console/views/factsline.h"
#include "console/views/healthicon.h"
#include "console/views/pageheader.h"
#include "console/views/pagetabs.h"
#include "console/views/schedulepanel.h"
#include "console/views/servicedelegate.h"
#include "console/views/tonedlabel.h"
#include "console/views/workloadpanel.h"
#include "shared/core/textformat.h"

#include <QAction>
#include <QDateTime>
#include <QListView>
#include <QRegularExpression>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString clockTime(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"HH:mm:ss"_s);
}

/// "Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz" without what says nothing.
QString shortCpuModel(const QString &model)
{
    static const QRegularExpression noise(u"\\((R|TM|r|tm)\\)|\\bCPU\\b|\\bProcessor\\b|@.*"_s);
    return oneLine(QString(model).remove(noise).simplified(), 64);
}

QListView *makeList(QAbstractItemModel *model, QAbstractItemDelegate *delegate, const QString &name)
{
    auto *list = new QListView;
    delegate->setParent(list);
    list->setModel(model);
    list->setItemDelegate(delegate);
    list->setFrameShape(QFrame::NoFrame);
    list->setResizeMode(QListView::Adjust);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setAccessibleName(name);
    return list;
}

} // namespace

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

QWidget *ServerPage::makeHead()
{
    auto *head = new QWidget;
    m_header = new PageHeader({});
    m_badge = new HealthBadge;
    m_address = new TonedLabel({}, TonedLabel::Tone::Secondary);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_header->layout()->setContentsMargins(20, 14, 20, 4);
    m_header->addBeside(m_badge);
    m_header->addBeside(m_address);
    m_situation = new TonedLabel;
    m_situation->setWordWrap(true);
    m_facts = new FactsLine;
    QStringList tabs{tr("Charts"), tr("Events")};
    if (m_actions)
        tabs << tr("Commands") << tr("Schedule") << tr("Configuration");
    m_tabs = new PageTabs(tabs);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    for (QWidget *widget : {static_cast<QWidget *>(m_situation), static_cast<QWidget *>(m_facts),
                            static_cast<QWidget *>(m_tabs)}) {
        auto *line = new QHBoxLayout;
        line->setContentsMargins(20, 0, 20, widget == m_tabs ? 0 : 8);
        line->addWidget(widget);
        column->addLayout(line);
    }
    column->addWidget(new Divider);
    return head;
}

QWidget *ServerPage::makeServices()
{
    auto *services = new QWidget;
    auto *column = new QVBoxLayout(services);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, 0, 20, 0);
    m_serviceCount = new TonedLabel({}, TonedLabel::Tone::Caption, TextSize::small);
    head->addWidget(new TonedLabel(tr("Services"), TonedLabel::Tone::Caption, TextSize::small));
    head->addStretch(1);
    head->addWidget(m_serviceCount);
    m_serviceList = makeList(&m_services, new ServiceDelegate, tr("Services"));
    // It lies on the page itself, not on a card.
    m_serviceList->viewport()->setAutoFillBackground(false);
    column->addLayout(head);
    column->addWidget(m_serviceList, 1);
    services->setMinimumWidth(150);
    return services;
}

QWidget *ServerPage::makeCharts()
{
    m_workload = new WorkloadPanel(source());
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(makeServices());
    splitter->addWidget(m_workload);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({288, 960});
    return splitter;
}

QWidget *ServerPage::makeEvents()
{
    m_eventList
        = makeList(&m_events, new EventDelegate(EventDelegate::Time::DateAndClock), tr("Events"));
    auto *see = new QAction(tr("See this moment"), m_eventList);
    m_eventList->addAction(see);
    m_eventList->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(see, &QAction::triggered, this, [this] {
        const QModelIndex event = m_eventList->currentIndex();
        if (event.isValid())
            Q_EMIT momentRequested(event.data(ServerEvents::MomentRole).toLongLong());
    });
    m_noEvents = new EmptyState;
    m_eventsContent = new QStackedWidget;
    m_eventsContent->addWidget(m_eventList);
    m_eventsContent->addWidget(m_noEvents);
    auto *card = new Card;
    card->column()->setContentsMargins(1, 5, 1, 5);
    card->column()->addWidget(m_eventsContent);
    auto *frame = new QWidget;
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(20, 12, 20, 12);
    column->addWidget(card);
    return frame;
}

QWidget *ServerPage::makeCommands()
{
    m_commands = new CommandTable(m_actions->log());
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 5);
    card->column()->addWidget(m_commands);
    auto *frame = new QWidget;
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(20, 12, 20, 12);
    column->addWidget(card);
    return frame;
}

/// The verbs of the server in its head, those of its services below their list.
void ServerPage::addActions()
{
    m_services.setCommands(m_actions->log());
    m_serverBar = new ActionBar(*m_actions, {u"restart"_s, maintenanceAction.toString()});
    m_serverBar->setAccessibleName(tr("Actions on the server"));
    m_acting = new ActingLine(*m_actions, this);
    m_header->addBeside(m_acting);
    m_header->addAction(m_serverBar);
    m_serviceBar = new ActionBar(*m_actions, {u"start"_s, u"stop"_s, u"restart"_s});
    m_serviceBar->setAccessibleName(tr("Actions on the chosen services"));
    m_serviceBar->layout()->setContentsMargins(20, 8, 20, 12);
    auto *column = static_cast<QVBoxLayout *>(m_serviceList->parentWidget()->layout());
    column->addWidget(m_serviceBar);
    m_serviceList->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_serviceList->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_serviceList, &QWidget::customContextMenuRequested, this, &ServerPage::showMenu);
    connect(m_serviceList->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ServerPage::showSelection);
    connect(&m_services, &QAbstractItemModel::modelReset, this, &ServerPage::showSelection);
    for (ActionBar *bar : {m_serverBar, m_serviceBar}) {
        connect(bar, &ActionBar::actionRequested, this, &Page::actionRequested);
        connect(bar, &ActionBar::maintenanceRequested, this, &Page::maintenanceRequested);
    }
    showSelection();
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

/// What a person has to know before anything else; nothing while all is well.
void ServerPage::showSituation(const FleetServer &server, Health health)
{
    QString sentence;
    const qint64 now = source().now();
    const QString when = server.since > 0
        ? tr("%1, %2 ago").arg(clockTime(server.since), formatDuration(now - server.since))
        : QString();
    if (health == Health::Maintenance) {
        sentence = maintenanceText(source().state().maintenance.value(server.ip), now);
    } else if (!server.wasSeen) {
        sentence = tr("Its agent was never heard. Start treewarden-agent on it.");
    } else if (health == Health::Died) {
        sentence = when.isEmpty()
            ? tr("It died. How its services stand is not known.")
            : tr("It died at %1. How its services stand is not known.").arg(when);
    } else if (health == Health::Unknown) {
        sentence = when.isEmpty()
            ? tr("Nothing is heard from its agent.")
            : tr("Nothing is heard from its agent. Its last change was at %1.").arg(when);
    }
    m_situation->setText(sentence);
    m_situation->setVisible(!sentence.isEmpty());
}

/// "0.1.0 (0.1 % CPU, 14 MiB)": the agent, and what it costs its server.
QString ServerPage::agentFact(const FleetServer &server) const
{
    const QString version = oneLine(server.info.agentVersion, 32);
    const Workload::Agent &cost = server.workload.info.agent;
    if (!server.alive.value_or(false) || !cost.cpu || !cost.rss)
        return version;
    return tr("%1 (%2 % CPU, %3)", "version, share of a core, memory")
        .arg(version, locale().toString(*cost.cpu, 'f', 1), formatBytes(*cost.rss));
}

/// "12 (5 for security), restart due"; empty where nothing is known.
QString ServerPage::updatesFact(const ServerInfo &info) const
{
    QStringList parts;
    if (info.updates && info.securityUpdates.value_or(0) > 0)
        parts << tr("%1 (%2 for security)").arg(*info.updates).arg(*info.securityUpdates);
    else if (info.updates)
        parts << locale().toString(*info.updates);
    if (info.isRestartRequired)
        parts << tr("restart due");
    return parts.join(u", "_s);
}

void ServerPage::showFacts(const FleetServer &server)
{
    const ServerInfo &info = server.info;
    QString uptime;
    if (server.alive.value_or(false) && info.bootTime)
        uptime = formatDuration(m_workload->feed().serverTime() - *info.bootTime);
    else if (server.alive.value_or(false) && server.workload.info.uptime)
        uptime = formatDuration(*server.workload.info.uptime * 1000);
    QString cpu = shortCpuModel(info.cpuModel);
    if (info.cpuCount)
        cpu = cpu.isEmpty() ? locale().toString(*info.cpuCount)
                            : tr("%1 x %2", "count x model").arg(*info.cpuCount).arg(cpu);
    QStringList trees;
    for (const PaasTree &tree : source().state().trees) {
        const auto runsHere
            = [&](const PaasInstance &instance) { return instance.ip == server.ip; };
        const bool isOn
            = std::any_of(tree.roles.begin(), tree.roles.end(), [&](const PaasRole &role) {
                  return std::any_of(role.instances.begin(), role.instances.end(), runsHere);
              });
        if (isOn)
            trees << oneLine(tree.id, 64);
    }
    QList<FactsLine::Fact> facts{
        {tr("Up"), uptime},
        {tr("OS"), oneLine(info.os, 64)},
        {tr("Kernel"), oneLine(info.kernel, 64)},
        {tr("CPU"), cpu},
        {tr("Memory"), info.memoryTotal ? formatBytes(*info.memoryTotal) : QString()},
        {tr("Agent"), agentFact(server)},
        {tr("PaaS"), trees.mid(0, 8).join(u", "_s)},
    };
    // What many servers cannot tell has no place of its own.
    if (!info.hardware.isEmpty())
        facts.insert(3, {tr("Hardware"), oneLine(info.hardware, 64)});
    if (const QString updates = updatesFact(info); !updates.isEmpty())
        facts.append({tr("Updates"), updates});
    m_facts->setFacts(facts);
}

void ServerPage::showServiceCount()
{
    const int total = m_services.rowCount();
    const FleetServer *shown = server();
    const bool isKnown = shown && shown->alive.value_or(false);
    m_serviceCount->setText(
        total == 0 ? tr("none is watched")
                   : tr("%1 / %2 alive")
                         .arg(isKnown ? locale().toString(m_services.aliveCount()) : u"–"_s)
                         .arg(total));
}

void ServerPage::showEventsState()
{
    m_noEvents->setText(tr("Nothing has happened here lately."),
                        tr("Only the newest events of the fleet are looked at."));
    m_eventsContent->setCurrentWidget(m_events.rowCount() > 0 ? static_cast<QWidget *>(m_eventList)
                                                              : m_noEvents);
}

} // namespace Treewarden
