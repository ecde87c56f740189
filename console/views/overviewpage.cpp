// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/overviewpage.h"

#include "console/models/fleetsource.h"
#include "console/views/actingline.h"
#include "console/views/agentsteps.h"
#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/eventlist.h"
#include "console/views/healthicon.h"
#include "console/views/linkbutton.h"
#include "console/views/paasmatrix.h"
#include "console/views/pageheader.h"
#include "console/views/pendingpanel.h"
#include "console/views/problemlist.h"
#include "console/views/totalstile.h"
#include "shared/core/textformat.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int eventsWidth = 360, narrowEventsWidth = 280, narrowPage = 1000;
constexpr int firstStepsWidth = 560;

} // namespace

OverviewPage::OverviewPage(FleetSource &source, ActionCentre *actions, QWidget *parent)
    : Page(source, parent)
    , m_badge(new HealthBadge)
    , m_servers(new TotalsTile(tr("Servers")))
    , m_services(new TotalsTile(tr("Services")))
    , m_trees(new TotalsTile(tr("PaaS")))
    , m_problems(new ProblemList(actions))
    , m_matrixCard(new Card)
    , m_matrix(new PaasMatrix(source))
    , m_content(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_firstSteps(new AgentSteps(source.address()))
    , m_review(source, ProblemList::mostProblems)
    , m_refreshing(250ms, [this] {
        if (isVisible())
            m_review.look(), showTotals(), showContent();
    })
{
    auto *header = new PageHeader(tr("Overview"));
    header->addBeside(m_badge);
    if (actions)
        header->addBeside(new ActingLine(*actions, this));
    auto *scroll = new QScrollArea;
    scroll->setWidget(body(actions != nullptr));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->widget()->setAutoFillBackground(false);
    m_content->addWidget(scroll);
    m_content->addWidget(emptyPage());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(m_content, 1);

    for (TotalsTile *tile : {m_servers, m_services}) {
        connect(tile, &QAbstractButton::clicked, this, [this] { Q_EMIT openFleet(u"-up"_s); });
        connect(tile, &TotalsTile::linkChosen, this, &Page::openFleet);
    }
    connect(m_trees, &QAbstractButton::clicked, this, [this] { Q_EMIT openTree({}); });
    connect(m_trees, &TotalsTile::linkChosen, this, &Page::openTree);
    connect(m_problems, &ProblemList::serverChosen, this, &Page::openServer);
    connect(m_problems, &ProblemList::treeChosen, this, &Page::openTree);
    connect(m_problems, &ProblemList::actionRequested, this, &Page::actionRequested);
    connect(m_problems, &ProblemList::allChosen, this, [this] { Q_EMIT openFleet(u"-up"_s); });
    connect(m_matrix, &PaasMatrix::treeChosen, this, &Page::openTree);
    connect(&m_review, &ProblemReview::done, this, &OverviewPage::showProblems);
    connect(&m_ages, &QTimer::timeout, this, &OverviewPage::refreshSoon);
    m_ages.start(5s);
    for (auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(&source, signal, this, &OverviewPage::refreshSoon);
    for (auto signal : {&FleetSource::treesChanged, &FleetSource::maintenanceChanged,
                        &FleetSource::momentChanged})
        connect(&source, signal, this, &OverviewPage::refreshSoon);
    for (auto signal :
         {&FleetSource::reset, &FleetSource::liveChanged, &FleetSource::pendingChanged})
        connect(&source, signal, this, &OverviewPage::refresh);
    showContent();
}

QWidget *OverviewPage::body(bool canAccept)
{
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(16);
    for (TotalsTile *tile : {m_servers, m_services, m_trees})
        tiles->addWidget(tile);
    auto *matrixCard = static_cast<Card *>(m_matrixCard);
    matrixCard->addHead(tr("PaaS"), tr("by role; a number only where something is not alive"));
    matrixCard->column()->addWidget(m_matrix);
    matrixCard->column()->addSpacing(5); // the table is square, the card is round
    auto *left = new QVBoxLayout;
    left->setSpacing(16);
    left->addWidget(m_problems);
    left->addWidget(m_matrixCard);
    left->addStretch(1);
    auto *halves = new QHBoxLayout;
    halves->setSpacing(16);
    halves->addLayout(left, 1);
    halves->addWidget(eventsCard());
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(20, 0, 20, 16);
    column->setSpacing(16);
    auto *pending = new PendingPanel(
        source(), canAccept ? PendingPanel::Accepting::Button : PendingPanel::Accepting::Command,
        this);
    connect(pending, &PendingPanel::acceptRequested, this, &Page::enrolRequested);
    column->addWidget(pending);
    column->addLayout(tiles);
    column->addLayout(halves, 1);
    return widget;
}

QWidget *OverviewPage::emptyPage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    auto *middle = new QHBoxLayout;
    m_firstSteps->setMaximumWidth(firstStepsWidth);
    middle->addStretch(1);
    middle->addWidget(m_firstSteps, 4);
    middle->addStretch(1);
    column->addStretch(2);
    column->addWidget(m_empty);
    column->addLayout(middle);
    column->addStretch(3);
    return page;
}

QWidget *OverviewPage::eventsCard()
{
    auto *card = new Card;
    card->setFixedWidth(narrowEventsWidth);
    m_eventsCard = card;
    auto *all = new LinkButton(tr("All events"));
    connect(all, &QAbstractButton::clicked, this, &Page::openEvents);
    card->addHead(tr("Recent events"))->addWidget(all);
    auto *list = new EventList(source(), EventDelegate::Time::Clock);
    connect(list, &EventList::serverChosen, this, &Page::openServer);
    connect(list, &EventList::momentChosen, this, &Page::momentRequested);
    card->column()->addWidget(list, 1);
    card->column()->addSpacing(8);
    return card;
}

void OverviewPage::refreshSoon()
{
    m_refreshing.ask();
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    refresh();
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    m_eventsCard->setFixedWidth(width() < narrowPage ? narrowEventsWidth : eventsWidth);
    Page::resizeEvent(event);
}

/// Puts the words of all problems together, so only for somebody who looks.
void OverviewPage::refresh()
{
    if (!isVisible())
        return;
    showContent();
    m_refreshing.doIn(pauseUntil(0, source().state().servers.size()));
}

void OverviewPage::showProblems()
{
    m_problems->refresh(source(), m_review.overview());
    const qsizetype problems = m_problems->count();
    m_badge->setVisible(problems > 0);
    const QString number = locale().toString(problems);
    const QString needs
        = problems == 1 ? tr("1 problem needs you") : tr("%1 problems need you").arg(number);
    const QString were = problems == 1 ? tr("1 problem then") : tr("%1 problems then").arg(number);
    m_badge->setHealth(Health::Died, source().isPast() ? were : needs);
}

void OverviewPage::showTotals()
{
    const FleetState &state = source().state();
    const FleetRollup &rollup = source().rollup();
    const FleetTotals totals = rollup.totals();
    const auto note
        = [this](int count, const QString &words) { return words.arg(locale().toString(count)); };
    m_servers->setParts(
        {{Health::Alive, totals.serversAlive, {}, {}},
         {Health::Died, totals.serversDied, note(totals.serversDied, tr("%1 died")),
          u"state:died"_s},
         {Health::Unknown, totals.serversUnknown, note(totals.serversUnknown, tr("%1 unknown")),
          u"state:unknown"_s},
         {Health::Maintenance, totals.serversMaintenance,
          note(totals.serversMaintenance, tr("%1 maintenance")), u"state:maintenance"_s}});
    // A died service makes its server degraded; those of servers that are not alive are unknown.
    m_services->setParts(
        {{Health::Alive, totals.servicesAlive, {}, {}},
         {Health::Died, totals.servicesDied, note(totals.servicesDied, tr("%1 died")),
          u"state:degraded"_s},
         {Health::Unknown, totals.servicesUnknown, note(totals.servicesUnknown, tr("%1 unknown")),
          u"down"_s},
         {Health::Maintenance, totals.servicesMaintenance,
          note(totals.servicesMaintenance, tr("%1 maintenance")), u"state:maintenance"_s}});
    QMap<Health, QStringList> trees;
    for (const PaasTree &tree : state.trees)
        trees[rollup.tree(tree.id)] << tree.id;
    QList<TotalsTile::Part> parts{{Health::Alive, int(trees.value(Health::Alive).size()), {}, {}}};
    for (const Health health :
         {Health::Died, Health::Degraded, Health::Unknown, Health::Maintenance}) {
        for (const QString &id : trees.value(health))
            parts.append({health, 1, oneLine(id, 24), id});
    }
    m_trees->setParts(parts);
    m_matrixCard->setVisible(!state.trees.isEmpty());
    m_trees->setVisible(!state.trees.isEmpty());
}

void OverviewPage::showContent()
{
    const bool isEmpty = source().state().servers.isEmpty() && source().state().pending.isEmpty();
    m_content->setCurrentIndex(isEmpty ? 1 : 0);
    m_firstSteps->setVisible(source().hasState());
    if (!source().hasState())
        m_empty->setText(tr("The fleet is not known yet."), oneLine(source().trouble()));
    else
        m_empty->setText(tr("No server yet"),
                         tr("A server whose agent asks to be enrolled appears here."));
}

} // namespace Treewarden
