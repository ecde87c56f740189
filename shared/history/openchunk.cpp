// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/openchunk.h"

#include "shared/history/chunkcodec.h"
#include "shared/history/metrictable.h"

namespace Treewarden {

OpenChunk::OpenChunk(Kind kind, qint64 interval)
    : m_kind(kind)
    , m_interval(interval)
{
    m_times.reserve(HistoryChunk::mostRows);
}

void OpenChunk::put(std::vector<double> &values, const std::vector<double> &row) const
{
    constexpr size_t rows = HistoryChunk::mostRows;
    if (values.size() < row.size() * rows)
        values.resize(row.size() * rows, notMeasured);
    for (size_t column = 0; column < row.size(); ++column)
        values[column * rows + m_times.size()] = row[column];
}

void OpenChunk::add(qint64 time, const std::vector<double> &row)
{
    put(m_averages, row);
    m_times.push_back(time);
}

void OpenChunk::add(const HistorySummary &summary)
{
    put(m_averages, summary.averages);
    put(m_minima, summary.minima);
    put(m_maxima, summary.maxima);
    m_counts.push_back(summary.count);
    m_times.push_back(summary.start);
}

bool OpenChunk::isUnused(size_t column) const
{
    constexpr size_t rows = HistoryChunk::mostRows;
    for (size_t at = column * rows; at < std::min((column + 1) * rows, m_averages.size()); ++at) {
        if (!std::isnan(m_averages[at]))
            return false;
    }
    return true;
}

QByteArray OpenChunk::close(const MetricTable &table)
{
    HistoryChunk chunk;
    // After the table began anew there may be more columns than it has, without values.
    const size_t rows = m_times.size(),
                 columns
        = std::min(m_averages.size() / HistoryChunk::mostRows, table.names().size());
    chunk.isSummary = m_kind == Kind::Summaries;
    chunk.interval = m_interval;
    chunk.names.assign(table.names().begin(), table.names().begin() + qsizetype(columns));
    chunk.units.assign(table.units().begin(), table.units().begin() + qsizetype(columns));
    chunk.times = m_times;
    chunk.counts = m_counts;
    const auto pack = [&](const std::vector<double> &from, std::vector<double> &to) {
        for (size_t column = 0; column < columns && !from.empty(); ++column) {
            const auto start = from.begin() + qsizetype(column * HistoryChunk::mostRows);
            to.insert(to.end(), start, start + qsizetype(rows));
        }
    };
    pack(m_averages, chunk.averages);
    pack(m_minima, chunk.minima);
    pack(m_maxima, chunk.maxima);
    m_times.clear();
    m_counts.clear();
    for (auto *values : {&m_averages, &m_minima, &m_maxima})
        std::fill(values->begin(), values->end(), notMeasured);
    return encodeChunk(chunk);
}

} // namespace Treewarden
