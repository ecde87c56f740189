// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/streamfollower.h"

namespace Treewarden {

using namespace std::chrono_literals;

namespace {

// Shorter than the connection's own limit for a command, after which it would be dropped.
const QByteArray blockMilliseconds = "2000", mostAtOnce = "500";

} // namespace

QList<Event> readEntries(const RedisValue &entries)
{
    QList<Event> events;
    for (const RedisValue &entry : entries.elements) {
        if (entry.elements.size() != 2)
            continue;
        if (auto event = parseEvent(entry.elements[0].toBytes(), entry.elements[1].toList()))
            events << std::move(*event);
    }
    return events;
}

StreamFollower::StreamFollower(RedisConnection &connection, const QByteArray &key,
                               const QString &lastId, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_key(key)
    , m_lastId(lastId)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &StreamFollower::read);
    connect(&m_connection, &RedisConnection::connected, this, &StreamFollower::read);
    connect(&m_connection, &RedisConnection::retrying, this,
            [this](qint64, const QString &reason) { noteTrouble(reason); });
}

void StreamFollower::read()
{
    if (m_isReading)
        return;
    m_isReading = true;
    m_connection.command(
        {"XREAD", "COUNT", mostAtOnce, "BLOCK", blockMilliseconds, "STREAMS", m_key,
         m_lastId.toLatin1()},
        this, [this](const RedisReply &reply) { take(reply); }, RedisConnection::Queueing::Never);
}

void StreamFollower::take(const RedisReply &reply)
{
    m_isReading = false;
    if (reply.outcome != RedisReply::Outcome::Answered)
        return; // connected() starts it again
    if (!reply.isOk()) {
        noteTrouble(reply.error);
        return m_retry.start(1s);
    }
    if (m_isTroubled) {
        m_isTroubled = false;
        Q_EMIT recovered();
    }
    const RedisValue stream = reply.value.elements.value(0);
    const RedisValue entries = stream.elements.value(1);
    if (!entries.elements.isEmpty()) {
        // Broken entries are stepped over too.
        m_lastId
            = QString::fromLatin1(entries.elements.last().elements.value(0).toBytes().left(64));
        Q_EMIT entriesCame(entries);
    }
    read();
}

void StreamFollower::noteTrouble(const QString &reason)
{
    if (!m_isTroubled)
        Q_EMIT troubled(reason);
    m_isTroubled = true;
}

} // namespace Treewarden
