// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/commandlistener.h"

#include "agent/commands/commandjudge.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <QDebug>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

using Words = RedisConnection::Words;

constexpr int mostAtOnce = 100;

// An entry that breaks the connection (Redis tells its 512 MB if they are there) is passed over
// when no command could be valid any more that came before it.
constexpr int failuresBeforePassing = 3, closeFailuresBeforePause = 2;
constexpr qint64 longestValid = longestCommandLife + toleratedClockDifference;
constexpr qint64 closeLookPause = 10 * 60'000;

/// [id, [field, value …]] of anybody.
std::optional<StreamEntry> readEntry(const RedisValue &value)
{
    const auto id = StreamId::parse(value.elements.value(0).text);
    return id ? std::optional(StreamEntry{*id, value.elements.value(1).toList()}) : std::nullopt;
}

} // namespace

CommandListener::CommandListener(RedisConnection &connection, const QString &ip,
                                 const QString &stateDirectory, Clock clock, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_key(Keys::commandStream(ip))
    , m_clock(std::move(clock))
    , m_position(stateDirectory, ip)
{
    connect(&m_connection, &RedisConnection::connected, this, [this] {
        m_isAsking = false;
        if (m_failures == 0)
            look(true);
    });
}

void CommandListener::start()
{
    m_isCatchingUp = !m_position.read();
    m_reopen = m_position.open().keys();
    m_isStarted = true;
    look(true);
}

void CommandListener::look(bool closely)
{
    m_isWanted = true;
    m_isCloseWanted = m_isCloseWanted || closely;
    next();
}

void CommandListener::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    next();
}

void CommandListener::next()
{
    if (m_isAsking || m_isPaused || !m_isStarted || !m_connection.isConnected())
        return;
    if (!m_reopen.isEmpty())
        askOpen();
    else if (std::exchange(m_isWanted, false))
        ask();
}

void CommandListener::askOpen()
{
    m_isAsking = true;
    const QList<StreamId> asked = m_reopen.mid(0, mostAtOnce);
    QList<Words> questions;
    for (const StreamId &id : asked)
        questions << Words{"XRANGE", m_key, id.text(), id.text()};
    m_connection.pipeline(
        questions, this,
        [this, asked](const QList<RedisReply> &replies) { takeOpen(asked, replies); },
        RedisConnection::Queueing::Never);
}

void CommandListener::takeOpen(const QList<StreamId> &asked, const QList<RedisReply> &replies)
{
    m_isAsking = false;
    if (replies.last().outcome != RedisReply::Outcome::Answered
        && ++m_failures < failuresBeforePassing)
        return; // asked again when somebody looks
    m_reopen.remove(0, asked.size());
    QList<StreamEntry> entries;
    for (qsizetype i = 0; i < asked.size(); ++i) {
        auto entry = readEntry(replies.at(i).value.elements.value(0));
        if (entry && entry->id == asked.at(i)) {
            entry->how = m_position.open().value(entry->id);
            entry->isReread = true;
            entries << *entry;
        } else { // trimmed: what the executor has of it, it tells
            m_position.settle(asked.at(i));
        }
    }
    Q_EMIT entriesRead(entries);
    next();
}

void CommandListener::ask()
{
    m_isAsking = true;
    if (m_failures >= failuresBeforePassing) {
        const StreamId newest{quint64(std::max<qint64>(m_clock.now() - longestValid, 0)), 0};
        m_position.setLast(std::max(m_position.last(), newest));
    }
    QList<Words> questions{Words{"XREAD", "COUNT",
                                 QByteArray::number(m_failures > 0 ? 1 : mostAtOnce), "STREAMS",
                                 m_key, m_position.last().text()}};
    if (std::exchange(m_isCloseWanted, false) && m_clock.steady() >= m_noCloseLookBefore)
        questions << Words{"XREVRANGE", m_key, "+", "-", "COUNT", "1"};
    m_connection.pipeline(
        questions, this, [this](const QList<RedisReply> &replies) { takeReplies(replies); },
        RedisConnection::Queueing::Never);
}

void CommandListener::takeReplies(const QList<RedisReply> &replies)
{
    m_isAsking = false;
    if (replies.first().outcome == RedisReply::Outcome::Answered) {
        takeNew(replies.first());
        if (replies.size() > 1)
            compareWithNewest(replies.at(1));
    } else if (replies.first().isOutcomeUnknown()) {
        noteFailure();
    }
    next();
}

void CommandListener::noteFailure()
{
    if (++m_failures == failuresBeforePassing)
        qWarning().noquote()
            << u"the stream %1 cannot be read: an entry of it may be larger than any answer; "
               u"commands of the last two minutes are read on, older ones are lost"_s.arg(
                   QString::fromUtf8(m_key));
}

void CommandListener::takeNew(const RedisReply &reply)
{
    if (!reply.isOk()) {
        const QString trouble = u"cannot read commands from %1 (%2): delete it (DEL %1)"_s.arg(
            QString::fromUtf8(m_key), oneLine(reply.error));
        if (m_trouble != trouble)
            qWarning().noquote() << trouble;
        m_trouble = trouble;
        return;
    }
    m_trouble.clear();
    m_failures = 0;
    QList<StreamEntry> entries;
    for (const RedisValue &value : reply.value.elements.value(0).elements.value(1).elements) {
        auto entry = readEntry(value);
        if (!entry || entry->id <= m_position.last())
            continue;
        entry->isOld = m_isCatchingUp;
        entry->isReread = m_isFirstLook;
        m_position.setLast(entry->id);
        m_position.setOpen(entry->id, CommandPosition::Open::Read);
        entries << std::move(*entry);
    }
    // More may have come meanwhile; an answer without anything is the end.
    m_isWanted = m_isWanted || !entries.isEmpty();
    m_isCatchingUp = m_isCatchingUp && !entries.isEmpty();
    m_isFirstLook = m_isFirstLook && !entries.isEmpty();
    if (!entries.isEmpty())
        Q_EMIT entriesRead(entries);
}

/// A stream that ends before what was read is another one: somebody deleted it, or Redis was
/// restored, and its clock says less.
void CommandListener::compareWithNewest(const RedisReply &reply)
{
    if (reply.outcome != RedisReply::Outcome::Answered) {
        if (++m_closeFailures >= closeFailuresBeforePause)
            m_noCloseLookBefore = m_clock.steady() + closeLookPause;
        return;
    }
    m_closeFailures = 0;
    const auto newest = readEntry(reply.value.elements.value(0));
    if (!newest || newest->id >= m_position.last())
        return;
    qInfo().noquote()
        << u"the stream %1 is another one than before: reading it from the beginning"_s.arg(
               QString::fromUtf8(m_key));
    m_position.setLast({});
    m_isCatchingUp = m_isWanted = true;
}

} // namespace Treewarden
