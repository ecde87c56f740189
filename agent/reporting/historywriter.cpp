// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/historywriter.h"

#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <QDebug>
#include <QSet>
#include <QTimer>

#include <malloc.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

using Words = RedisConnection::Words;

HistoryWriter::HistoryWriter(RedisConnection &connection, QString ip)
    : m_connection(connection)
    , m_ip(std::move(ip))
    , m_tiers(1000)
{
}

void HistoryWriter::setIntervals(std::chrono::milliseconds workload,
                                 const QMap<QString, qint64> &keep)
{
    m_keep = keep;
    m_tiers.setInterval(workload.count());
    collect();
}

QByteArray HistoryWriter::key(HistoryTier tier) const
{
    return Keys::serverHistory(m_ip, tierName(tier));
}

void HistoryWriter::add(qint64 timestamp, const Workload &workload)
{
    if (!m_isRestored) {
        m_early << WorkloadSample{timestamp, workload};
        if (m_early.size() > mostEarly)
            m_early.removeFirst();
        return;
    }
    m_tiers.add(timestamp, workload);
    collect();
}

void HistoryWriter::collect()
{
    for (FinishedChunk &chunk : m_tiers.takeFinished()) {
        m_waitingBytes += chunk.bytes.size();
        m_waiting.push_back(std::move(chunk));
    }
    makeRoom();
}

/// Drops what is worth least: the oldest samples, then the oldest of all. What is on its way stays.
void HistoryWriter::makeRoom()
{
    while (m_waitingBytes > mostWaitingBytes && m_waiting.size() > m_sent) {
        const auto first = m_waiting.begin() + qsizetype(m_sent);
        auto victim = std::find_if(first, m_waiting.end(), [](const FinishedChunk &chunk) {
            return chunk.tier == HistoryTier::Samples;
        });
        if (victim == m_waiting.end())
            victim = first;
        m_waitingBytes -= victim->bytes.size();
        m_waiting.erase(victim);
        ++m_dropped;
    }
}

QList<Words> HistoryWriter::commands()
{
    m_offered = 0;
    if (m_state == State::Unread)
        restore();
    else if (m_state == State::Doubtful)
        findOutWhatWasWritten();
    if (m_state != State::Ready || m_sent > 0)
        return {};
    if (m_dropped > 0) {
        qWarning().noquote()
            << u"%1 chunks of this server's history were lost while Redis was away: "
               "there was no room for more"_s.arg(std::exchange(m_dropped, 0));
    }
    QList<Words> commands;
    QSet<HistoryTier> touched;
    for (; m_offered < m_waiting.size() && m_offered < mostAtOnce; ++m_offered) {
        const FinishedChunk &chunk = m_waiting[m_offered];
        commands << Words{"RPUSH", key(chunk.tier), chunk.bytes};
        touched.insert(chunk.tier);
    }
    for (const HistoryTier tier : std::as_const(touched)) {
        const qint64 count = chunksFor(tier, m_keep.value(tierName(tier)), m_tiers.interval());
        commands << Words{"LTRIM", key(tier), QByteArray::number(-count), "-1"};
    }
    return commands;
}

void HistoryWriter::noteAnswer(bool isComplete)
{
    if (m_sent == 0)
        return;
    if (!isComplete) {
        m_state = State::Doubtful;
        return;
    }
    for (; m_sent > 0; --m_sent) {
        m_waitingBytes -= m_waiting.front().bytes.size();
        m_waiting.pop_front();
    }
}

/// Asks for lists; `take` gets them when all could be read, else the state is `otherwise`.
void HistoryWriter::read(const QList<Words> &commands, State otherwise,
                         std::function<void(const QList<QList<QByteArray>> &)> take)
{
    m_state = State::Reading;
    m_connection.pipeline(
        commands, &m_context,
        [this, otherwise, take = std::move(take)](const QList<RedisReply> &replies) {
            QList<QList<QByteArray>> lists;
            for (const RedisReply &reply : replies) {
                if (reply.isOk()) {
                    lists << reply.value.toList();
                    continue;
                }
                m_state = otherwise;
                if (reply.outcome == RedisReply::Outcome::Answered && m_trouble != reply.error) {
                    m_trouble = reply.error;
                    qWarning().noquote()
                        << u"the history of %1 cannot be read: %2; trying again every round"_s.arg(
                               m_ip, oneLine(m_trouble));
                }
                return;
            }
            m_state = State::Ready;
            m_trouble.clear();
            take(lists);
        },
        RedisConnection::Queueing::Never);
}

void HistoryWriter::restore()
{
    const auto tail = [this](HistoryTier tier, int count) {
        return Words{"LRANGE", key(tier), QByteArray::number(-count), "-1"};
    };
    read({tail(HistoryTier::Hours, HistoryTiers::tailOfHours),
          tail(HistoryTier::Minutes, HistoryTiers::tailOfChunks),
          tail(HistoryTier::Samples, HistoryTiers::tailOfChunks),
          Words{"LRANGE", Keys::serverWorkload(m_ip), "0", "-1"}},
         State::Unread, [this](const QList<QList<QByteArray>> &lists) {
             takeTail({lists[0], lists[1], lists[2], lists[3]});
         });
}

void HistoryWriter::takeTail(const HistoryTail &tail)
{
    QSet<qint64> written;
    for (const QByteArray &json : tail.raw) {
        if (const auto sample = parseWorkloadSample(json))
            written.insert(sample->timestamp);
    }
    m_tiers.restore(tail);
    m_isRestored = true;
    for (const WorkloadSample &sample : std::exchange(m_early, {})) {
        if (!written.contains(sample.timestamp))
            m_tiers.add(sample.timestamp, sample.info);
    }
    collect();
    // The lists were much for an agent to hold; the reply still is.
    QTimer::singleShot(0, &m_context, [] { malloc_trim(0); });
}

void HistoryWriter::findOutWhatWasWritten()
{
    QList<Words> tails;
    for (const HistoryTier tier : historyTiers)
        tails << Words{"LRANGE", key(tier), QByteArray::number(-mostAtOnce), "-1"};
    read(tails, State::Doubtful, [this](const QList<QList<QByteArray>> &lists) {
        size_t next = 0;
        for (; m_sent > 0; --m_sent) {
            const FinishedChunk &chunk = m_waiting[next];
            if (!lists[int(chunk.tier)].contains(chunk.bytes)) {
                ++next;
                continue;
            }
            m_waitingBytes -= chunk.bytes.size();
            m_waiting.erase(m_waiting.begin() + qsizetype(next));
        }
        makeRoom();
    });
}

} // namespace Treewarden
