// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastworkloads.h"

#include "console/models/fleetsource.h"
#include "shared/protocol/keys.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr int mostUnderWay = 16, mostTries = 6, around = 2; ///< chunks before and after the likely
constexpr qint64 samplesReach = 23 * hourSpan, minutesReach = 13 * 24 * hourSpan; // ms
constexpr qint64 beforeNewest = 15; ///< samples before the likely one
constexpr int mostKept = 32 * 1024; ///< KiB of chunks
constexpr qsizetype longestSample = 64 * 1024; ///< bytes
constexpr qint64 newestReach = 5'000; ///< ms that a sample stands when the next one is late

/// How much time a chunk of a tier spans when nothing was missed, ms.
qint64 usualSpan(HistoryTier tier)
{
    const qint64 interval = tier == HistoryTier::Samples ? 1000
        : tier == HistoryTier::Minutes                   ? minuteSpan
                                                         : hourSpan;
    return HistoryChunk::mostRows * interval;
}

/// The finest tier that still holds what is so old.
HistoryTier tierFor(qint64 age)
{
    return age < samplesReach ? HistoryTier::Samples
        : age < minutesReach  ? HistoryTier::Minutes
                              : HistoryTier::Hours;
}

} // namespace

PastWorkloads::PastWorkloads(FleetSource &live, QObject *parent)
    : QObject(parent)
    , m_live(live)
    , m_parts(mostKept)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(120ms);
    connect(&m_soon, &QTimer::timeout, this, &PastWorkloads::beginSearches);
}

void PastWorkloads::want(const QObject *who, const QStringList &ips)
{
    if (!m_wanted.contains(who))
        connect(who, &QObject::destroyed, this, [this, who] { m_wanted.remove(who); });
    const QStringList wanted = ips.mid(0, mostServers);
    if (m_wanted.value(who) == wanted)
        return;
    m_wanted.insert(who, wanted);
    if (m_moment > 0 && !m_soon.isActive())
        m_soon.start();
}

QStringList PastWorkloads::wanted() const
{
    QStringList ips;
    for (const QStringList &wanted : m_wanted)
        ips += wanted;
    return ips;
}

/// What is at hand is told at once, the rest soon: the moment may be another one by then.
void PastWorkloads::setMoment(qint64 moment)
{
    m_moment = moment;
    m_waiting.clear();
    if (moment == 0) {
        m_parts.clear();
        m_soon.stop();
        return;
    }
    if (!m_soon.isActive())
        m_soon.start();
    for (const QStringList &ips : std::as_const(m_wanted)) {
        for (const QString &ip : ips) {
            if (const PastPart *part = m_parts.object(ip))
                answer(ip, *part);
        }
    }
}

void PastWorkloads::beginSearches()
{
    RedisConnection *redis = m_live.connection();
    if (m_moment == 0 || !redis || !redis->isConnected())
        return;
    m_waiting.clear();
    const qint64 age = std::max<qint64>(m_live.now() - m_moment, 0);
    const HistoryTier tier = tierFor(age);
    QSet<QString> seen;
    for (const QStringList &ips : std::as_const(m_wanted)) {
        for (const QString &ip : ips) {
            if (seen.contains(ip))
                continue;
            seen.insert(ip);
            if (!isAtHand(ip, tier))
                m_waiting << Search{ip, m_moment, tier, age / usualSpan(tier)};
        }
    }
    searchNext();
}

/// True when nothing has to be read: it was told, or lies in a gap.
bool PastWorkloads::isAtHand(const QString &ip, HistoryTier tier)
{
    const PastPart *part = m_parts.object(ip);
    if (!part || part->tier() != tier || !part->spans(m_moment))
        return false;
    answer(ip, *part); // for somebody who wants it since it was told
    return true;
}

void PastWorkloads::searchNext()
{
    while (m_underWay < mostUnderWay && !m_waiting.isEmpty())
        ask(m_waiting.takeFirst());
}

void PastWorkloads::ask(const Search &search)
{
    RedisConnection *redis = m_live.connection();
    if (!redis)
        return;
    const qint64 first = -(search.place + (search.isOfNewest ? beforeNewest : around) + 1);
    const qint64 last = search.isOfNewest ? -1 : -std::max<qint64>(search.place - around, 0) - 1;
    ++m_underWay;
    redis->command(
        {"LRANGE",
         search.isOfNewest ? Keys::serverWorkload(search.ip)
                           : Keys::serverHistory(search.ip, tierName(search.tier)),
         QByteArray::number(first), QByteArray::number(last)},
        this,
        [this, search](const RedisReply &reply) {
            --m_underWay;
            if (reply.isOk() && m_moment > 0) {
                const QList<QByteArray> elements = reply.value.toList();
                search.isOfNewest ? takeNewest(search, elements) : takeChunks(search, elements);
            }
            searchNext();
        },
        RedisConnection::Queueing::Never);
}

void PastWorkloads::takeChunks(Search search, const QList<QByteArray> &chunks)
{
    const PastPart part(search.tier, chunks, m_decoder);
    const bool isAnswer = answer(search.ip, part);
    if (isAnswer || part.spans(search.moment))
        m_parts.insert(search.ip, new PastPart(part), int(part.bytes() / 1024) + 1);
    // The moment may have moved on meanwhile: then the next search is on its way.
    if (!isAnswer && !part.spans(search.moment) && search.moment == m_moment)
        goOn(std::move(search), part);
}

/// Not found: the chunks that came say how far it is to the right ones.
void PastWorkloads::goOn(Search search, const PastPart &part)
{
    if (++search.tries >= mostTries) {
        lookInCoarser(std::move(search));
        return;
    }
    if (part.isEmpty() && search.place > 0) {
        search.place /= 2; // beyond the begin of a list that is shorter than was thought
    } else if (!part.isEmpty() && search.moment < part.from()) {
        search.place += (part.from() - search.moment) / part.usualSpan() + 1;
    } else if (!part.isEmpty() && search.place > 0) {
        search.place = std::max<qint64>(
            search.place - (search.moment - part.to()) / part.usualSpan() - 1, 0);
    } else if (search.tier == HistoryTier::Samples) {
        search.isOfNewest = true; // behind all chunks
        search.place
            = std::clamp<qint64>((m_live.now() - search.moment) / 1000, 0, Keys::workloadLength);
    } else {
        return;
    }
    m_waiting.prepend(search);
}

/// The finer list may be kept for a shorter time than is usual.
void PastWorkloads::lookInCoarser(Search search)
{
    if (search.tier == HistoryTier::Hours || search.isOfNewest)
        return;
    search.tier = search.tier == HistoryTier::Samples ? HistoryTier::Minutes : HistoryTier::Hours;
    search.place = std::max<qint64>(m_live.now() - search.moment, 0) / usualSpan(search.tier);
    search.tries = 0;
    m_waiting.prepend(search);
}

void PastWorkloads::takeNewest(const Search &search, const QList<QByteArray> &samples)
{
    if (search.moment != m_moment)
        return;
    for (auto json = samples.crbegin(); json != samples.crend(); ++json) {
        if (json->size() > longestSample)
            continue;
        const auto sample = parseWorkloadSample(*json);
        if (!sample || sample->timestamp > m_moment)
            continue;
        if (m_moment - sample->timestamp < newestReach)
            Q_EMIT found(search.ip, *sample);
        return;
    }
}

bool PastWorkloads::answer(const QString &ip, const PastPart &part)
{
    if (!part.spans(m_moment))
        return false;
    const auto sample = part.at(m_moment, m_decoder);
    if (sample)
        Q_EMIT found(ip, *sample);
    return sample.has_value();
}

} // namespace Treewarden
