// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/fleetpage.h"

#include "console/models/actioncentre.h"
#include "console/models/filterwords.h"
#include "console/models/maintenancetext.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/filterchips.h"
#include "console/views/filtercompleter.h"
#include "console/views/filterfield.h"
#include "console/views/fleetexporter.h"
#include "console/views/linkbutton.h"
#include "console/views/pageheader.h"
#include "console/views/pendingpanel.h"
#include "console/views/stateicon.h"
#include "console/views/steadylabel.h"
#include "console/views/tableheader.h"
#include "console/views/tonedlabel.h"
#include "console/views/visibleservers.h"
#include "console/views/wordhelp.h"
#include "shared/core/textformat.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int pageMargin = 20;

} // namespace

FleetPage::FleetPage(FleetSource &source, Preferences &preferences, ActionCentre *actions,
                     QWidget *parent)
    : Page(source, parent)
    , m_model(source)
    , m_header(new PageHeader(tr("Fleet")))
    , m_filter(new FilterField(tr("Filter: down   role:mysql   cpu>80   paas:dev   or any text"),
                               u"/"_s))
    , m_complaint(new TonedLabel({}, TonedLabel::Tone::Caption, TextSize::small))
    , m_chips(new FilterChips(preferences))
    , m_held(new QWidget)
    , m_heldText(new SteadyLabel(TonedLabel::Tone::Caption))
    , m_table(new FleetTable(m_model, preferences))
    , m_exporter(new FleetExporter(m_model, *m_table))
    , m_content(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_loading(new LoadingState)
    , m_counting(500ms, [this] { showCounts(); })
{
    auto *card = new Card;
    m_content->addWidget(m_table);
    m_content->addWidget(m_empty);
    m_content->addWidget(m_loading);
    card->column()->addWidget(m_content);

    auto *middle = new QVBoxLayout;
    middle->setContentsMargins(pageMargin, 0, pageMargin, 12);
    middle->setSpacing(12);
    auto *pending = new PendingPanel(
        source, actions ? PendingPanel::Accepting::Button : PendingPanel::Accepting::Command, this);
    connect(pending, &PendingPanel::acceptRequested, this, &Page::enrolRequested);
    middle->addWidget(pending);
    middle->addWidget(card, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(filterRow());
    column->addWidget(chipRow());
    column->addLayout(middle, 1);
    connectTable();
    if (actions)
        column->addWidget(selectionBar(*actions));
    connectFilter();
    connect(&m_model, &FleetModel::heldCountChanged, this, &FleetPage::showHeld);
    connect(&m_model, &FleetModel::countsChanged, &m_counting, &PacedWork::ask);
    connect(&source, &FleetSource::liveChanged, this, &FleetPage::showCounts);
    connect(m_exporter, &FleetExporter::said, this, &Page::said);
    connect(&m_ages, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    m_ages.start(5s);
    m_model.setHeld(true); // until it is shown
    showCounts();
    showHeld();
}

void FleetPage::open(const QString &what)
{
    m_filter->setText(what);
}

QVariantMap FleetPage::place() const
{
    QVariantMap place = Page::place();
    QStringList selected;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        selected << row.data(FleetModel::IpRole).toString();
    place.insert(u"selected"_s, selected);
    return place;
}

void FleetPage::setPlace(const QVariantMap &place)
{
    Page::setPlace(place);
    QItemSelection rows;
    for (const QString &ip : place[u"selected"_s].toStringList()) {
        if (const int row = m_model.rowOf(ip); row >= 0)
            rows.select(m_model.index(row, 0), m_model.index(row, 0));
    }
    if (rows.isEmpty())
        return;
    m_table->setCurrentIndex(rows.first().topLeft());
    m_table->selectionModel()->select(
        rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void FleetPage::connectTable()
{
    new VisibleServers(source(), m_table, FleetModel::IpRole);
    connect(m_table, &QTableView::doubleClicked, this, &FleetPage::openCurrent);
    m_table->installEventFilter(this);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_model, signal, this, &FleetPage::showContent);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &FleetPage::showContent);
}

void FleetPage::connectFilter()
{
    auto *find = new QShortcut(QKeySequence(u"/"_s), this);
    connect(find, &QShortcut::activated, m_filter,
            [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    connect(m_filter, &QLineEdit::textChanged, this, &FleetPage::setFilterText);
    connect(m_filter, &QLineEdit::returnPressed, this, &FleetPage::openCurrent);
    connect(m_filter, &FilterField::left, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_filter, &FilterField::helpRequested, this, &FleetPage::showHelp);
    connect(m_empty, &EmptyState::buttonClicked, m_filter, &QLineEdit::clear);
    connect(m_chips, &FilterChips::chosen, m_filter, &QLineEdit::setText);
    connect(m_chips, &FilterChips::chipsChanged, this, &FleetPage::showCounts);
    auto *save = new QShortcut(QKeySequence::Save, this);
    connect(save, &QShortcut::activated, m_chips, &FilterChips::askToSave);
    new FilterCompleter(*m_filter, [this](const QString &word) { return completions(word); });
}

QStringList FleetPage::completions(const QString &word) const
{
    return filterCompletions(word, m_model.names());
}

/// What can be done with the servers that are selected; hidden while none is.
QWidget *FleetPage::selectionBar(ActionCentre &actions)
{
    m_selection = new QWidget;
    m_selectionText = new TonedLabel({}, TonedLabel::Tone::Text, TextSize::body, true);
    m_selectionText->setMinimumWidth(40);
    m_bar = new ActionBar(actions, {u"refresh"_s, u"restart"_s, u"shutdown"_s});
    auto *line = new QHBoxLayout(m_selection);
    line->setContentsMargins(pageMargin, 0, pageMargin, 12);
    line->setSpacing(12);
    line->addWidget(m_selectionText);
    line->addStretch(1);
    auto *edit = new QPushButton(tr("Edit configuration…"));
    edit->setToolTip(tr("Ctrl+Shift+E"));
    connect(edit, &QPushButton::clicked, this,
            [this] { Q_EMIT openConfiguration(actionTarget().ips()); });
    line->addWidget(edit);
    line->addWidget(m_bar);
    m_selection->hide();
    connect(m_bar, &ActionBar::actionRequested, this, &Page::actionRequested);
    connect(m_bar, &ActionBar::maintenanceRequested, this, &Page::maintenanceRequested);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &FleetPage::showSelection);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &FleetPage::showSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this,
            [this, &actions](const QPoint &place) {
                auto *menu = new ActionMenu(actions, ActionMenu::Shortcuts::No, this);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                menu->setTarget(actionTarget());
                connect(menu, &ActionMenu::actionRequested, this, &Page::actionRequested);
                connect(menu, &ActionMenu::maintenanceRequested, this, &Page::maintenanceRequested);
                menu->popup(m_table->viewport()->mapToGlobal(place));
            });
    return m_selection;
}

ActionScope FleetPage::actionTarget() const
{
    ActionScope target;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        target.places.append({row.data(FleetModel::IpRole).toString(), systemService});
    return target;
}

void FleetPage::showSelection()
{
    const ActionScope target = actionTarget();
    m_selection->setVisible(!target.isEmpty());
    m_selectionText->setText(targetText(source().state(), target));
    m_bar->setTarget(target);
    Q_EMIT actionTargetChanged();
}

QWidget *FleetPage::filterRow()
{
    m_filter->setHasHelp(true);
    m_filter->setToolTip(tr("F1 or ? says which words a filter understands."));
    m_complaint->setHealth(Health::Degraded);
    m_complaint->setWordWrap(true);
    m_complaint->hide();
    auto *columns = new QPushButton(tr("Columns"));
    columns->setAutoDefault(false);
    connect(columns, &QPushButton::clicked, this, [this, columns] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_table->fillColumnMenu(*menu);
        menu->popup(columns->mapToGlobal(QPoint(0, columns->height() + 2)));
    });
    auto *exporting = new QPushButton(tr("Export…"));
    exporting->setAutoDefault(false);
    exporting->setToolTip(tr("Write the selected servers, or all that are shown, to a CSV file"));
    connect(exporting, &QPushButton::clicked, m_exporter, &FleetExporter::askAndExport);

    auto *row = new QWidget;
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(pageMargin, 0, pageMargin, 10);
    grid->setSpacing(8);
    grid->setVerticalSpacing(4);
    grid->addWidget(m_filter, 0, 0);
    grid->addWidget(columns, 0, 1);
    grid->addWidget(exporting, 0, 2);
    grid->addWidget(m_complaint, 1, 0, 1, 3);
    grid->setColumnStretch(0, 1);
    return row;
}

QWidget *FleetPage::chipRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(pageMargin, 0, pageMargin, 12);
    line->setSpacing(12);
    line->addWidget(m_chips, 1);
    auto *held = new QHBoxLayout(m_held);
    held->setContentsMargins(0, 0, 0, 0);
    held->setSpacing(8);
    auto *sortNow = new LinkButton(tr("Sort now"));
    connect(sortNow, &QAbstractButton::clicked, &m_model, &FleetModel::sortNow);
    held->addWidget(m_heldText);
    held->addWidget(sortNow);
    line->addWidget(m_held, 0, Qt::AlignTop);
    return row;
}

void FleetPage::showHelp()
{
    auto *help = WordHelp::ofFleet(this);
    connect(help, &WordHelp::chosen, m_filter, &QLineEdit::setText);
    help->showBelow(*m_filter);
}

void FleetPage::setFilterText(const QString &text)
{
    m_model.setFilter(FleetFilter(text));
    m_chips->setCurrent(m_model.filter().text());
    const QString complaint = filterComplaint(text);
    m_complaint->setText(complaint);
    m_complaint->setVisible(!complaint.isEmpty());
    m_filter->setAccessibleDescription(complaint);
    showContent();
}

void FleetPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_model.setHeld(false);
    showCounts();
}

void FleetPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_model.setHeld(true);
}

void FleetPage::showCounts()
{
    if (!isVisible())
        return;
    const QString servers = locale().toString(m_model.serverCount());
    const QString alive = locale().toString(m_model.aliveCount());
    if (m_model.serverCount() == 0)
        m_header->setNote({});
    else if (source().isLive())
        m_header->setNote(tr("%1 of %2 alive").arg(alive, servers));
    else
        m_header->setNote(tr("%1 of %2 were alive").arg(alive, servers));
    m_chips->count(
        [this](const QString &filter) { return m_model.countMatching(FleetFilter(filter)); });
    const bool isStale = source().hasState() && !source().isLive() && source().staleSince();
    m_table->setHeadTitle(
        FleetModel::StateColumn,
        isStale
            ? tr("State at %1")
                  .arg(QDateTime::fromMSecsSinceEpoch(source().staleSince()).toString(u"HH:mm"_s))
            : QString());
    showContent();
}

void FleetPage::showHeld()
{
    m_held->setVisible(m_model.heldCount() > 0);
    const int held = m_model.heldCount();
    m_heldText->setText(held == 1 ? tr("Order held while values change. 1 row would move")
                                  : tr("Order held while values change. %1 rows would move")
                                        .arg(locale().toString(held)));
}

void FleetPage::showContent()
{
    if (m_model.rowCount() > 0) {
        m_content->setCurrentWidget(m_table);
        return;
    }
    if (!source().hasState() && source().trouble().isEmpty()) {
        m_content->setCurrentWidget(m_loading);
        return;
    }
    m_content->setCurrentWidget(m_empty);
    if (!source().hasState())
        m_empty->setText(tr("The fleet is not known yet."), oneLine(source().trouble()));
    else if (m_model.serverCount() > 0)
        m_empty->setText(tr("No server matches %1.").arg(m_model.filter().text()), {},
                         tr("Clear filter"));
    else
        m_empty->setText(
            tr("No server is enrolled yet."),
            tr("Install the agent on a server; it then asks to be enrolled and appears here."));
}

void FleetPage::openCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        Q_EMIT openServer(current.data(FleetModel::IpRole).toString());
    else if (m_model.rowCount() == 1)
        Q_EMIT openServer(m_model.row(0).ip);
    else
        m_table->setFocus();
}

bool FleetPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return Page::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
        openCurrent();
    else if (key->key() == Qt::Key_Escape && !m_filter->text().isEmpty())
        m_filter->clear();
    else if (key->matches(QKeySequence::Copy))
        m_exporter->copy();
    else if (key->text() == u"/")
        m_filter->setFocus(Qt::ShortcutFocusReason);
    else
        return false;
    return true;
}

} // namespace Treewarden
