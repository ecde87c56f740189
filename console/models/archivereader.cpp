// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/archivereader.h"

#include "console/models/fleetsource.h"
#include "console/models/streampages.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int sliceSize = 500; ///< events a question

} // namespace

ArchiveReader::ArchiveReader(FleetSource &live, QObject *parent)
    : QObject(parent)
    , m_live(live)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &ArchiveReader::readTail);
    connect(&live, &FleetSource::reset, this, &ArchiveReader::restart);
    connect(&live, &FleetSource::eventsAdded, this, [this](const QList<Event> &events) {
        if (!connection())
            takeFromState(events);
        else if (!m_soon.isActive())
            m_soon.start();
    });
    restart();
}

RedisConnection *ArchiveReader::connection() const
{
    return m_live.connection();
}

qint64 ArchiveReader::begin() const
{
    if (m_archive.isFull() || m_streamBegin == 0)
        return m_archive.firstTime();
    return m_archive.isEmpty() ? m_streamBegin : std::min(m_streamBegin, m_archive.firstTime());
}

bool ArchiveReader::tellsOf(qint64 moment) const
{
    return isComplete() || (!m_archive.isEmpty() && m_archive.firstTime() <= moment);
}

/// There is a snapshot: look whether the stream is still the one that was read, and go on there.
void ArchiveReader::restart()
{
    ++m_generation;
    m_isReadingTail = m_mustReadTail = false;
    const bool wasReading = std::exchange(m_isReadingBack, false);
    if (m_address != m_live.address())
        forget();
    m_address = m_live.address();
    RedisConnection *redis = connection();
    if (!redis) {
        const QList<Event> &events = m_live.state().events;
        takeFromState(QList<Event>(events.crbegin(), events.crend()));
        m_isAtBegin = m_live.hasState();
        return;
    }
    if (!m_live.hasState())
        return;
    redis->command(
        {"XRANGE", Keys::events, "-", "+", "COUNT", "1"}, this,
        [this, wasReading, generation = m_generation](const RedisReply &reply) {
            if (generation != m_generation)
                return;
            takeBegin(reply);
            readTail();
            if (wasReading)
                wantBack(m_wanted, m_most);
        },
        RedisConnection::Queueing::Never);
}

/// A stream that begins behind what was read has lost what lay between.
void ArchiveReader::takeBegin(const RedisReply &reply)
{
    m_trouble = reply.isOk() ? QString() : oneLine(reply.error);
    if (!reply.isOk())
        return;
    const QByteArray first = lastIdOf(reply.value);
    m_streamBegin = qint64(std::min<quint64>(streamPlace(first).first, 1ULL << 53));
    if (!m_tail.isEmpty() && (first.isEmpty() || streamPlace(first) > streamPlace(m_tail)))
        forget();
}

void ArchiveReader::forget()
{
    if (m_archive.isEmpty() && m_tail.isEmpty())
        return;
    m_archive.clear();
    m_tail.clear();
    m_head.clear();
    m_isAtBegin = false;
    Q_EMIT dropped();
}

void ArchiveReader::readTail()
{
    RedisConnection *redis = connection();
    if (!redis || !m_live.hasState())
        return;
    m_mustReadTail = m_isReadingTail;
    if (m_isReadingTail)
        return;
    m_isReadingTail = true;
    const bool isFirst = m_tail.isEmpty();
    redis->command(
        isFirst ? pageBefore(Keys::events, {}, sliceSize)
                : RedisConnection::Words{"XRANGE", Keys::events, '(' + m_tail, "+", "COUNT",
                                         QByteArray::number(sliceSize)},
        this,
        [this, isFirst, generation = m_generation](const RedisReply &reply) {
            if (generation != m_generation)
                return;
            m_isReadingTail = false;
            if (isFirst && m_tail.isEmpty() && !reply.value.elements.isEmpty())
                m_tail = reply.value.elements.first().elements.value(0).toBytes();
            isFirst ? takeBack(reply) : takeTail(reply);
            if (m_mustReadTail)
                readTail();
        },
        RedisConnection::Queueing::Never);
}

bool ArchiveReader::take(const RedisReply &reply, QList<ArchiveEntry> &entries)
{
    m_trouble = reply.isOk() ? QString() : oneLine(reply.error);
    if (!reply.isOk())
        return false;
    for (const RedisValue &element : reply.value.elements) {
        const QList<QByteArray> words = element.elements.value(1).toList();
        auto event = parseEvent(element.elements.value(0).toBytes(), words);
        const qsizetype json = words.lastIndexOf("json");
        // One that nobody can read is left out; its id was read all the same.
        if (event && json >= 0 && json + 1 < words.size())
            entries << ArchiveEntry{*std::move(event), words[json + 1]};
    }
    return true;
}

void ArchiveReader::takeTail(const RedisReply &reply)
{
    QList<ArchiveEntry> entries;
    if (!take(reply, entries) || reply.value.elements.isEmpty())
        return;
    m_tail = lastIdOf(reply.value);
    m_mustReadTail |= reply.value.elements.size() >= sliceSize;
    m_archive.append(entries, m_live.now());
    Q_EMIT grown();
}

void ArchiveReader::takeBack(const RedisReply &reply)
{
    QList<ArchiveEntry> entries;
    if (!take(reply, entries)) {
        endReadingBack();
        return;
    }
    if (m_archive.isEmpty()) {
        std::reverse(entries.begin(), entries.end());
        m_archive.append(entries, m_live.now());
    } else {
        m_archive.prepend(entries);
    }
    if (const QByteArray id = lastIdOf(reply.value); !id.isEmpty())
        m_head = id;
    m_isAtBegin = reply.value.elements.size() < sliceSize;
    Q_EMIT grownBack();
    if (m_isReadingBack && !readBack())
        endReadingBack();
}

bool ArchiveReader::wantBack(qint64 moment, qsizetype most)
{
    m_wanted = m_isReadingBack ? std::min(m_wanted, moment) : moment;
    m_most = m_isReadingBack ? std::max(m_most, most) : most;
    if (!m_isReadingBack)
        m_isReadingBack = readBack();
    return m_isReadingBack;
}

/// Asks for the next slice; false when none is needed or can be had.
bool ArchiveReader::readBack()
{
    RedisConnection *redis = connection();
    if (tellsOf(m_wanted) || m_archive.size() >= m_most || !redis || !redis->isConnected())
        return false;
    if (m_head.isEmpty()) {
        readTail(); // it goes on with what comes before
        return m_isReadingTail;
    }
    redis->command(
        pageBefore(Keys::events, m_head, sliceSize), this,
        [this, generation = m_generation](const RedisReply &reply) {
            if (generation == m_generation)
                takeBack(reply);
        },
        RedisConnection::Queueing::Never);
    return true;
}

void ArchiveReader::endReadingBack()
{
    if (std::exchange(m_isReadingBack, false))
        Q_EMIT finished();
}

void ArchiveReader::takeFromState(const QList<Event> &oldestFirst)
{
    QList<ArchiveEntry> entries;
    for (const Event &event : oldestFirst)
        entries << ArchiveEntry{event, compactJson(event.json)};
    m_archive.append(entries, m_live.now());
    Q_EMIT grown();
}

} // namespace Treewarden
