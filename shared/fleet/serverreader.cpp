// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/serverreader.h"

#include "shared/core/textformat.h"

namespace Treewarden {

namespace {

constexpr int mostUnderway = 64;
// A server that is told about without a pause must not keep its reading from ever being told.
constexpr int mostTries = 3;
// Once among others and once alone; all is forgiven after a while.
constexpr int convicted = 3, mostStrikes = 10'000;
constexpr qint64 strikesCountFor = 600'000; // ms

} // namespace

ServerReader::ServerReader(RedisConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
}

void ServerReader::read(const QString &ip)
{
    const auto underway = m_underway.find(ip);
    if (underway != m_underway.end()) {
        underway->isOvertaken = true;
    } else if (!m_isWaiting.contains(ip)) {
        enqueue(ip);
        readMore();
    }
}

void ServerReader::enqueue(const QString &ip)
{
    if (m_strikesAge.isValid() && m_strikesAge.hasExpired(strikesCountFor)) {
        m_strikes.clear();
        m_strikesAge.invalidate();
    }
    (m_strikes.contains(ip) ? m_suspects : m_waiting).enqueue(ip);
    m_isWaiting.insert(ip);
}

void ServerReader::overtake(const QString &ip)
{
    const auto underway = m_underway.find(ip);
    if (underway != m_underway.end())
        underway->isOvertaken = true;
}

void ServerReader::clear()
{
    ++m_generation;
    m_waiting.clear();
    m_suspects.clear();
    m_isWaiting.clear();
    m_underway.clear();
}

void ServerReader::readMore()
{
    while (!m_waiting.isEmpty() && m_underway.size() < mostUnderway) {
        const QString ip = m_waiting.dequeue();
        m_isWaiting.remove(ip);
        m_underway.insert(ip, {});
        send(ip);
    }
    while (m_waiting.isEmpty() && m_underway.isEmpty() && !m_suspects.isEmpty())
        readSuspect();
}

void ServerReader::readSuspect()
{
    const QString ip = m_suspects.dequeue();
    m_isWaiting.remove(ip);
    if (m_strikes.value(ip) >= convicted) {
        Q_EMIT unreadable(ip);
        return;
    }
    m_underway.insert(ip, {});
    send(ip);
}

void ServerReader::send(const QString &ip)
{
    const auto take = [this, ip, generation = m_generation](const RedisReply &reply) {
        if (generation == m_generation)
            this->take(ip, reply);
    };
    m_connection.transaction(serverCommands(ip), this, take, RedisConnection::Queueing::Never);
}

void ServerReader::take(const QString &ip, const RedisReply &reply)
{
    // What the loss of the connection left unanswered is asked for again after the gap.
    if (reply.outcome != RedisReply::Outcome::Answered)
        return suspect(ip);
    Underway &underway = m_underway[ip];
    if (reply.isOk() && underway.isOvertaken && ++underway.tries < mostTries) {
        underway.isOvertaken = false;
        send(ip);
        return;
    }
    m_underway.remove(ip);
    m_strikes.remove(ip);
    const quint64 generation = m_generation;
    if (reply.isOk())
        Q_EMIT hasRead(ip, readServer(ip, reply.value.elements));
    else
        Q_EMIT failed(ip, oneLine(reply.error));
    if (generation != m_generation)
        return;
    readMore();
    if (generation == m_generation && isIdle())
        Q_EMIT idle();
}

/// Whoever was underway when the connection ended may have ended it; whoever was alone surely looks
/// like it.
void ServerReader::suspect(const QString &ip)
{
    if (m_strikes.size() >= mostStrikes && !m_strikes.contains(ip))
        return;
    m_strikes[ip] += m_underway.size() == 1 ? 2 : 1;
    if (!m_strikesAge.isValid())
        m_strikesAge.start();
}

} // namespace Treewarden
