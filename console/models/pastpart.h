// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/chunkcodec.h"
#include "shared/history/tiers.h"
#include "shared/protocol/workload.h"

#include <optional>

namespace Treewarden {

/// What a row of a chunk says, as a sample would have said it.
Workload workloadOfRow(const HistoryChunk &chunk, qsizetype row);
/// The row that tells of a moment, or -1: it is in a gap, or elsewhere.
qsizetype rowAt(const HistoryChunk &chunk, qint64 moment);

/// Some chunks in a row of one server's history, as they are stored: what they tell of a moment is
/// read when somebody asks.
class PastPart
{
public:
    /// What cannot be read is left out. What chunks tell of times is looked at once.
    PastPart(HistoryTier tier, const QList<QByteArray> &chunks, ChunkDecoder &decoder);

    HistoryTier tier() const { return m_tier; }

    bool isEmpty() const { return m_chunks.isEmpty(); }

    /// Unix ms of the first row, and of the end of the last; 0 when empty.
    qint64 from() const { return m_from; }

    qint64 to() const { return m_to; }

    /// How much time a chunk spans, about, ms; at least a second.
    qint64 usualSpan() const;

    bool spans(qint64 moment) const { return m_from <= moment && moment <= m_to; }

    qsizetype bytes() const { return m_bytes; }

    /// Nothing for a moment in a gap, or elsewhere.
    std::optional<WorkloadSample> at(qint64 moment, ChunkDecoder &decoder) const;

private:
    struct Chunk
    {
        QByteArray bytes;
        qint64 from, to; ///< ms of the first row, and of the end of the last
    };

    HistoryTier m_tier;
    QList<Chunk> m_chunks;
    qint64 m_from = 0, m_to = 0;
    qsizetype m_bytes = 0;
};

} // namespace Treewarden
