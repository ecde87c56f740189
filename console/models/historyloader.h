// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/chunklists.h"
#include "shared/redis/redisvalue.h"

#include <QObject>

namespace Treewarden {

class HistoryLink;

/// Reads the history of one server from Redis: of each tier just as much of the end of its list as
/// somebody wants, in parts of a few hundred KiB.
class HistoryLoader : public QObject
{
    Q_OBJECT
public:
    explicit HistoryLoader(HistoryLink &link, QObject *parent = nullptr);

    /// Another server; an empty ip: none. Forgets what was read.
    void setServer(const QString &ip);
    /// Reads what tells about the time from `from` (Unix ms) to the end in steps of `tier`: that
    /// tier, the ends of the finer ones, and a coarser one where it is not kept for so long.
    /// `now` is the server's clock.
    void want(HistoryTier tier, qint64 from, qint64 now);
    /// Reads what was added since, and the raw samples when `withSamples`.
    void refresh(bool withSamples);

    const ChunkLists &lists() const { return m_lists; }

    bool isLoading() const { return m_isLoading; }

    /// How much of what is wanted has come, 0 to 1.
    double progress() const { return m_progress; }

    /// The earliest time that Redis holds anything of, ms; 0: not known.
    qint64 begin() const { return m_begin; }

    /// Why there is no history, a sentence; empty when it came.
    const QString &trouble() const { return m_trouble.isEmpty() ? m_newestTrouble : m_trouble; }

Q_SIGNALS:
    /// All that is wanted is there, or there is more of it.
    void changed();
    /// The raw list, newest last.
    void samplesRead(const QList<QByteArray> &elements);
    void loadingChanged();

private:
    /// So much in front of what is known.
    struct Part
    {
        HistoryTier tier;
        qsizetype count;
    };

    void restart();
    void next();
    std::optional<Part> missing() const;
    Part partOf(HistoryTier tier) const;
    void ask(const Part &part);
    void takePart(const Part &part, const RedisReply &reply);
    void takeNewest(const QList<RedisReply> &replies);
    void takeBegin(const RedisReply &reply);
    void setLoading(bool isLoading);

    HistoryLink &m_link;
    QString m_ip;
    ChunkLists m_lists;
    HistoryTier m_tier = HistoryTier::Samples;
    qint64 m_from = 0, m_now = 0;
    bool m_isWanted = false, m_isOut = false, m_isLoading = false, m_isRefreshing = false;
    int m_round = 0; ///< answers of earlier ones are nobody's
    qsizetype m_most; ///< chunks a part; fewer after one that did not come through
    double m_progress = 0;
    qint64 m_begin = 0;
    QString m_trouble, m_newestTrouble;
};

} // namespace Treewarden
