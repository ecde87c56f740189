// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastpart.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestPiece = 256 * 1024; ///< bytes

/// "filesystems./var.used" and "ping.10.0.0.1" have names with dots in the middle or at the end.
void put(QJsonObject &info, const QString &path, double value)
{
    const qsizetype dot = path.indexOf(u'.');
    if (dot < 0) {
        info.insert(path, value);
        return;
    }
    const QString group = path.left(dot), rest = path.mid(dot + 1);
    QJsonObject object = info.value(group).toObject();
    const qsizetype last = rest.lastIndexOf(u'.');
    if (group == u"filesystems" && last > 0) {
        QJsonObject filesystem = object.value(rest.left(last)).toObject();
        filesystem.insert(rest.mid(last + 1), value);
        object.insert(rest.left(last), filesystem);
    } else {
        object.insert(rest, value);
    }
    info.insert(group, object);
}

/// How long after a sample it still stands, when the next one is late; a summary's time is its
/// begin.
qint64 reachOf(const HistoryChunk &chunk)
{
    return chunk.isSummary ? chunk.interval : 3 * chunk.interval + 2'000;
}

} // namespace

Workload workloadOfRow(const HistoryChunk &chunk, qsizetype row)
{
    QJsonObject info;
    QJsonArray load;
    for (qsizetype field = 0; field < chunk.fields(); ++field) {
        const double value = chunk.averages[chunk.at(row, field)];
        if (!std::isfinite(value))
            continue;
        const QByteArray &name = chunk.names[size_t(field)];
        const bool isBytes = name.startsWith("memory.") || name.startsWith("filesystems.");
        if (name.startsWith("load."))
            load.append(value);
        else
            put(info, QString::fromUtf8(name),
                isBytes && !name.endsWith("inodes_used") ? std::round(value) : value);
    }
    if (!load.isEmpty())
        info.insert(u"load"_s, load);
    return readWorkload(info);
}

qsizetype rowAt(const HistoryChunk &chunk, qint64 moment)
{
    const auto next = std::upper_bound(chunk.times.begin(), chunk.times.end(), moment);
    if (next == chunk.times.begin())
        return -1;
    const qsizetype row = next - chunk.times.begin() - 1;
    return moment - chunk.times[size_t(row)] < reachOf(chunk) ? row : -1;
}

PastPart::PastPart(HistoryTier tier, const QList<QByteArray> &chunks, ChunkDecoder &decoder)
    : m_tier(tier)
{
    HistoryChunk chunk;
    for (const QByteArray &bytes : chunks) {
        if (bytes.size() > longestPiece)
            continue;
        const auto decoded = decoder.decode(bytes, chunk);
        if (!decoded || !*decoded || chunk.times.empty())
            continue;
        const Chunk read{bytes, chunk.times.front(), chunk.times.back() + reachOf(chunk)};
        m_from = m_chunks.isEmpty() ? read.from : std::min(m_from, read.from);
        m_to = std::max(m_to, read.to);
        m_bytes += bytes.size();
        m_chunks << read;
    }
}

qint64 PastPart::usualSpan() const
{
    return std::max<qint64>((m_to - m_from) / std::max<qsizetype>(m_chunks.size(), 1), 1000);
}

std::optional<WorkloadSample> PastPart::at(qint64 moment, ChunkDecoder &decoder) const
{
    HistoryChunk chunk;
    std::optional<WorkloadSample> nearest;
    for (const Chunk &one : m_chunks) {
        if (moment < one.from || moment >= one.to || !decoder.decode(one.bytes, chunk))
            continue;
        const qsizetype row = rowAt(chunk, moment);
        if (row >= 0 && (!nearest || chunk.times[size_t(row)] > nearest->timestamp))
            nearest = WorkloadSample{chunk.times[size_t(row)], workloadOfRow(chunk, row)};
    }
    return nearest;
}

} // namespace Treewarden
