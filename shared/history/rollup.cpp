// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/rollup.h"

namespace Treewarden {

std::optional<HistorySummary> RollUp::finishBefore(qint64 time)
{
    return isEmpty() || startOf(time) == m_start ? std::nullopt : finish();
}

void RollUp::begin(qint64 time, size_t columns)
{
    if (isEmpty())
        m_start = startOf(time);
    if (m_columns.size() < columns)
        m_columns.resize(columns);
}

// fmin and fmax prefer a number to none.
void RollUp::add(qint64 time, const std::vector<double> &row)
{
    begin(time, row.size());
    ++m_count;
    for (size_t i = 0; i < row.size(); ++i) {
        if (std::isnan(row[i]))
            continue;
        Column &column = m_columns[i];
        column.sum += row[i];
        column.least = std::fmin(column.least, row[i]);
        column.most = std::fmax(column.most, row[i]);
        ++column.count;
    }
}

void RollUp::add(const HistorySummary &summary)
{
    begin(summary.start, summary.averages.size());
    m_count += summary.count;
    for (size_t i = 0; i < summary.averages.size(); ++i) {
        if (std::isnan(summary.averages[i]))
            continue;
        Column &column = m_columns[i];
        column.sum += summary.averages[i] * double(summary.count);
        column.least = std::fmin(column.least, summary.minima[i]);
        column.most = std::fmax(column.most, summary.maxima[i]);
        column.count += summary.count;
    }
}

std::optional<HistorySummary> RollUp::finish()
{
    if (isEmpty())
        return std::nullopt;
    HistorySummary summary{m_start, m_count, {}, {}, {}};
    for (const Column &column : m_columns) {
        const bool isKnown = column.count > 0;
        summary.averages.push_back(isKnown ? column.sum / double(column.count) : notMeasured);
        summary.minima.push_back(column.least);
        summary.maxima.push_back(column.most);
    }
    m_count = 0;
    m_columns.assign(m_columns.size(), {});
    return summary;
}

} // namespace Treewarden
