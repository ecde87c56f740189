// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastworkloads.h"

#include "console/models/fleetsource.h"
#include "shared/protocol/keys.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostUnderWay = 16, mostTries = 6, around = 2; ///< chunks before and after the likely
constexpr qint64 samplesReach = 23 * hourSpan, minutesReach = 13 * 24 * hourSpan; // ms

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
    // A summary's time is its begin; a sample stands until the next one is late.
    const qint64 reach = chunk.isSummary ? chunk.interval : 3 * chunk.interval + 2'000;
    return moment - chunk.times[size_t(row)] < reach ? row : -1;
}

PastWorkloads::PastWorkloads(FleetSource &live, QObject *parent)
    : QObject(parent)
    , m_live(live)
    , m_parts(2 * int(mostServers))
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
    if (m_moment > 0)
        m_soon.start();
}

/// Whoever drags the slider wants the load where it stops, unless it is at hand.
void PastWorkloads::setMoment(qint64 moment)
{
    ++m_generation;
    m_moment = moment;
    m_waiting.clear();
    m_underWay = 0;
    if (moment == 0) {
        m_parts.clear();
        m_soon.stop();
        return;
    }
    m_soon.start();
    for (const QStringList &ips : std::as_const(m_wanted)) {
        for (const QString &ip : ips) {
            if (const Part *part = m_parts.object(ip))
                answer(ip, *part);
        }
    }
}

void PastWorkloads::beginSearches()
{
    RedisConnection *redis = m_live.connection();
    if (m_moment == 0 || !redis || !redis->isConnected())
        return;
    ++m_generation;
    m_waiting.clear();
    m_underWay = 0;
    const HistoryTier tier = tierFor(m_live.now() - m_moment);
    QSet<QString> seen;
    for (const QStringList &ips : std::as_const(m_wanted)) {
        for (const QString &ip : ips) {
            const Part *part = m_parts.object(ip);
            const bool isAtHand = part && part->tier == tier && part->from <= m_moment
                && m_moment <= part->to && answer(ip, *part);
            if (seen.contains(ip) || isAtHand)
                continue;
            seen.insert(ip);
            m_waiting << Search{ip, tier, (m_live.now() - m_moment) / usualSpan(tier), 0};
        }
    }
    searchNext();
}

void PastWorkloads::searchNext()
{
    while (m_underWay < mostUnderWay && !m_waiting.isEmpty()) {
        ++m_underWay;
        ask(m_waiting.takeFirst());
    }
}

void PastWorkloads::ask(const Search &search)
{
    RedisConnection *redis = m_live.connection();
    if (!redis)
        return;
    const qint64 first = -(search.place + around + 1),
                 last = -std::max<qint64>(search.place - around, 0) - 1;
    redis->command(
        {"LRANGE", Keys::serverHistory(search.ip, tierName(search.tier)), QByteArray::number(first),
         QByteArray::number(last)},
        this,
        [this, search, generation = m_generation](const RedisReply &reply) {
            if (generation != m_generation)
                return;
            --m_underWay;
            if (reply.isOk())
                take(search, reply.value.toList());
            searchNext();
        },
        RedisConnection::Queueing::Never);
}

/// Not found: the chunks that came say how far it is to the right ones.
void PastWorkloads::take(Search search, const QList<QByteArray> &chunks)
{
    const Part part = partOf(search.tier, chunks);
    if (answer(search.ip, part)) {
        m_parts.insert(search.ip, new Part(part));
        return;
    }
    if (++search.tries >= mostTries)
        return;
    if (part.to == 0) {
        // Beyond the begin of a list that is shorter than was thought.
        if (search.place == 0)
            return;
        search.place /= 2;
    } else {
        const qint64 span = std::max<qint64>(
            (part.to - part.from) / std::max<qsizetype>(part.chunks.size(), 1), 1000);
        if (m_moment < part.from)
            search.place += (part.from - m_moment) / span + 1;
        else if (m_moment > part.to && search.place > 0)
            search.place = std::max<qint64>(search.place - (m_moment - part.to) / span - 1, 0);
        else
            return; // it lies in a gap, or behind all that was written
    }
    m_waiting.prepend(search);
}

PastWorkloads::Part PastWorkloads::partOf(HistoryTier tier, const QList<QByteArray> &chunks)
{
    Part part{tier, chunks, 0, 0};
    for (const QByteArray &bytes : chunks) {
        const auto decoded = m_decoder.decode(bytes, m_chunk);
        if (!decoded || !*decoded || m_chunk.times.empty())
            continue;
        part.from
            = part.from == 0 ? m_chunk.times.front() : std::min(part.from, m_chunk.times.front());
        part.to = std::max(part.to, m_chunk.times.back() + m_chunk.interval);
    }
    return part;
}

bool PastWorkloads::answer(const QString &ip, const Part &part)
{
    if (m_moment < part.from || m_moment > part.to)
        return false;
    for (const QByteArray &bytes : part.chunks) {
        const auto decoded = m_decoder.decode(bytes, m_chunk);
        if (!decoded || !*decoded || m_chunk.times.empty())
            continue;
        if (const qsizetype row = rowAt(m_chunk, m_moment); row >= 0) {
            Q_EMIT found(ip, {m_chunk.times[size_t(row)], workloadOfRow(m_chunk, row)});
            return true;
        }
    }
    return false;
}

} // namespace Treewarden
