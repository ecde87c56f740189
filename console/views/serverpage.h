// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/serverevents.h"
#include "console/models/servicemodel.h"
#include "console/views/page.h"

#include <QTimer>

class QListView;
class QStackedWidget;

namespace Treewarden {

class ActingLine;
class ActionBar;
class ActionCentre;
class ChartStack;
class CommandTable;
class ConfigEditor;
class EmptyState;
class FactsLine;
class HealthBadge;
class PageHeader;
class PageTabs;
class Preferences;
class SchedulePanel;
class TonedLabel;
class WorkloadPanel;

/// One server: what it is, its services with the reasons of those that are not alive, its load as
/// charts, and what happened on it.
class ServerPage : public Page
{
    Q_OBJECT
public:
    explicit ServerPage(FleetSource &source, ActionCentre *actions = nullptr,
                        QWidget *parent = nullptr);

    /// What is chosen in the charts is that of the last time, from now on.
    void remember(Preferences &preferences);

    /// `what` is the server's ip.
    void open(const QString &what) override;
    QVariantMap place() const override;
    void setPlace(const QVariantMap &place) override;

    /// A service: "role/instance".
    void choose(const QString &part) override;

    /// The services that are selected, else the server itself.
    ActionScope actionTarget() const override;

    QString ip() const { return m_ip; }

    ChartStack *charts() const;

    WorkloadPanel *workload() const { return m_workload; }

    void showConfiguration();

    ConfigEditor *configEditor() const { return m_config; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeCharts();
    QWidget *makeServices();
    QWidget *makeEvents();
    QWidget *makeCommands();
    void addActions();
    ActionScope serverTarget() const;
    void showMenu(const QPoint &place);
    void showSelection();
    void watchSource();
    void showServer();
    void showFacts(const FleetServer &server);
    QString agentFact(const FleetServer &server) const;
    QString updatesFact(const ServerInfo &info) const;
    void showSituation(const FleetServer &server, Health health);
    void showServiceCount();
    void showEventsState();
    const FleetServer *server() const;

    ActionCentre *m_actions;
    QString m_ip;
    ServiceModel m_services;
    ServerEvents m_events;
    PageHeader *m_header;
    HealthBadge *m_badge;
    TonedLabel *m_address, *m_situation, *m_serviceCount;
    FactsLine *m_facts;
    PageTabs *m_tabs;
    QStackedWidget *m_content, *m_eventsContent;
    QListView *m_serviceList, *m_eventList;
    WorkloadPanel *m_workload;
    EmptyState *m_nothing, *m_noEvents;
    ActionBar *m_serverBar = nullptr, *m_serviceBar = nullptr;
    ActingLine *m_acting = nullptr;
    CommandTable *m_commands = nullptr;
    SchedulePanel *m_schedule = nullptr;
    ConfigEditor *m_config = nullptr;
    QTimer m_ages;
};

} // namespace Treewarden
