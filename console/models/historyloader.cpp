// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/historyloader.h"

#include "console/models/historylink.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

// Unpacked in a few milliseconds, whatever they hold.
constexpr qsizetype mostSamples = 240, mostSummaries = 80, fewest = 8;
constexpr qsizetype newestChunks = 6;

qint64 chunkLength(HistoryTier tier)
{
    const qint64 row = tier == HistoryTier::Hours ? hourSpan
        : tier == HistoryTier::Minutes            ? minuteSpan
                                                  : 1000;
    return row * HistoryChunk::mostRows;
}

} // namespace

HistoryLoader::HistoryLoader(HistoryLink &link, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_most(mostSamples)
{
    connect(&link, &HistoryLink::restarted, this, &HistoryLoader::restart);
}

void HistoryLoader::setServer(const QString &ip)
{
    m_ip = ip;
    m_isWanted = false;
    m_trouble.clear();
    m_newestTrouble.clear();
    restart();
}

/// Nothing that is out will be answered, and lists may be others now.
void HistoryLoader::restart()
{
    ++m_round;
    m_isOut = m_isRefreshing = false;
    m_lists.clear();
    m_begin = 0;
    m_most = mostSamples;
    setLoading(false);
    if (m_ip.isEmpty())
        return;
    refresh(true);
    next();
}

void HistoryLoader::want(HistoryTier tier, qint64 from, qint64 now)
{
    m_isWanted = true;
    m_tier = tier;
    m_from = from;
    m_now = now;
    m_progress = 0;
    next();
}

HistoryLoader::Part HistoryLoader::partOf(HistoryTier tier) const
{
    const qsizetype known = m_lists.size(tier);
    const qint64 needed = (m_now - m_from) / chunkLength(tier) + 2 - known;
    const qsizetype most
        = std::min(m_most, tier == HistoryTier::Samples ? mostSamples : mostSummaries);
    return {tier, std::clamp<qsizetype>(needed, std::min(fewest, most), most)};
}

/// What to ask for next; nothing when all that is wanted is there.
std::optional<HistoryLoader::Part> HistoryLoader::missing() const
{
    if (!m_lists.reaches(m_tier, m_from))
        return partOf(m_tier);
    for (int finer = int(m_tier) - 1; finer >= int(HistoryTier::Samples); --finer) {
        const auto tier = HistoryTier(finer);
        const qsizetype wanted = HistoryTiers::tailOfChunks - m_lists.size(tier);
        if (wanted > 0 && !m_lists.isWhole(tier))
            return Part{tier, std::min(wanted, m_most)};
    }
    for (int coarser = int(m_tier) + 1; coarser <= int(HistoryTier::Hours); ++coarser) {
        const auto oldest = m_lists.oldest(HistoryTier(coarser - 1));
        if (oldest && *oldest <= m_from)
            return {};
        if (!m_lists.reaches(HistoryTier(coarser), m_from))
            return partOf(HistoryTier(coarser));
    }
    return {};
}

void HistoryLoader::next()
{
    if (m_isOut || m_ip.isEmpty() || !m_isWanted)
        return;
    const auto part = missing();
    if (part && m_link.connection()) {
        setLoading(true);
        ask(*part);
        return;
    }
    m_progress = 1;
    setLoading(false);
    Q_EMIT changed();
}

void HistoryLoader::ask(const Part &part)
{
    m_isOut = true;
    const qsizetype known = m_lists.size(part.tier);
    m_link.connection()->command({"LRANGE", Keys::serverHistory(m_ip, tierName(part.tier)),
                                  QByteArray::number(-known - part.count),
                                  QByteArray::number(-known - 1)},
                                 this, [this, part, round = m_round](const RedisReply &reply) {
                                     if (round == m_round)
                                         takePart(part, reply);
                                 });
}

void HistoryLoader::takePart(const Part &part, const RedisReply &reply)
{
    m_isOut = false;
    m_trouble = reply.isOk() ? QString() : oneLine(reply.error);
    if (!reply.isOk()) {
        // An answer that was too large ended its connection: the next one is smaller. What Redis
        // refuses it will refuse again, until somebody asks for something else.
        const bool isLost = reply.outcome == RedisReply::Outcome::Unknown && m_most > 1;
        m_most = std::max<qsizetype>(m_most / 4, 1);
        if (isLost)
            return next();
        m_isWanted = false;
        setLoading(false);
        Q_EMIT changed();
        return;
    }
    const QList<QByteArray> chunks = reply.value.toList();
    m_lists.addOlder(part.tier, chunks, chunks.size() < part.count);
    const auto oldest = m_lists.oldest(m_tier);
    if (oldest && m_now > m_from)
        m_progress = std::clamp(double(m_now - *oldest) / double(m_now - m_from), m_progress, 1.0);
    Q_EMIT loadingChanged();
    next();
}

void HistoryLoader::refresh(bool withSamples)
{
    RedisConnection *connection = m_ip.isEmpty() ? nullptr : m_link.connection();
    if (!connection || m_isRefreshing)
        return;
    m_isRefreshing = true;
    QList<RedisConnection::Words> commands;
    const QByteArray raw = QByteArray::number(withSamples ? -Keys::workloadLength : -1);
    commands << RedisConnection::Words{"LRANGE", Keys::serverWorkload(m_ip), raw, "-1"};
    for (const HistoryTier tier : historyTiers)
        commands << RedisConnection::Words{"LRANGE", Keys::serverHistory(m_ip, tierName(tier)),
                                           QByteArray::number(-newestChunks), "-1"};
    for (const HistoryTier tier : historyTiers)
        commands << RedisConnection::Words{"LINDEX", Keys::serverHistory(m_ip, tierName(tier)),
                                           "0"};
    connection->pipeline(commands, this, [this, round = m_round](const QList<RedisReply> &replies) {
        if (round == m_round)
            takeNewest(replies);
    });
}

void HistoryLoader::takeNewest(const QList<RedisReply> &replies)
{
    m_isRefreshing = false;
    m_newestTrouble.clear();
    for (const RedisReply &reply : replies) {
        if (!reply.isOk() && m_newestTrouble.isEmpty())
            m_newestTrouble = oneLine(reply.error);
    }
    constexpr qsizetype tiers = std::size(historyTiers);
    if (replies.size() <= 2 * tiers)
        return;
    m_begin = 0;
    for (qsizetype i = tiers + 1; i <= 2 * tiers; ++i)
        takeBegin(replies[i]);
    if (replies.first().isOk())
        Q_EMIT samplesRead(replies.first().value.toList());
    for (const HistoryTier tier : historyTiers) {
        const RedisReply &reply = replies[int(tier) + 1];
        const QList<QByteArray> newest = reply.value.toList();
        if (!reply.isOk() || newest.isEmpty())
            continue;
        const bool isJoined = m_lists.addNewer(tier, newest, newest.size() < newestChunks);
        // A part that is out was counted from another end.
        if (!isJoined && std::exchange(m_isOut, false))
            ++m_round;
    }
    if (m_isOut)
        return; // it goes on, and tells when it is done
    next();
    if (!m_isWanted)
        Q_EMIT changed();
}

void HistoryLoader::takeBegin(const RedisReply &reply)
{
    ChunkDecoder decoder;
    HistoryChunk chunk;
    const auto isRead = decoder.decode(reply.value.toBytes(), chunk);
    if (isRead && *isRead && !chunk.times.empty()
        && (m_begin == 0 || chunk.times.front() < m_begin))
        m_begin = chunk.times.front();
}

void HistoryLoader::setLoading(bool isLoading)
{
    if (isLoading == m_isLoading)
        return;
    m_isLoading = isLoading;
    Q_EMIT loadingChanged();
}

} // namespace Treewarden
