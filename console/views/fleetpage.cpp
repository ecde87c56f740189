// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/fleetpage.h"

#include "console/models/actioncentre.h"
#include "console/models/maintenancetext.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/filterfield.h"
#include "console/views/fleetdelegate.h"
#include "console/views/linkbutton.h"
#include "console/views/pageheader.h"
#include "console/views/pendingpanel.h"
#include "console/views/stateicon.h"
#include "console/views/tableheader.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <numeric>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int pageMargin = 20;
constexpr int mostMeasuredRows = 200; ///< column widths need not look at 10,000 rows

} // namespace

FleetPage::FleetPage(FleetSource &source, ActionCentre *actions, QWidget *parent)
    : Page(source, parent)
    , m_model(source)
    , m_header(new PageHeader(tr("Fleet")))
    , m_filter(new FilterField(tr("Filter: down   role:mysql   cpu>80   paas:dev   or any text"),
                               u"/"_s))
    , m_held(new QWidget)
    , m_heldText(new TonedLabel({}, TonedLabel::Tone::Caption))
    , m_table(new QTableView)
    , m_tableHeader(new TableHeader)
    , m_content(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_loading(new LoadingState)
{
    buildTable();
    auto *card = new Card;
    m_content->addWidget(m_table);
    m_content->addWidget(m_empty);
    m_content->addWidget(m_loading);
    card->column()->addWidget(m_content);

    auto *middle = new QVBoxLayout;
    middle->setContentsMargins(pageMargin, 0, pageMargin, 12);
    middle->setSpacing(12);
    middle->addWidget(new PendingPanel(source));
    middle->addWidget(card, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(filterRow());
    column->addWidget(chipRow());
    column->addLayout(middle, 1);
    if (actions)
        column->addWidget(selectionBar(*actions));

    auto *find = new QShortcut(QKeySequence(u"/"_s), this);
    connect(find, &QShortcut::activated, m_filter,
            [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    connect(m_filter, &QLineEdit::textChanged, this,
            [this](const QString &text) { setFilterText(text); });
    connect(m_filter, &QLineEdit::returnPressed, this, &FleetPage::openCurrent);
    connect(m_filter, &FilterField::left, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_empty, &EmptyState::buttonClicked, m_filter, &QLineEdit::clear);
    connect(&m_model, &FleetModel::heldCountChanged, this, &FleetPage::showHeld);
    connect(&m_model, &FleetModel::countsChanged, this, &FleetPage::showCounts);
    connect(&source, &FleetSource::liveChanged, this, &FleetPage::showCounts);
    connect(&m_ages, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    m_ages.start(5s);
    showCounts();
    showHeld();
}

void FleetPage::open(const QString &what)
{
    m_filter->setText(what);
}

void FleetPage::buildTable()
{
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new FleetDelegate(m_model, this));
    m_table->setHorizontalHeader(m_tableHeader);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setAccessibleName(tr("Servers"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setMinimumSectionSize(FleetDelegate::rowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(
        qMax(FleetDelegate::rowHeight, QFontMetrics(uiFont()).height() + 6));
    m_tableHeader->setSortIndicator(m_model.sortColumn(), m_model.sortOrder());
    connect(m_tableHeader, &QHeaderView::sortIndicatorChanged, &m_model, &FleetModel::sort);
    connect(m_table, &QTableView::doubleClicked, this, &FleetPage::openCurrent);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this,
            [this] { m_selectedIp = m_table->currentIndex().data(FleetModel::IpRole).toString(); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (const int row = m_model.rowOf(m_selectedIp); row >= 0)
            m_table->setCurrentIndex(m_model.index(row, 0));
        fitColumns();
        showContent();
    });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_model, signal, this, &FleetPage::showContent);
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
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(pageMargin, 0, pageMargin, 10);
    line->addWidget(m_filter);
    m_filter->setToolTip(tr("Words are joined by and: down, up, role:mysql, paas:dev, state:died, "
                            "name:web, ip:10.0., cpu>80, "
                            "memory>90, load<1, disk>90, services<5; -word excludes."));
    return row;
}

QWidget *FleetPage::chipRow()
{
    const std::pair<QString, QString> chips[] = {{tr("All"), {}},
                                                 {tr("Not alive"), u"-up"_s},
                                                 {tr("CPU > 80"), u"cpu>80"_s},
                                                 {tr("Memory > 90"), u"memory>90"_s},
                                                 {tr("Disk > 90"), u"disk>90"_s}};
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(pageMargin, 0, pageMargin, 12);
    line->setSpacing(6);
    for (const auto &[title, filter] : chips) {
        auto *chip = new ChipButton(title);
        m_chips.append({chip, filter});
        connect(chip, &QAbstractButton::clicked, this, [this, text = filter] {
            m_filter->setText(text);
            setFilterText(text); // a chip clicked twice stays checked
        });
        line->addWidget(chip);
    }
    line->addStretch(1);
    auto *held = new QHBoxLayout(m_held);
    held->setContentsMargins(0, 0, 0, 0);
    held->setSpacing(8);
    auto *sortNow = new LinkButton(tr("Sort now"));
    connect(sortNow, &QAbstractButton::clicked, &m_model, &FleetModel::sortNow);
    held->addWidget(m_heldText);
    held->addWidget(sortNow);
    line->addWidget(m_held);
    return row;
}

void FleetPage::setFilterText(const QString &text)
{
    m_model.setFilter(FleetFilter(text));
    for (const auto &[chip, filter] : std::as_const(m_chips))
        chip->setChecked(m_model.filter().text() == filter);
    showContent();
}

void FleetPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    showCounts();
}

void FleetPage::showCounts()
{
    if (!isVisible())
        return;
    const FleetTotals totals = fleetTotals(source().state(), source().now());
    if (totals.servers == 0)
        m_header->setNote({});
    else if (source().isLive())
        m_header->setNote(
            tr("%1 of %2 alive")
                .arg(locale().toString(totals.serversAlive), locale().toString(totals.servers)));
    else
        m_header->setNote(
            tr("%1 of %2 were alive")
                .arg(locale().toString(totals.serversAlive), locale().toString(totals.servers)));
    for (const auto &[chip, filter] : std::as_const(m_chips)) {
        chip->setCount(m_model.countMatching(FleetFilter(filter)));
        chip->setChecked(m_model.filter().text() == filter);
    }
    const bool isStale = source().hasState() && !source().isLive() && source().staleSince();
    m_tableHeader->setTitle(
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

void FleetPage::copySelection() const
{
    QStringList lines;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < FleetModel::ColumnCount; ++column)
            cells << row.siblingAtColumn(column).data().toString();
        lines << cells.join(u'\t');
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

bool FleetPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return Page::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
        openCurrent();
    else if (key->key() == Qt::Key_Escape && !m_filter->text().isEmpty())
        m_filter->clear();
    else if (key->matches(QKeySequence::Copy))
        copySelection();
    else if (key->text() == u"/")
        m_filter->setFocus(Qt::ShortcutFocusReason);
    else
        return false;
    return true;
}

int FleetPage::naturalWidth(int column) const
{
    const QFontMetrics head(uiFont(TextSize::small, true)), cell(FleetDelegate::fontOf(column));
    int widest = head.horizontalAdvance(m_model.headerData(column, Qt::Horizontal).toString()) + 16;
    const int rows = qMin(m_model.rowCount(), mostMeasuredRows);
    for (int row = 0; row < rows; ++row)
        widest = qMax(widest,
                      FleetDelegate::extraWidth(column)
                          + cell.horizontalAdvance(m_model.index(row, column).data().toString()));
    if (column == FleetModel::StateColumn)
        widest = qMax(widest,
                      FleetDelegate::extraWidth(column)
                          + cell.horizontalAdvance(healthText(Health::Maintenance)));
    if (FleetDelegate::extraWidth(column) > 20)
        widest
            = qMax(widest, FleetDelegate::extraWidth(column) + cell.horizontalAdvance(u"100.0"_s));
    return qMin(widest, 240) + 2 * FleetDelegate::padding + 2;
}

/// Every column gets what its contents need. What is left over goes to all in proportion; what is
/// missing is taken from the two columns of lists, which can be cut.
void FleetPage::fitColumns()
{
    QList<int> widths;
    for (int column = 0; column < FleetModel::ColumnCount; ++column)
        widths << naturalWidth(column);
    const auto sum = [&widths] { return std::accumulate(widths.begin(), widths.end(), 0); };
    const int room = m_table->viewport()->width();
    for (const auto &[column, least] :
         {std::pair(FleetModel::TreesColumn, 90), std::pair(FleetModel::RolesColumn, 120),
          std::pair(FleetModel::TreesColumn, 64), std::pair(FleetModel::RolesColumn, 84)})
        widths[column] = qMin(widths[column], qMax(least, widths[column] - qMax(0, sum() - room)));
    const int needed = sum(), spare = qMax(0, room - needed);
    int given = 0;
    for (int column = 0; column < FleetModel::ColumnCount; ++column) {
        const int share = column + 1 < FleetModel::ColumnCount ? spare * widths[column] / needed
                                                               : spare - given;
        given += share;
        m_tableHeader->resizeSection(column, widths[column] + share);
    }
}

void FleetPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        fitColumns();
    Page::changeEvent(event);
}

} // namespace Treewarden
