// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/historyreader.h"

#include <array>

namespace Treewarden {

/// The chunks of one server's history that were read so far: of each tier the end of its list,
/// packed as Redis has them (about 5 MB for everything a server has).
class ChunkLists
{
public:
    /// Of one tier; what is older is not read.
    static constexpr qsizetype mostChunks = 4000;
    static constexpr qsizetype mostBytes = 24 * 1024 * 1024;

    void clear() { *this = {}; }

    /// Takes what stands in front of what is known. The list may have grown since it was read: what
    /// is known already is left out. `isBegin`: there is no more.
    void addOlder(HistoryTier tier, const QList<QByteArray> &part, bool isBegin);
    /// Takes the newest end of the list. False when it does not join what is known: that is
    /// forgotten then, and `part` is what is known.
    bool addNewer(HistoryTier tier, const QList<QByteArray> &part, bool isBegin);

    qsizetype size(HistoryTier tier) const { return list(tier).chunks.size(); }

    /// There is no more in Redis, or no more is taken.
    bool isWhole(HistoryTier tier) const;
    /// What is known reaches back to `from`, or is whole.
    bool reaches(HistoryTier tier, qint64 from) const;
    /// The earliest time that is known, ms, or nothing.
    std::optional<qint64> oldest(HistoryTier tier) const;
    /// The latest.
    std::optional<qint64> newest(HistoryTier tier) const;

    /// What tells about `from` to `to`, for a HistoryReader.
    QMap<HistoryTier, QList<QByteArray>> between(qint64 from, qint64 to) const;

    /// All that the chunks tell about.
    const QSet<QByteArray> &metrics() const { return m_metrics; }

    qint64 brokenCount() const { return m_broken; }

private:
    struct Chunk
    {
        QByteArray bytes; ///< empty: cannot be read
        size_t hash = 0; ///< of what Redis has
        qint64 first = 0, last = 0; ///< ms
    };

    struct List
    {
        QList<Chunk> chunks; ///< oldest first
        bool isWhole = false;
        qsizetype bytes = 0;
    };

    Chunk read(HistoryTier tier, const QByteArray &bytes, ChunkDecoder &decoder,
               HistoryChunk &chunk);
    QList<Chunk> readAll(HistoryTier tier, const QList<QByteArray> &part);

    const List &list(HistoryTier tier) const { return m_lists[size_t(tier)]; }

    std::array<List, std::size(historyTiers)> m_lists;
    QSet<QByteArray> m_metrics;
    std::vector<QByteArray> m_names; ///< of the last chunk
    qint64 m_broken = 0;
};

} // namespace Treewarden
