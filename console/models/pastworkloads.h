// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pastpart.h"
#include "shared/redis/redisconnection.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace Treewarden {

class FleetSource;

/// Reads the load of single servers at a past moment from their history: of those that somebody
/// looks at, a few at a time, and only the chunks around the moment, where they are likely to
/// stand; the last minute, which is in no chunk yet, from the newest samples.
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

    /// Whom somebody looks at.
    QStringList wanted() const;

    /// True while answers are on their way.
    bool isAsking() const { return m_underWay > 0; }

    /// True when everything was told that can be.
    bool isIdle() const { return !isAsking() && m_waiting.isEmpty() && !m_soon.isActive(); }

Q_SIGNALS:
    void found(const QString &ip, const Treewarden::WorkloadSample &sample);

private:
    /// Looking for one server's load at a moment.
    struct Search
    {
        QString ip;
        qint64 moment = 0;
        HistoryTier tier = HistoryTier::Samples;
        qint64 place = 0; ///< the chunk that is likely to tell, counted from the end of the list
        int tries = 0;
        bool isOfNewest = false; ///< in the newest samples instead of a tier
    };

    void beginSearches();
    bool isAtHand(const QString &ip, HistoryTier tier);
    void searchNext();
    void ask(const Search &search);
    void takeChunks(Search search, const QList<QByteArray> &chunks);
    void takeNewest(const Search &search, const QList<QByteArray> &samples);
    bool answer(const QString &ip, const PastPart &part);
    void goOn(Search search, const PastPart &part);
    void lookInCoarser(Search search);

    FleetSource &m_live;
    QHash<const QObject *, QStringList> m_wanted;
    QCache<QString, PastPart> m_parts; ///< by ip; its costs are KiB
    QList<Search> m_waiting;
    int m_underWay = 0;
    qint64 m_moment = 0;
    QTimer m_soon;
    ChunkDecoder m_decoder;
};

} // namespace Treewarden
