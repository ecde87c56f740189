// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/eventlog.h"

#include <algorithm>

namespace Treewarden {

namespace {

constexpr int slack = 500; ///< beyond the most, before the oldest are let go

} // namespace

/// Lets the oldest go when there are too many, their rows first.
void EventLog::shrink()
{
    if (m_records.size() <= size_t(mostEvents + slack) && m_bytes <= mostBytes)
        return;
    size_t kept = std::min(m_records.size(), size_t(mostEvents));
    qsizetype bytes = 0;
    for (size_t i = 0; i < kept; ++i) {
        bytes += m_records[i].json.size();
        if (bytes > mostBytes)
            kept = std::max<size_t>(i, 1);
    }
    const qint64 lowest = m_newest - qint64(kept) + 1;
    removeRowsBelow(lowest);
    while (m_records.size() > kept) {
        count(m_records.back(), -1);
        m_records.pop_back();
    }
    m_readTo = m_records.back().id.toLatin1();
    if (m_shown >= lowest - 1)
        return;
    m_shown = lowest - 1; // some that waited are gone as well
    m_waiting = int(std::count_if(m_records.begin(), m_records.end(),
                                  [this](const auto &record) { return m_filter.matches(record); }));
}

void EventLog::removeRowsBelow(qint64 lowest)
{
    qsizetype kept = m_rows.size();
    while (kept > 0 && m_rows[kept - 1].number < lowest)
        --kept;
    while (kept > 0 && m_rows[kept - 1].isDay)
        --kept;
    if (kept == m_rows.size())
        return;
    beginRemoveRows({}, int(kept), int(m_rows.size()) - 1);
    m_matches -= int(std::count_if(m_rows.begin() + kept, m_rows.end(),
                                   [](const Row &row) { return !row.isDay; }));
    m_rows.resize(kept);
    endRemoveRows();
}

void EventLog::fillRows()
{
    m_rows.clear();
    m_matches = 0;
    if (m_records.empty())
        return;
    m_rows = rowsOf(m_shown, oldest());
    m_matches = int(
        std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return !row.isDay; }));
}

/// The rows of what matches between two numbers, with the headings that they need by themselves.
QList<EventLog::Row> EventLog::rowsOf(qint64 newest, qint64 oldest) const
{
    QList<Row> rows;
    QDate day;
    for (qint64 number = newest; number >= oldest; --number) {
        if (!m_filter.matches(at(number)))
            continue;
        if (const QDate own = dayOf(number); own != day) {
            day = own;
            rows.append({number, true});
        }
        rows.append({number, false});
    }
    return rows;
}

void EventLog::showWaiting()
{
    if (m_shown == m_newest)
        return;
    const qint64 before = std::max(m_shown + 1, oldest());
    m_shown = m_newest;
    m_waiting = 0;
    insertAbove(rowsOf(m_newest, before));
    Q_EMIT changed();
}

/// The first heading goes on to stand above those of the new ones that are of its day.
void EventLog::insertAbove(QList<Row> rows)
{
    if (rows.isEmpty())
        return;
    qsizetype split = rows.size();
    if (!m_rows.isEmpty() && dayOf(rows.last().number) == dayOf(m_rows.first().number)) {
        while (!rows[split - 1].isDay)
            --split;
        m_rows.first().number = rows[split].number;
        insertRowsAt(1, rows.mid(split));
        --split;
    }
    insertRowsAt(0, rows.first(split));
}

void EventLog::insertBelow(qint64 newest)
{
    QList<Row> rows = rowsOf(newest, oldest());
    if (!rows.isEmpty() && !m_rows.isEmpty()
        && dayOf(rows.first().number) == dayOf(m_rows.last().number))
        rows.removeFirst();
    insertRowsAt(int(m_rows.size()), rows);
}

void EventLog::insertRowsAt(int row, const QList<Row> &rows)
{
    if (rows.isEmpty())
        return;
    beginInsertRows({}, row, row + int(rows.size()) - 1);
    m_rows = m_rows.first(row) + rows + m_rows.mid(row);
    for (const Row &added : rows)
        m_matches += added.isDay ? 0 : 1;
    endInsertRows();
}

void EventLog::setFollowing(bool isFollowing)
{
    m_isFollowing = isFollowing;
    if (isFollowing)
        showWaiting();
}

} // namespace Treewarden
