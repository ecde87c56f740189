// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/historyreader.h"

#include <algorithm>

namespace Treewarden {

namespace {

// Round lengths of time, seconds: ticks of a chart fall on them.
constexpr qint64 steps[]
    = {1,   2,   3,   5,   6,    10,   12,   15,   20,    30,    60,    120,   180,  300,
       360, 600, 720, 900, 1200, 1800, 3600, 7200, 10800, 14400, 21600, 28800, 43200};
constexpr qint64 daySeconds = 86'400;
// A list may hold chunks that were closed early; a reply has its limits.
constexpr qint64 mostChunks = 2000;

qint64 spanOf(HistoryTier tier)
{
    return tier == HistoryTier::Minutes ? minuteSpan : tier == HistoryTier::Hours ? hourSpan : 1;
}

} // namespace

qint64 HistoryQuery::step() const
{
    const qint64 gaps = std::max(mostPoints - 1, 1);
    const qint64 least = std::max<qint64>(((to - from) / 1000 + gaps - 1) / gaps, 1);
    const auto *step = std::lower_bound(std::begin(steps), std::end(steps), least);
    return 1000
        * (step != std::end(steps) ? *step : (least + daySeconds - 1) / daySeconds * daySeconds);
}

HistoryTier HistoryQuery::tier() const
{
    return step() >= hourSpan  ? HistoryTier::Hours
        : step() >= minuteSpan ? HistoryTier::Minutes
                               : HistoryTier::Samples;
}

qint64 HistoryQuery::chunks(HistoryTier which) const
{
    // Of finer tiers the end that the coarser one does not hold yet.
    if (which < tier())
        return HistoryTiers::tailOfChunks;
    const qint64 count = chunksFor(which, (to - from) / 1000, 1000);
    return std::min(count + count / 8 + 2, mostChunks);
}

HistoryReader::HistoryReader(const HistoryQuery &query)
    : m_query(query)
    , m_step(query.step())
    , m_from(query.from - query.from % m_step)
    , m_steps(size_t((query.to - m_from) / m_step) + 1)
    , m_oldest(query.to)
{
}

HistorySlice HistoryReader::read(const QMap<HistoryTier, QList<QByteArray>> &chunks,
                                 const QList<QByteArray> &raw)
{
    const HistoryTier fitting = m_query.tier();
    for (auto tier = int(fitting); tier >= int(HistoryTier::Samples); --tier)
        addTier(HistoryTier(tier), chunks.value(HistoryTier(tier)));
    addRaw(raw);
    for (auto tier = int(fitting) + 1; tier <= int(HistoryTier::Hours); ++tier)
        addCoarser(HistoryTier(tier), chunks.value(HistoryTier(tier)));
    return slice();
}

template<typename Visit>
void HistoryReader::forEachRow(const QList<QByteArray> &chunks, Visit visit)
{
    for (const QByteArray &bytes : chunks) {
        const auto isKnown = m_decoder.decode(bytes, m_chunk);
        if (!isKnown || !*isKnown) {
            ++m_broken;
            continue;
        }
        if (m_chunk.times.front() > m_query.to || m_chunk.times.back() + m_chunk.interval < m_from)
            continue;
        matchColumns(m_chunk.names);
        for (qsizetype row = 0; row < m_chunk.rows(); ++row) {
            const qint64 time = m_chunk.times[size_t(row)];
            if (time >= m_from && time <= m_query.to)
                visit(time, row);
        }
    }
}

bool HistoryReader::isCovered(qint64 time) const
{
    return std::any_of(m_covered.begin(), m_covered.end(), [time](const auto &covered) {
        return covered.second.contains(time - time % covered.first);
    });
}

void HistoryReader::addTier(HistoryTier tier, const QList<QByteArray> &chunks)
{
    QSet<qint64> added;
    forEachRow(chunks, [&](qint64 time, qsizetype row) {
        if (isCovered(time) || (tier == HistoryTier::Samples && added.contains(time)))
            return;
        addRow(m_chunk, row);
        added.insert(time);
        m_oldest = std::min(m_oldest, time);
    });
    m_covered.push_back({spanOf(tier), std::move(added)});
}

/// What came before all that finer tiers still hold.
void HistoryReader::addCoarser(HistoryTier tier, const QList<QByteArray> &chunks)
{
    qint64 oldest = m_oldest;
    forEachRow(chunks, [&](qint64 time, qsizetype row) {
        if (time + spanOf(tier) > m_oldest)
            return;
        addRow(m_chunk, row);
        oldest = std::min(oldest, time);
    });
    m_oldest = oldest;
}

void HistoryReader::addRaw(const QList<QByteArray> &raw)
{
    MetricTable table;
    std::vector<double> row;
    for (const QByteArray &json : raw) {
        const auto sample = parseWorkloadSample(json);
        if (!sample) {
            ++m_broken;
            continue;
        }
        const qint64 time = sample->timestamp;
        if (time < m_from || time > m_query.to || isCovered(time))
            continue;
        m_oldest = std::min(m_oldest, time);
        table.read(sample->info, row);
        matchColumns(table.names());
        for (size_t column = 0; column < row.size(); ++column) {
            if (m_columns[column] && !std::isnan(row[column]))
                put(*m_columns[column], time, {row[column], 1, row[column], row[column]});
        }
    }
}

void HistoryReader::matchColumns(const std::vector<QByteArray> &names)
{
    if (names == m_names && !m_columns.empty())
        return;
    m_names = names;
    m_columns.clear();
    for (const QByteArray &name : names) {
        const bool isWanted = m_query.metrics.isEmpty() || m_query.metrics.contains(name);
        std::shared_ptr<Buckets> &buckets = m_buckets[name];
        if (isWanted && !buckets)
            buckets = std::make_shared<Buckets>(m_steps);
        m_columns.push_back(isWanted ? buckets.get() : nullptr);
    }
}

void HistoryReader::addRow(const HistoryChunk &chunk, qsizetype row)
{
    const qint64 time = chunk.times[size_t(row)];
    for (qsizetype field = 0; field < chunk.fields(); ++field) {
        Buckets *buckets = m_columns[size_t(field)];
        const size_t at = chunk.at(row, field);
        const double average = chunk.averages[at];
        if (!buckets || std::isnan(average))
            continue;
        if (chunk.isSummary) {
            put(*buckets, time,
                {average, double(chunk.counts[size_t(row)]), chunk.minima[at], chunk.maxima[at]});
        } else {
            put(*buckets, time, {average, 1, average, average});
        }
    }
}

/// `value` holds an average where a bucket holds a sum.
void HistoryReader::put(Buckets &buckets, qint64 time, const Bucket &value)
{
    Bucket &bucket = buckets[size_t((time - m_from) / m_step)];
    bucket.sum += value.sum * value.weight;
    bucket.weight += value.weight;
    bucket.least = std::fmin(bucket.least, value.least);
    bucket.most = std::fmax(bucket.most, value.most);
}

QList<QByteArray> HistoryReader::metrics() const
{
    QList<QByteArray> names = m_buckets.keys();
    std::sort(names.begin(), names.end());
    return names;
}

HistorySlice HistoryReader::slice() const
{
    HistorySlice slice{m_from, m_query.to, m_step, {}};
    for (auto metric = m_buckets.begin(); metric != m_buckets.end(); ++metric) {
        HistorySeries series{metric.key(), {}};
        for (size_t i = 0; metric.value() && i < m_steps; ++i) {
            const Bucket &bucket = (*metric.value())[i];
            if (bucket.weight > 0) {
                series.points << HistoryPoint{m_from + qint64(i) * m_step,
                                              bucket.sum / bucket.weight, bucket.least,
                                              bucket.most};
            }
        }
        if (!series.points.isEmpty())
            slice.series << series;
    }
    const auto place = [](const QByteArray &name) {
        const int number = knownMetricNumber(name);
        return number > 0 ? size_t(number) : knownMetricCount + 1;
    };
    std::sort(slice.series.begin(), slice.series.end(),
              [&](const HistorySeries &a, const HistorySeries &b) {
                  return std::pair(place(a.metric), a.metric)
                      < std::pair(place(b.metric), b.metric);
              });
    return slice;
}

} // namespace Treewarden
