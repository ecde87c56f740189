// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/commandtable.h"

#include "console/models/commandlog.h"
#include "console/views/outcomedelegate.h"
#include "console/views/tableheader.h"
#include "console/views/theme.h"

#include <QKeyEvent>

#include <algorithm>
#include <numeric>

namespace Treewarden {

namespace {

constexpr int measuredRows = 100;

} // namespace

CommandFilter::CommandFilter(CommandLog &log, QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSourceModel(&log);
}

void CommandFilter::setText(const QString &text)
{
    m_words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void CommandFilter::setServer(const QString &ip)
{
    m_ip = ip;
    invalidateFilter();
}

bool CommandFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (!m_ip.isEmpty() && index.data(CommandLog::IpRole).toString() != m_ip)
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = index.data(CommandLog::SearchRole).toString();
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

CommandTable::CommandTable(CommandLog &log, QWidget *parent)
    : QTableView(parent)
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
    setSelectionMode(SingleSelection);
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
    const int rest = qMax(2 * 120, viewport()->width() - used);
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
