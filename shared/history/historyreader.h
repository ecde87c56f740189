// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/chunkcodec.h"
#include "shared/history/tiers.h"

#include <QHash>
#include <QMap>
#include <QSet>

namespace Treewarden {

/// Which part of a server's history somebody wants to see.
struct HistoryQuery
{
    qint64 from = 0, to = 0; ///< ms
    int mostPoints = 600; ///< a series
    QList<QByteArray> metrics; ///< dotted paths; empty: all there are

    /// The round length of time that one point stands for, ms.
    qint64 step() const;
    /// The coarsest tier that is fine enough.
    HistoryTier tier() const;
    /// How many chunks, from the end of a tier's list, may matter.
    qint64 chunks(HistoryTier tier) const;
};

/// What a metric was during one step.
struct HistoryPoint
{
    qint64 time = 0; ///< ms, the step's begin
    double average = 0, minimum = 0, maximum = 0;
};

/// A server's history as one: the metrics in their usual order, of each the steps in which
/// something is known.
struct HistorySeries
{
    QByteArray metric;
    QList<HistoryPoint> points;
};

struct HistorySlice
{
    qint64 from = 0, to = 0, step = 0; ///< ms; from is a multiple of step
    QList<HistorySeries> series;
};

/// Reads all tiers and the raw list as one series: the tier that fits the step, the finer ones and
/// the raw list where it is not written yet, the coarser ones where it is not kept any more. What
/// cannot be read is left out and counted.
class HistoryReader
{
public:
    explicit HistoryReader(const HistoryQuery &query);

    /// The ends of the lists, newest last, in any number.
    HistorySlice read(const QMap<HistoryTier, QList<QByteArray>> &chunks,
                      const QList<QByteArray> &raw);

    /// All that were seen, also those that were not asked for.
    QList<QByteArray> metrics() const;

    qint64 brokenCount() const { return m_broken; }

private:
    struct Bucket
    {
        double sum = 0, weight = 0, least = notMeasured, most = notMeasured;
    };

    using Buckets = std::vector<Bucket>;

    void addTier(HistoryTier tier, const QList<QByteArray> &chunks);
    void addCoarser(HistoryTier tier, const QList<QByteArray> &chunks);
    void addRaw(const QList<QByteArray> &raw);
    template<typename Visit>
    void forEachRow(const QList<QByteArray> &chunks, Visit visit);
    bool isCovered(qint64 time) const;
    void addRow(const HistoryChunk &chunk, qsizetype row);
    void matchColumns(const std::vector<QByteArray> &names);
    void put(Buckets &buckets, qint64 time, const Bucket &value);
    HistorySlice slice() const;

    const HistoryQuery m_query;
    const qint64 m_step, m_from; ///< m_from is a multiple of m_step
    const size_t m_steps;
    ChunkDecoder m_decoder;
    HistoryChunk m_chunk;
    QHash<QByteArray, std::shared_ptr<Buckets>> m_buckets; ///< all metrics; nothing: not wanted
    std::vector<QByteArray> m_names; ///< of the last chunk
    std::vector<Buckets *> m_columns; ///< its columns' buckets, or nullptr
    std::vector<std::pair<qint64, QSet<qint64>>> m_covered; ///< lengths of spans, their starts
    qint64 m_oldest; ///< the earliest time that was added
    qint64 m_broken = 0;
};

} // namespace Treewarden
