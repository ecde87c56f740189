// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/chunkcodec.h"
#include "shared/history/tiers.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace Treewarden {

namespace {

/// Calls `visit` for every chunk that can be read, oldest first.
void forEachChunk(const QList<QByteArray> &list, ChunkDecoder &decoder,
                  const std::function<void(const HistoryChunk &)> &visit)
{
    HistoryChunk chunk;
    for (const QByteArray &bytes : list) {
        if (const auto isKnown = decoder.decode(bytes, chunk); isKnown && *isKnown)
            visit(chunk);
    }
}

/// The starts of the spans that the end of a coarser list holds.
QSet<qint64> heldSpans(const QList<QByteArray> &list, ChunkDecoder &decoder)
{
    QSet<qint64> held;
    forEachChunk(list.mid(list.size() - HistoryTiers::tailOfHours), decoder,
                 [&held](const HistoryChunk &chunk) {
                     for (const qint64 time : chunk.times)
                         held.insert(time);
                 });
    return held;
}

/// Calls `visit` for each row, in the order of the list, that is newer than the last one whose span
/// is held already. Order counts, not time: clocks are set back.
void forEachNewRow(const QList<QByteArray> &list, const QSet<qint64> &held, const RollUp &span,
                   ChunkDecoder &decoder,
                   const std::function<void(const HistoryChunk &, qsizetype)> &visit)
{
    qsizetype position = 0, newest = -1;
    forEachChunk(list, decoder, [&](const HistoryChunk &chunk) {
        for (const qint64 time : chunk.times) {
            if (held.contains(span.startOf(time)))
                newest = position;
            ++position;
        }
    });
    position = 0;
    forEachChunk(list, decoder, [&](const HistoryChunk &chunk) {
        for (qsizetype row = 0; row < chunk.rows(); ++row) {
            if (position++ > newest)
                visit(chunk, row);
        }
    });
}

/// One row of a chunk in the columns of the table.
void placeRow(const HistoryChunk &chunk, qsizetype row, const std::vector<double> &from,
              MetricTable &table, std::vector<double> &to)
{
    to.assign(size_t(table.size()), notMeasured);
    for (qsizetype field = 0; field < chunk.fields(); ++field) {
        const qsizetype column = table.columnOf(chunk.names[size_t(field)]);
        if (column < 0)
            continue;
        to.resize(size_t(table.size()), notMeasured);
        to[size_t(column)] = from[chunk.at(row, field)];
    }
}

} // namespace

void HistoryTiers::restore(const HistoryTail &tail)
{
    ChunkDecoder decoder;
    // A span is told once it is over; what fell into it may still stand at the open end of the
    // finer list.
    const QSet<qint64> hours = heldSpans(tail.hours, decoder),
                       minutes = heldSpans(tail.minutes, decoder);
    m_heldHours = &hours;
    m_heldMinutes = &minutes;
    forEachNewRow(
        tail.minutes, hours, m_hour, decoder, [this](const HistoryChunk &chunk, qsizetype row) {
            if (!chunk.isSummary)
                return;
            HistorySummary summary{chunk.times[size_t(row)], chunk.counts[size_t(row)], {}, {}, {}};
            placeRow(chunk, row, chunk.averages, m_table, summary.averages);
            placeRow(chunk, row, chunk.minima, m_table, summary.minima);
            placeRow(chunk, row, chunk.maxima, m_table, summary.maxima);
            addToHours(summary);
        });
    forEachNewRow(tail.samples, minutes, m_minute, decoder,
                  [this](const HistoryChunk &chunk, qsizetype row) {
                      if (chunk.isSummary)
                          return;
                      placeRow(chunk, row, chunk.averages, m_table, m_row);
                      addToMinutes(chunk.times[size_t(row)], m_row);
                  });

    QList<WorkloadSample> samples;
    QHash<qint64, qsizetype> places;
    for (const QByteArray &json : tail.raw) {
        if (const auto sample = parseWorkloadSample(json)) {
            places.insert(sample->timestamp, samples.size());
            samples << *sample;
        }
    }
    qsizetype newest = -1;
    forEachChunk(tail.samples, decoder, [&](const HistoryChunk &chunk) {
        for (const qint64 time : chunk.times)
            newest = std::max(newest, places.value(time, -1));
    });
    for (const WorkloadSample &sample : samples.mid(newest + 1))
        add(sample.timestamp, sample.info);
    m_heldHours = m_heldMinutes = nullptr;
}

} // namespace Treewarden
