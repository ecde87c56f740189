// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/keyasker.h"

#include "shared/core/textformat.h"
#include "shared/fleet/complaints.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// In Redis' memory; a reply is a little shorter and may have 16 MiB.
constexpr qint64 mostKeyBytes = 12 << 20;

} // namespace

KeyAsker::KeyAsker(RedisConnection &connection, Complaints &complaints, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_complaints(complaints)
{
}

void KeyAsker::ask(const Commands &commands, const Handler &handler)
{
    const auto take = [this, handler, asked = m_generation](const QList<RedisReply> &replies) {
        if (asked != m_generation)
            return;
        const auto wrong = std::find_if(replies.begin(), replies.end(),
                                        [](const RedisReply &reply) { return !reply.isOk(); });
        if (wrong == replies.end()) {
            Q_EMIT answered();
            handler(replies);
        } else if (wrong->outcome == RedisReply::Outcome::Answered) {
            Q_EMIT failed(oneLine(wrong->error));
        }
    };
    m_connection.pipeline(commands, this, take, RedisConnection::Queueing::Never);
}

void KeyAsker::askBounded(const Commands &commands, const RedisConnection::Words &more,
                          const Handler &handler)
{
    Commands sizes;
    for (const RedisConnection::Words &command : commands)
        sizes << RedisConnection::Words{"MEMORY", "USAGE", command.at(1), "SAMPLES", "0"};
    const auto take
        = [this, commands, more, handler, asked = m_generation](const QList<RedisReply> &replies) {
              if (asked == m_generation)
                  ask(bounded(commands, replies) << more, handler);
          };
    m_connection.pipeline(sizes, this, take, RedisConnection::Queueing::Never);
}

/// Who may not ask for sizes reads without them.
KeyAsker::Commands KeyAsker::bounded(Commands commands, const QList<RedisReply> &sizes) const
{
    for (qsizetype i = 0; i < std::min(commands.size(), sizes.size()); ++i) {
        const qint64 bytes = sizes[i].value.integer;
        if (bytes <= mostKeyBytes)
            continue;
        m_complaints.complain(
            u"size"_s,
            u"%1 takes %2 in Redis, more than is read: it is left out"_s.arg(
                oneLine(QString::fromUtf8(commands[i].at(1))), formatBytes(bytes)));
        commands[i] = {"PING"};
    }
    return commands;
}

} // namespace Treewarden
