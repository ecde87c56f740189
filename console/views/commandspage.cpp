// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/commandspage.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/views/actingline.h"
#include "console/views/card.h"
#include "console/views/commanddetails.h"
#include "console/views/commandtable.h"
#include "console/views/emptystate.h"
#include "console/views/filterfield.h"
#include "console/views/filterpanel.h"
#include "console/views/pageheader.h"
#include "shared/core/textformat.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Of the chips, in their order.
constexpr const char *chipFilters[] = {"", "running", "failed", "refused", "scheduled"};

} // namespace

CommandsPage::CommandsPage(ActionCentre &centre, QWidget *parent)
    : Page(centre.source(), parent)
    , m_centre(centre)
    , m_header(new PageHeader(tr("Commands")))
    , m_panel(makePanel())
    , m_table(new CommandTable(centre.log()))
    , m_details(new CommandDetails(centre))
    , m_empty(new EmptyState)
    , m_content(new QStackedWidget)
{
    m_header->addBeside(new ActingLine(centre, this));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_panel);
    column->addWidget(middle(), 1);
    watch();
    showCounts();
}

/// The usual filters, and all words with what they mean.
FilterPanel *CommandsPage::makePanel()
{
    QList<FilterPanel::Chip> chips;
    for (const char *filter : chipFilters)
        chips.append({{}, QString::fromLatin1(filter)});
    chips[0].title = tr("All");
    chips[1].title = tr("Running");
    chips[2].title = tr("Failed");
    chips[3].title = tr("Refused");
    chips[4].title = tr("By schedule");
    return new FilterPanel(
        tr("Filter: failed   action:restart   who:li.wei   since:2h   or any text"), chips,
        {{u"failed"_s, tr("how it stands: running, done, failed, refused, expired")},
         {u"scheduled"_s, tr("the schedule asked for it")},
         {u"action:restart"_s, tr("start, stop, restart, reload, refresh")},
         {u"who:li.wei"_s, tr("who asked for it")},
         {u"why:update"_s, tr("part of the reason")},
         {u"name:web"_s, tr("part of the server's name")},
         {u"ip:10.0."_s, tr("the address begins so")},
         {u"role:nginx"_s, tr("of services of that role")},
         {u"since:2h"_s, tr("not earlier: 30min, 2h, 7d, 03:12, 2026-11-26")},
         {u"until:03:12"_s, tr("not later")},
         {u"-action:refresh"_s, tr("a minus excludes")}});
}

void CommandsPage::open(const QString &what)
{
    m_panel->field().setText(what);
}

QWidget *CommandsPage::middle()
{
    m_content->addWidget(m_table);
    m_content->addWidget(m_empty);
    QWidget *frame = listWithDetails(m_content, m_details, 320);
    return frame;
}

void CommandsPage::watch()
{
    m_panel->serve(*m_table);
    connect(m_panel, &FilterPanel::textChanged, this, &CommandsPage::setFilterText);
    connect(m_panel, &FilterPanel::followingChanged, m_table, &CommandTable::setFollowing);
    connect(m_panel, &FilterPanel::waitingChosen, m_table, &CommandTable::goToTop);
    connect(m_table, &CommandTable::serverChosen, this, &Page::openServer);
    connect(m_table, &CommandTable::unseenChanged, this, &CommandsPage::showContent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &CommandsPage::showDetails);
    connect(m_empty, &EmptyState::buttonClicked, &m_panel->field(), &QLineEdit::clear);
    connect(m_details, &CommandDetails::serverChosen, this, &Page::openServer);
    connect(m_details, &CommandDetails::actionRequested, this, &Page::actionRequested);
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        showCounts();
        showDetails();
    });
    const QAbstractItemModel &model = m_table->filter();
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &CommandsPage::showSoon);
    connect(&model, &QAbstractItemModel::modelReset, this, &CommandsPage::showSoon);
    connect(&m_centre.log(), &CommandLog::runningChanged, this, &CommandsPage::showSoon);
    connect(&source(), &FleetSource::liveChanged, this, &CommandsPage::showContent);
}

void CommandsPage::setFilterText(const QString &text)
{
    m_table->filter().setWords(CommandWords(text, source().now()));
    if (const QModelIndex current = m_table->currentIndex(); current.isValid())
        m_table->scrollTo(current);
    showCounts();
}

void CommandsPage::showDetails()
{
    m_details->show(m_table->current());
}

void CommandsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    showCounts();
    showDetails();
}

void CommandsPage::showSoon()
{
    if (isVisible() && !m_soon.isActive())
        m_soon.start();
}

void CommandsPage::showCounts()
{
    const CommandLog &log = m_centre.log();
    QList<int> counts;
    for (const char *filter : chipFilters) {
        const CommandWords words(QString::fromLatin1(filter), 0);
        int count = 0;
        for (int row = 0; row < log.rowCount(); ++row)
            count += words.matches(log, row) ? 1 : 0;
        counts << count;
    }
    m_panel->setCounts(counts);
    showContent();
}

void CommandsPage::showContent()
{
    const bool isEmpty = m_table->filter().rowCount() == 0;
    m_panel->setWaiting(m_table->unseenCount());
    m_content->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_table);
    if (!source().hasState())
        m_empty->setText(tr("The commands are not known yet."), oneLine(source().trouble()));
    else if (m_centre.log().rowCount() > 0)
        m_empty->setText(tr("No command matches %1.").arg(m_panel->text()), {}, tr("Clear filter"));
    else
        m_empty->setText(tr("Nobody has commanded anything yet."),
                         tr("Every start, stop and restart will stand here, with who asked for it, "
                            "why, and what became of it."));
}

} // namespace Treewarden
