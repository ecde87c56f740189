// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/tiers.h"
#include "shared/redis/redisconnection.h"

#include <QMap>
#include <QObject>

#include <deque>

namespace Treewarden {

/// Writes the history of this server: chunks are made from the samples as they come and go out with
/// the next round. What Redis cannot take waits, at most 256 KiB: then the oldest samples go first,
/// minutes and hours stay. After a start the open ends are made again from what the lists hold.
class HistoryWriter
{
public:
    HistoryWriter(RedisConnection &connection, QString ip);

    /// How often samples come, and for how many seconds each tier is kept, by its name.
    void setIntervals(std::chrono::milliseconds workload, const QMap<QString, qint64> &keep);

    void add(qint64 timestamp, const Workload &workload);

    /// What the next round writes; nothing while it must read first, which this begins.
    QList<RedisConnection::Words> commands();

    /// The round with the last commands() went out.
    void noteSent() { m_sent = m_offered > 0 ? m_offered : m_sent; }

    /// A round was answered: all of it, or not.
    void noteAnswer(bool isComplete);

    /// Chunks that wait for Redis.
    qsizetype waitingCount() const { return qsizetype(m_waiting.size()); }

private:
    enum class State {
        Unread, ///< what the lists hold is not known yet
        Doubtful, ///< what was sent may have been written or not
        Reading,
        Ready,
    };

    static constexpr qsizetype mostWaitingBytes = 256 * 1024, mostAtOnce = 8, mostEarly = 300;

    QByteArray key(HistoryTier tier) const;
    void read(const QList<RedisConnection::Words> &commands, State otherwise,
              std::function<void(const QList<QList<QByteArray>> &)> take);
    void restore();
    void takeTail(const HistoryTail &tail);
    void findOutWhatWasWritten();
    void collect();
    void makeRoom();

    RedisConnection &m_connection;
    const QString m_ip;
    QMap<QString, qint64> m_keep;
    HistoryTiers m_tiers;
    State m_state = State::Unread;
    bool m_isRestored = false;
    std::deque<FinishedChunk> m_waiting;
    qsizetype m_waitingBytes = 0;
    size_t m_offered = 0, m_sent = 0; ///< of the first that wait
    qint64 m_dropped = 0;
    QList<WorkloadSample> m_early; ///< came before the lists were read
    QString m_trouble; ///< logged once until it is over
    QObject m_context;
};

} // namespace Treewarden
