// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/chunklists.h"

#include <algorithm>

namespace Treewarden {

namespace {

/// A full chunk of 64 fields takes about 20 KiB; who writes more means no good.
constexpr qsizetype longestChunk = 256 * 1024;
constexpr qsizetype mostMetrics = 256;

} // namespace

ChunkLists::Chunk ChunkLists::read(HistoryTier tier, const QByteArray &bytes, ChunkDecoder &decoder,
                                   HistoryChunk &chunk)
{
    Chunk known{{}, qHash(bytes), 0, 0};
    const bool isShort = bytes.size() <= longestChunk;
    const auto isRead = isShort ? decoder.decode(bytes, chunk) : Result<bool>(false);
    if (!isRead || !*isRead || chunk.times.empty()) {
        ++m_broken;
        return known;
    }
    known.bytes = bytes;
    known.first = chunk.times.front();
    known.last = chunk.times.back() + (tier == HistoryTier::Samples ? 0 : chunk.interval);
    if (chunk.names != m_names) {
        m_names = chunk.names;
        for (const QByteArray &name : m_names) {
            if (m_metrics.size() < mostMetrics)
                m_metrics.insert(name);
        }
    }
    return known;
}

QList<ChunkLists::Chunk> ChunkLists::readAll(HistoryTier tier, const QList<QByteArray> &part)
{
    ChunkDecoder decoder;
    HistoryChunk chunk;
    QList<Chunk> chunks;
    chunks.reserve(part.size());
    for (const QByteArray &bytes : part)
        chunks << read(tier, bytes, decoder, chunk);
    return chunks;
}

void ChunkLists::addOlder(HistoryTier tier, const QList<QByteArray> &part, bool isBegin)
{
    List &known = m_lists[size_t(tier)];
    QList<Chunk> older = readAll(tier, part);
    const auto isSame = [](const Chunk &a, const Chunk &b) { return a.hash == b.hash; };
    for (qsizetype both = std::min(older.size(), known.chunks.size()); both > 0; --both) {
        if (std::equal(older.end() - both, older.end(), known.chunks.begin(), isSame)) {
            older.resize(older.size() - both);
            break;
        }
    }
    for (const Chunk &chunk : std::as_const(older))
        known.bytes += chunk.bytes.size();
    known.chunks = older + known.chunks;
    known.isWhole = isBegin;
}

bool ChunkLists::addNewer(HistoryTier tier, const QList<QByteArray> &part, bool isBegin)
{
    List &known = m_lists[size_t(tier)];
    qsizetype join = -1;
    for (qsizetype i = part.size() - 1; i >= 0 && join < 0 && !known.chunks.isEmpty(); --i) {
        if (qHash(part[i]) == known.chunks.last().hash)
            join = i;
    }
    const bool isJoined = join >= 0;
    if (!isJoined)
        known = {};
    for (const Chunk &chunk : readAll(tier, part.mid(join + 1))) {
        known.bytes += chunk.bytes.size();
        known.chunks << chunk;
    }
    if (!isJoined)
        known.isWhole = isBegin;
    while (known.chunks.size() > mostChunks || known.bytes > mostBytes)
        known.bytes -= known.chunks.takeFirst().bytes.size();
    return isJoined;
}

bool ChunkLists::isWhole(HistoryTier tier) const
{
    const List &known = list(tier);
    return known.isWhole || known.chunks.size() >= mostChunks || known.bytes >= mostBytes;
}

bool ChunkLists::reaches(HistoryTier tier, qint64 from) const
{
    if (isWhole(tier))
        return true;
    const auto first = oldest(tier);
    return first && *first <= from;
}

std::optional<qint64> ChunkLists::oldest(HistoryTier tier) const
{
    for (const Chunk &chunk : list(tier).chunks) {
        if (chunk.first > 0)
            return chunk.first;
    }
    return {};
}

std::optional<qint64> ChunkLists::newest(HistoryTier tier) const
{
    std::optional<qint64> last;
    for (const Chunk &chunk : list(tier).chunks) {
        if (chunk.last > 0)
            last = std::max(last.value_or(0), chunk.last);
    }
    return last;
}

QMap<HistoryTier, QList<QByteArray>> ChunkLists::between(qint64 from, qint64 to) const
{
    QMap<HistoryTier, QList<QByteArray>> chunks;
    for (const HistoryTier tier : historyTiers) {
        for (const Chunk &chunk : list(tier).chunks) {
            if (!chunk.bytes.isEmpty() && chunk.last >= from && chunk.first <= to)
                chunks[tier] << chunk.bytes;
        }
    }
    return chunks;
}

} // namespace Treewarden
