// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/models/maintenancetext.h"
#include "console/views/actingline.h"
#include "console/views/actionbar.h"
#include "console/views/card.h"
#include "console/views/commandtable.h"
#include "console/views/emptystate.h"
#include "console/views/eventdelegate.h"
#include "console/views/factsline.h"
#include "console/views/healthicon.h"
#include "console/views/pageheader.h"
#include "console/views/pagetabs.h"
#include "console/views/serverpage.h"
#include "console/views/servicedelegate.h"
#include "console/views/tonedlabel.h"
#include "console/views/workloadpanel.h"

#include <QAction>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

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

} // namespace Treewarden
