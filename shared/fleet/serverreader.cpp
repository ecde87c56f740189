// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/serverreader.h"

#include "shared/core/textformat.h"

namespace Treewarden {

namespace {

constexpr int mostUnderway = 64;
// A server that is told about without a pause must not keep its reading from ever being told.
constexpr int mostTries = 3;

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
        m_waiting.enqueue(ip);
        m_isWaiting.insert(ip);
        readMore();
    }
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
    Underway &underway = m_underway[ip];
    if (reply.isOk() && underway.isOvertaken && ++underway.tries < mostTries) {
        underway.isOvertaken = false;
        send(ip);
        return;
    }
    m_underway.remove(ip);
    const quint64 generation = m_generation;
    // What the loss of the connection left unanswered is read again after the gap.
    if (reply.isOk())
        Q_EMIT hasRead(ip, readServer(ip, reply.value.elements));
    else if (reply.outcome == RedisReply::Outcome::Answered)
        Q_EMIT failed(ip, oneLine(reply.error));
    if (generation != m_generation)
        return;
    readMore();
    if (isIdle())
        Q_EMIT idle();
}

} // namespace Treewarden
