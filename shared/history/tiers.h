// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/metrictable.h"
#include "shared/history/rollup.h"

#include <QList>
#include <QSet>

namespace Treewarden {

/// The lists of a server's history, the finest first.
enum class HistoryTier { Samples, Minutes, Hours };

inline constexpr HistoryTier historyTiers[]
    = {HistoryTier::Samples, HistoryTier::Minutes, HistoryTier::Hours};

inline constexpr qint64 minuteSpan = 60'000, hourSpan = 3'600'000; ///< ms

/// "1s", "1m" or "1h": the end of the list's key, and what `intervals.keep` calls it.
QString tierName(HistoryTier tier);

/// How many chunks of a list hold `seconds` of history; `interval` is that of the samples, in ms.
qint64 chunksFor(HistoryTier tier, qint64 seconds, qint64 interval);

/// A chunk that is ready for its list.
struct FinishedChunk
{
    HistoryTier tier;
    QByteArray bytes;
};

/// The ends of the four lists that hold a server's history, newest last.
struct HistoryTail
{
    QList<QByteArray> hours, minutes, samples, raw;
};

/// Sorts samples into chunks of all tiers. The open end of each is in memory only; what a crash
/// took is made again from the next finer list.
class HistoryTiers
{
public:
    /// How much of the lists restore() wants to see: an open chunk's worth of the finer list, and
    /// of the coarser one what tells where it ends.
    static constexpr int tailOfHours = 2, tailOfChunks = HistoryChunk::mostRows + 2;

    explicit HistoryTiers(qint64 interval);

    /// The time between samples, ms: a new one begins a new chunk.
    void setInterval(qint64 interval);

    qint64 interval() const { return m_interval; }

    /// Fills the open ends from what the lists hold; before the first add().
    void restore(const HistoryTail &tail);

    void add(qint64 time, const Workload &workload);

    /// Chunks that were finished since the last call, in the order of their lists.
    std::vector<FinishedChunk> takeFinished() { return std::exchange(m_finished, {}); }

private:
    void addToMinutes(qint64 time, const std::vector<double> &row);
    void addMinute(const HistorySummary &summary);
    void addToHours(const HistorySummary &summary);
    void addHour(const HistorySummary &summary);
    void finish(HistoryTier tier, OpenChunk &chunk);
    bool hasUnusedColumn() const;
    void makeRoom();

    qint64 m_interval;
    MetricTable m_table;
    std::vector<double> m_row;
    OpenChunk m_samples, m_minutes, m_hours;
    RollUp m_minute{minuteSpan}, m_hour{hourSpan};
    std::vector<FinishedChunk> m_finished;
    bool m_mustMakeRoom = false;
    const QSet<qint64> *m_heldMinutes = nullptr, *m_heldHours = nullptr; ///< within restore()
};

} // namespace Treewarden
