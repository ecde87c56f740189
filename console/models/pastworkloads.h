// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/chunkcodec.h"
#include "shared/history/tiers.h"
#include "shared/protocol/workload.h"
#include "shared/redis/redisconnection.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace Treewarden {

class FleetSource;

/// What a row of a chunk says, as a sample would have said it.
Workload workloadOfRow(const HistoryChunk &chunk, qsizetype row);
/// The row that tells of a moment, or -1: it is in a gap, or elsewhere.
qsizetype rowAt(const HistoryChunk &chunk, qint64 moment);

/// Reads the load of single servers at a past moment from their history: of those that somebody
/// looks at, a few at a time, and only the chunks around the moment, where they are likely to
/// stand.
class PastWorkloads : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostServers = 200; ///< that one may look at

    explicit PastWorkloads(FleetSource &live, QObject *parent = nullptr);

    /// Replaces what `who` looked at before.
    void want(const QObject *who, const QStringList &ips);
    /// The load of this moment is wanted now; 0: none.
    void setMoment(qint64 moment);

Q_SIGNALS:
    void found(const QString &ip, const Treewarden::WorkloadSample &sample);

private:
    /// Looking for one server's chunk.
    struct Search
    {
        QString ip;
        HistoryTier tier = HistoryTier::Samples;
        qint64 place = 0; ///< the chunk that is likely to tell, counted from the end of the list
        int tries = 0;
    };

    struct Part
    {
        HistoryTier tier;
        QList<QByteArray> chunks;
        qint64 from = 0, to = 0; ///< ms of the first and last row
    };

    void beginSearches();
    void searchNext();
    void ask(const Search &search);
    void take(Search search, const QList<QByteArray> &chunks);
    bool answer(const QString &ip, const Part &part);
    Part partOf(HistoryTier tier, const QList<QByteArray> &chunks);

    FleetSource &m_live;
    QHash<const QObject *, QStringList> m_wanted;
    QCache<QString, Part> m_parts;
    QList<Search> m_waiting;
    int m_underWay = 0;
    qint64 m_moment = 0;
    int m_generation = 0;
    QTimer m_soon;
    ChunkDecoder m_decoder;
    HistoryChunk m_chunk;
};

} // namespace Treewarden
