// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/serverevents.h"
#include "console/models/servicemodel.h"
#include "console/models/workloadfeed.h"
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
struct ChartMark;
class EmptyState;
class FactsLine;
class HealthBadge;
class PageHeader;
class PageTabs;
class SchedulePanel;
class TonedLabel;

/// One server: what it is, its services with the reasons of those that are not alive, its load of
/// the last five minutes as it comes, and what happened on it.
class ServerPage : public Page
{
    Q_OBJECT
public:
    explicit ServerPage(FleetSource &source, ActionCentre *actions = nullptr,
                        QWidget *parent = nullptr);

    /// `what` is the server's ip.
    void open(const QString &what) override;

    /// The services that are selected, else the server itself.
    ActionScope actionTarget() const override;

    QString ip() const { return m_ip; }

    ChartStack *charts() const { return m_charts; }

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
    void drawCharts();
    void showCrosshair(std::optional<qint64> time);
    QList<ChartMark> marks(const FleetServer &server, qint64 end) const;
    /// The right end of the charts: now by the server's clock, or where it fell silent.
    qint64 chartEnd(const FleetServer &server) const;
    const FleetServer *server() const;

    ActionCentre *m_actions;
    QString m_ip;
    ServiceModel m_services;
    ServerEvents m_events;
    WorkloadFeed m_feed;
    PageHeader *m_header;
    HealthBadge *m_badge;
    TonedLabel *m_address, *m_situation, *m_serviceCount, *m_range, *m_at;
    FactsLine *m_facts;
    PageTabs *m_tabs;
    QStackedWidget *m_content, *m_eventsContent;
    QListView *m_serviceList, *m_eventList;
    ChartStack *m_charts;
    EmptyState *m_nothing, *m_noEvents;
    ActionBar *m_serverBar = nullptr, *m_serviceBar = nullptr;
    ActingLine *m_acting = nullptr;
    CommandTable *m_commands = nullptr;
    SchedulePanel *m_schedule = nullptr;
    ConfigEditor *m_config = nullptr;
    QTimer m_scroll; ///< charts go on although no sample comes
    QTimer m_ages;
    qint64 m_end = 0;
};

} // namespace Treewarden
