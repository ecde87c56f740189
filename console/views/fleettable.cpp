// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/fleettable.h"

#include "console/models/fleetmodel.h"
#include "console/models/fleettext.h"
#include "console/settings/preferences.h"
#include "console/views/fleetdelegate.h"
#include "console/views/tableheader.h"

#include <QEvent>
#include <QMenu>
#include <QScopedValueRollback>

#include <numeric>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostMeasuredRows = 40; ///< column widths need not look at 10,000 rows
constexpr int widestColumn = 240;

} // namespace

FleetTable::FleetTable(FleetModel &model, Preferences &preferences, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_preferences(preferences)
    , m_head(new TableHeader)
    , m_columns(FleetColumns::parse(preferences.text(Preference::FleetTableColumns)))
{
    const QString sort = preferences.text(Preference::FleetTableSort);
    if (const int column = FleetModel::columnOf(sort.startsWith(u'-') ? sort.mid(1) : sort);
        column >= 0)
        m_model.sort(column, sort.startsWith(u'-') ? Qt::DescendingOrder : Qt::AscendingOrder);
    setModel(&m_model);
    setItemDelegate(new FleetDelegate(m_model, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setAccessibleName(tr("Servers"));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(FleetDelegate::compactRowHeight);
    prepareHead();
    applyRowHeight();
    applyColumns();
    keepSelection();
    connect(&preferences, &Preferences::changed, this, &FleetTable::follow);
    m_model.setWatched(false); // until it is shown
    m_model.setWindow([this] {
        const int last = rowAt(viewport()->height() - 1);
        return std::pair(rowAt(0), last < 0 ? m_model.rowCount() - 1 : last);
    });
}

void FleetTable::prepareHead()
{
    setHorizontalHeader(m_head);
    m_head->setSectionsMovable(true);
    m_head->setAccessibleName(tr("Columns"));
    m_head->setSortIndicator(m_model.sortColumn(), m_model.sortOrder());
    m_head->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_head, &QHeaderView::sortIndicatorChanged, this, &FleetTable::rememberSort);
    connect(m_head, &QHeaderView::sectionMoved, this, &FleetTable::rememberOrder);
    connect(m_head, &QWidget::customContextMenuRequested, this, [this](const QPoint &place) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnMenu(*menu, m_head->logicalIndexAt(place));
        menu->popup(m_head->viewport()->mapToGlobal(place));
    });
}

void FleetTable::rememberSort(int column, Qt::SortOrder order)
{
    m_model.sort(column, order);
    m_preferences.setValue(Preference::FleetTableSort,
                           (order == Qt::DescendingOrder ? u"-"_s : QString())
                               + FleetModel::columnWord(column));
}

/// A column was dragged to another place.
void FleetTable::rememberOrder()
{
    if (m_isApplying)
        return;
    for (int place = 0; place < FleetModel::ColumnCount; ++place)
        m_columns.order[place] = m_head->logicalIndex(place);
    m_preferences.setValue(Preference::FleetTableColumns, m_columns.text());
    fitColumns();
}

void FleetTable::setColumns(const FleetColumns &columns)
{
    m_columns = columns;
    m_preferences.setValue(Preference::FleetTableColumns,
                           columns == FleetColumns() ? QString() : columns.text());
    applyColumns();
}

void FleetTable::applyColumns()
{
    const QScopedValueRollback guard(m_isApplying, true);
    for (int place = 0; place < FleetModel::ColumnCount; ++place) {
        const int column = m_columns.order[place];
        m_head->moveSection(m_head->visualIndex(column), place);
        m_head->setSectionHidden(column, !m_columns.isShown(column));
    }
    fitColumns();
}

void FleetTable::moveColumn(int column, int steps)
{
    FleetColumns columns = m_columns;
    const QList<int> shown = columns.shown();
    const int neighbour = shown.value(int(shown.indexOf(column)) + steps, -1);
    if (neighbour < 0)
        return;
    columns.order.swapItemsAt(columns.order.indexOf(column), columns.order.indexOf(neighbour));
    setColumns(columns);
}

void FleetTable::fillColumnMenu(QMenu &menu, int column)
{
    const auto title
        = [this](int section) { return m_model.headerData(section, Qt::Horizontal).toString(); };
    if (column >= 0) {
        const QList<int> shown = m_columns.shown();
        QAction *left = menu.addAction(tr("Move %1 to the left").arg(title(column)), this,
                                       [this, column] { moveColumn(column, -1); });
        left->setEnabled(shown.first() != column);
        QAction *right = menu.addAction(tr("Move %1 to the right").arg(title(column)), this,
                                        [this, column] { moveColumn(column, 1); });
        right->setEnabled(shown.last() != column);
        menu.addSeparator();
    }
    for (const int section : std::as_const(m_columns.order)) {
        QAction *show = menu.addAction(title(section));
        show->setCheckable(true);
        show->setChecked(m_columns.isShown(section));
        show->setEnabled(section != FleetModel::NameColumn);
        connect(show, &QAction::toggled, this, [this, section](bool isShown) {
            FleetColumns columns = m_columns;
            columns.setShown(section, isShown);
            setColumns(columns);
        });
    }
    menu.addSeparator();
    QAction *compact = menu.addAction(tr("Compact rows"));
    compact->setCheckable(true);
    compact->setChecked(isCompact());
    connect(compact, &QAction::toggled, this, &FleetTable::setCompact);
    QAction *reset
        = menu.addAction(tr("All columns in their first order"), this, [this] { setColumns({}); });
    reset->setEnabled(m_columns != FleetColumns());
}

bool FleetTable::isCompact() const
{
    return m_preferences.text(Preference::FleetTableRows) == u"compact";
}

void FleetTable::setCompact(bool isCompact)
{
    m_preferences.setValue(Preference::FleetTableRows, isCompact ? u"compact"_s : u"comfortable"_s);
    applyRowHeight();
}

void FleetTable::applyRowHeight()
{
    const int air = isCompact() ? 2 : 6;
    verticalHeader()->setDefaultSectionSize(
        qMax(isCompact() ? FleetDelegate::compactRowHeight : FleetDelegate::rowHeight,
             QFontMetrics(uiFont()).height() + air));
}

/// The fleet page of another site may have changed it.
void FleetTable::follow(Preference changed)
{
    if (changed == Preference::FleetTableRows)
        applyRowHeight();
    if (changed != Preference::FleetTableColumns)
        return;
    const auto columns = FleetColumns::parse(m_preferences.text(changed));
    if (columns == m_columns)
        return;
    m_columns = columns;
    applyColumns();
}

/// What is selected stays so by its ip when the model is built anew, filtered or not.
void FleetTable::keepSelection()
{
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        m_selectedIps = selectedIps();
        m_currentIp = currentIndex().data(FleetModel::IpRole).toString();
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        QItemSelection chosen;
        for (const int row : m_model.rowsOf(m_selectedIps))
            chosen.select(m_model.index(row, 0), m_model.index(row, FleetModel::ColumnCount - 1));
        if (const int row = m_model.rowOf(m_currentIp); row >= 0)
            selectionModel()->setCurrentIndex(m_model.index(row, FleetModel::NameColumn),
                                              QItemSelectionModel::NoUpdate);
        selectionModel()->select(chosen, QItemSelectionModel::Select);
        fitColumns();
    });
}

QList<int> FleetTable::selectedRowNumbers() const
{
    QList<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows << row;
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

QStringList FleetTable::selectedIps() const
{
    QStringList ips;
    const QList<int> rows = selectedRowNumbers();
    for (const int row : rows)
        ips << m_model.row(row).ip;
    return ips;
}

int FleetTable::naturalWidth(int column) const
{
    const QFontMetrics head(uiFont(TextSize::small, true)), cell(FleetDelegate::fontOf(column));
    const int extra = FleetDelegate::extraWidth(column);
    int widest = head.horizontalAdvance(m_head->title(column)) + 16;
    const auto widen
        = [&](const QString &text) { widest = qMax(widest, extra + cell.horizontalAdvance(text)); };
    if (column == FleetModel::StateColumn) {
        for (const Health health :
             {Health::Alive, Health::Degraded, Health::Died, Health::Unknown, Health::Maintenance})
            widen(healthText(health));
    } else if (column == FleetModel::CpuColumn || column == FleetModel::MemoryColumn
               || column == FleetModel::DiskColumn) {
        widen(u"100.0"_s);
    } else if (column == FleetModel::LoadColumn || column == FleetModel::ServicesColumn) {
        widen(u"100 / 100"_s);
    } else {
        const int rows = qMin(m_model.rowCount(), mostMeasuredRows);
        for (int row = 0; row < rows; ++row)
            widen(m_model.index(row, column).data().toString());
    }
    return qMin(widest, widestColumn) + 2 * FleetDelegate::padding + 2;
}

void FleetTable::setHeadTitle(int column, const QString &title)
{
    const QString before = m_head->title(column);
    m_head->setTitle(column, title);
    if (m_head->title(column) != before)
        fitColumns();
}

/// What is left over goes to all columns in proportion; what is missing is taken from the two
/// columns of lists, which can be cut.
void FleetTable::fitColumns()
{
    const QList<int> shown = m_columns.shown();
    QMap<int, int> widths;
    for (const int column : shown)
        widths.insert(column, naturalWidth(column));
    const auto sum = [&widths] { return std::accumulate(widths.begin(), widths.end(), 0); };
    const int room = viewport()->width();
    for (const auto &[column, least] :
         {std::pair(FleetModel::TreesColumn, 90), std::pair(FleetModel::RolesColumn, 120),
          std::pair(FleetModel::TreesColumn, 64), std::pair(FleetModel::RolesColumn, 84)}) {
        if (const auto width = widths.find(column); width != widths.end())
            *width = qMin(*width, qMax(least, *width - qMax(0, sum() - room)));
    }
    const int needed = sum(), spare = qMax(0, room - needed);
    int given = 0;
    for (const int column : shown) {
        const int share = column == shown.last() ? spare - given : spare * widths[column] / needed;
        given += share;
        m_head->resizeSection(column, widths[column] + share);
    }
}

void FleetTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    m_model.setWatched(true);
}

void FleetTable::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    m_model.setWatched(false);
}

void FleetTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

void FleetTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

} // namespace Treewarden
