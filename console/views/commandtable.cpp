// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/commandtable.h"

#include "console/models/commandlog.h"
#include "console/views/outcomedelegate.h"
#include "console/views/tableheader.h"
#include "console/views/theme.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <numeric>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int measuredRows = 100;

} // namespace

CommandFilter::CommandFilter(CommandLog &log, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_log(log)
{
    setSourceModel(&log);
}

void CommandFilter::setWords(const CommandWords &words)
{
    m_words = words;
    invalidateFilter();
}

void CommandFilter::setServer(const QString &ip)
{
    m_ip = ip;
    invalidateFilter();
}

bool CommandFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    return (m_ip.isEmpty() || m_log.record(row).newest.ip == m_ip) && m_words.matches(m_log, row);
}

CommandTable::CommandTable(CommandLog &log, QWidget *parent)
    : QTableView(parent)
    , m_log(log)
    , m_filter(log)
    , m_header(new TableHeader)
{
    setModel(&m_filter);
    setItemDelegate(new OutcomeDelegate(
        CommandLog::StateColumn,
        {CommandLog::WhenColumn, CommandLog::WhyColumn, CommandLog::DetailColumn}, this));
    setHorizontalHeader(m_header);
    m_header->setSectionsClickable(false);
    m_header->setSortIndicator(-1, Qt::AscendingOrder);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setAccessibleName(tr("Commands"));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(
        qMax(OutcomeDelegate::rowHeight, QFontMetrics(uiFont()).height() + 6));
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        Q_EMIT serverChosen(index.data(CommandLog::IpRole).toString());
    });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_filter, signal, this, &CommandTable::fitColumns);
    connect(&m_filter, &QAbstractItemModel::modelReset, this, &CommandTable::fitColumns);
    connect(&m_filter, &QAbstractItemModel::dataChanged, this, &CommandTable::fitColumns);
    connect(&m_filter, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this] { m_wasAtTop = isAtTop(); });
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                if (first == 0 && !(m_isFollowing && m_wasAtTop))
                    holdPlace(last + 1);
            });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (isAtTop() && std::exchange(m_unseen, 0) > 0)
            Q_EMIT unseenChanged();
    });
}

void CommandTable::setFollowing(bool isFollowing)
{
    m_isFollowing = isFollowing;
    if (isFollowing && m_unseen > 0)
        goToTop();
}

/// What was seen stays where it was.
void CommandTable::holdPlace(int count)
{
    executeDelayedItemsLayout();
    updateGeometries();
    QScrollBar *bar = verticalScrollBar();
    if (bar->maximum() == 0) // all of them are seen
        return;
    m_unseen += count;
    bar->setValue(bar->value() + count * verticalHeader()->defaultSectionSize());
    Q_EMIT unseenChanged();
}

bool CommandTable::isAtTop() const
{
    return verticalScrollBar()->value() <= verticalScrollBar()->minimum();
}

void CommandTable::goToTop()
{
    verticalScrollBar()->setValue(verticalScrollBar()->minimum());
}

const CommandLog::Record *CommandTable::current() const
{
    const QModelIndex row = m_filter.mapToSource(currentIndex());
    return row.isValid() ? &m_log.record(row.row()) : nullptr;
}

QString CommandTable::selectedText() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < CommandLog::ColumnCount; ++column)
            cells << row.siblingAtColumn(column).data().toString();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

void CommandTable::showServer(const QString &ip)
{
    m_filter.setServer(ip);
    setColumnHidden(CommandLog::ServerColumn, true);
    fitColumns();
}

int CommandTable::naturalWidth(int column) const
{
    const QFontMetrics head(uiFont(TextSize::small, true)),
        cell(uiFont(TextSize::body, column == CommandLog::StateColumn));
    int widest
        = head.horizontalAdvance(m_filter.headerData(column, Qt::Horizontal).toString()) + 16;
    const int extra = column == CommandLog::StateColumn ? OutcomeDelegate::iconWidth : 0;
    for (int row = 0; row < qMin(m_filter.rowCount(), measuredRows); ++row)
        widest = qMax(
            widest, extra + cell.horizontalAdvance(m_filter.index(row, column).data().toString()));
    return qMin(widest, 220) + 2 * OutcomeDelegate::padding + 2;
}

/// Why and Detail share what the others leave.
void CommandTable::fitColumns()
{
    int used = 0;
    for (int column = 0; column < CommandLog::ColumnCount; ++column) {
        if (isColumnHidden(column) || column == CommandLog::WhyColumn
            || column == CommandLog::DetailColumn)
            continue;
        m_header->resizeSection(column, naturalWidth(column));
        used += m_header->sectionSize(column);
    }
    const int rest = qMax(2 * 90, viewport()->width() - used);
    const int why = qBound(90, naturalWidth(CommandLog::WhyColumn), rest / 2);
    m_header->resizeSection(CommandLog::WhyColumn, why);
    m_header->resizeSection(CommandLog::DetailColumn, rest - why);
}

void CommandTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void CommandTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        fitColumns();
    QTableView::changeEvent(event);
}

void CommandTable::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid())
        Q_EMIT serverChosen(currentIndex().data(CommandLog::IpRole).toString());
    else
        QTableView::keyPressEvent(event);
}

} // namespace Treewarden
