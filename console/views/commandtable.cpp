// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/commandtable.h"

#include "console/models/commandlog.h"
#include "console/views/outcomedelegate.h"
#include "console/views/tableheader.h"
#include "console/views/theme.h"

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
    : RecordTable(tr("Commands"), OutcomeDelegate::rowHeight, parent)
    , m_log(log)
    , m_filter(log)
{
    setModel(&m_filter);
    setItemDelegate(new OutcomeDelegate(
        CommandLog::StateColumn,
        {CommandLog::WhenColumn, CommandLog::WhyColumn, CommandLog::DetailColumn}, this));
    connect(this, &RecordTable::rowChosen, this,
            [this] { Q_EMIT serverChosen(currentIndex().data(CommandLog::IpRole).toString()); });
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

const CommandLog::Record *CommandTable::current() const
{
    const QModelIndex row = m_filter.mapToSource(currentIndex());
    return row.isValid() ? &m_log.record(row.row()) : nullptr;
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
        header().resizeSection(column, naturalWidth(column));
        used += header().sectionSize(column);
    }
    const int rest = qMax(2 * 90, viewport()->width() - used);
    const int why = qBound(90, naturalWidth(CommandLog::WhyColumn), rest / 2);
    header().resizeSection(CommandLog::WhyColumn, why);
    header().resizeSection(CommandLog::DetailColumn, rest - why);
}

} // namespace Treewarden
