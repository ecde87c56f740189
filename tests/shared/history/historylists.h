// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/tiers.h"

#include <QMap>

namespace Treewarden {

inline constexpr qint64 historyStart = 1'700'000'000'000;

inline Workload busy(double value)
{
    Workload workload;
    workload.cpu.busy = value;
    workload.load = {value / 10, 1, 2};
    return workload;
}

/// The lists of a server in a Redis of nobody.
struct HistoryLists
{
    QMap<HistoryTier, QList<QByteArray>> chunks;
    QList<QByteArray> raw;

    void take(HistoryTiers &tiers)
    {
        for (const FinishedChunk &chunk : tiers.takeFinished())
            chunks[chunk.tier] << chunk.bytes;
    }

    void add(HistoryTiers &tiers, qint64 time, const Workload &workload)
    {
        tiers.add(time, workload);
        take(tiers);
        raw << toJson(WorkloadSample{time, workload});
        if (raw.size() > 300)
            raw.removeFirst();
    }

    HistoryTail tail() const
    {
        const auto last = [this](HistoryTier tier, int count) {
            const QList<QByteArray> list = chunks.value(tier);
            return list.mid(std::max<qsizetype>(list.size() - count, 0));
        };
        return {last(HistoryTier::Hours, HistoryTiers::tailOfHours),
                last(HistoryTier::Minutes, HistoryTiers::tailOfChunks),
                last(HistoryTier::Samples, HistoryTiers::tailOfChunks), raw};
    }
};

} // namespace Treewarden
