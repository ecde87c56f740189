// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/commandlog.h"
#include "console/models/fleetsource.h"
#include "console/models/streampages.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {

namespace {

constexpr int readAtOnce = 500;

std::optional<CommandMessage> messageOf(const RedisValue &entry)
{
    if (entry.elements.size() != 2)
        return std::nullopt;
    const QByteArray json = entry.elements.at(1).toHash().value("json");
    auto parsed = parseUpdateMessage(json);
    if (!parsed || !*parsed || !std::holds_alternative<CommandMessage>(**parsed))
        return std::nullopt;
    return std::get<CommandMessage>(**parsed);
}

} // namespace

/// The state knows what runs; the stream reaches further back. In the past only what had ended by
/// then is known, and no more than the state has.
void CommandLog::read()
{
    if (m_source.isPast()) {
        beginResetModel();
        m_records.clear();
        endResetModel();
    }
    const QList<CommandMessage> known = m_source.state().commands;
    for (auto command = known.crbegin(); command != known.crend(); ++command)
        take(*command);
    RedisConnection *connection = m_source.connection();
    m_isReading = m_isComplete = false;
    const int generation = ++m_generation;
    m_isComplete = m_source.isPast();
    if (!connection || m_isComplete)
        return;
    m_isReading = true;
    connection->command(pageBefore(Keys::commands, {}, readAtOnce), this,
                        [this, generation](const RedisReply &reply) {
                            if (generation != m_generation)
                                return;
                            m_isReading = false;
                            if (reply.isOk()) {
                                noteRead(reply.value);
                                takeStream(reply.value);
                            }
                        });
}

bool CommandLog::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isReading && !m_isComplete && !m_readTo.isEmpty()
        && m_source.isLive() && m_source.connection() && size() < mostRecords;
}

void CommandLog::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_isReading = true;
    m_source.connection()->command(
        pageBefore(Keys::commands, m_readTo, readAtOnce), this,
        [this, generation = m_generation](const RedisReply &reply) {
            if (generation != m_generation)
                return;
            m_isReading = false;
            if (reply.isOk()) {
                noteRead(reply.value);
                takeOlder(reply.value);
            }
        },
        RedisConnection::Queueing::Never);
}

void CommandLog::noteRead(const RedisValue &entries)
{
    m_isComplete = entries.elements.size() < readAtOnce;
    if (const QByteArray last = lastIdOf(entries); !last.isEmpty())
        m_readTo = last;
}

/// What is under way is not in the stream: those rows stay.
void CommandLog::takeStream(const RedisValue &entries)
{
    std::deque<Record> records;
    QHash<std::pair<QString, QString>, qsizetype> rows;
    const auto add = [&](const CommandMessage &message, qint64 heard) {
        const std::pair key(message.ip, message.id);
        if (const auto row = rows.constFind(key); row != rows.cend()) {
            merge(records[size_t(*row)], message);
            return;
        }
        rows.insert(key, qsizetype(records.size()));
        records.push_back(recordOf(message, heard));
    };
    for (const Record &record : std::as_const(m_records)) {
        if (!record.isRunning())
            continue;
        rows.insert({record.newest.ip, record.newest.id}, qsizetype(records.size()));
        records.push_back(record);
    }
    for (const RedisValue &entry : entries.elements) {
        if (const auto message = messageOf(entry); message && !message->id.isEmpty())
            add(*message, 0);
    }
    beginResetModel();
    m_records = std::move(records);
    if (size() > mostRecords)
        m_records.resize(size_t(mostRecords));
    endResetModel();
    Q_EMIT runningChanged();
}

/// Of one command several states are told: what is older than what is known belongs to it.
void CommandLog::takeOlder(const RedisValue &entries)
{
    QHash<std::pair<QString, QString>, qsizetype> rows;
    for (qsizetype row = 0; row < size(); ++row) {
        const CommandMessage &newest = m_records[size_t(row)].newest;
        rows.insert({newest.ip, newest.id}, row);
    }
    QList<Record> older;
    for (const RedisValue &entry : entries.elements) {
        const auto message = messageOf(entry);
        if (!message || message->id.isEmpty())
            continue;
        const std::pair key(message->ip, message->id);
        const qsizetype row = rows.value(key, -1);
        if (row >= 0 && row < size()) {
            merge(m_records[size_t(row)], *message);
            Q_EMIT dataChanged(index(int(row), 0), index(int(row), ColumnCount - 1));
        } else if (row >= 0) {
            merge(older[row - size()], *message);
        } else if (size() + older.size() < mostRecords) {
            rows.insert(key, size() + older.size());
            older.append(recordOf(*message, 0));
        }
    }
    if (older.isEmpty())
        return;
    beginInsertRows({}, int(size()), int(size() + older.size()) - 1);
    m_records.insert(m_records.end(), older.cbegin(), older.cend());
    endInsertRows();
}

} // namespace Treewarden
