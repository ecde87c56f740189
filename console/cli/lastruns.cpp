// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/lastruns.h"

#include "shared/protocol/keys.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageLength = 500, mostPages = 40; ///< the stream keeps about 10,000

/// The message of an entry of the stream, when the schedule of `ip` asked for its command.
std::optional<CommandMessage> scheduledMessage(const RedisValue &entry, const QString &ip)
{
    const auto fields = entry.elements.value(1).toHash();
    if (fields.value("ip") != ip.toUtf8())
        return std::nullopt;
    const auto read = parseUpdateMessage(fields.value("json"));
    if (!read || !*read)
        return std::nullopt;
    const auto *message = std::get_if<CommandMessage>(&**read);
    const bool isAfterwards = message
        && (message->state == CommandState::Verified || message->state == CommandState::Unverified);
    if (!message || message->ip != ip || message->schedule.isEmpty() || isAfterwards)
        return std::nullopt;
    return *message;
}

} // namespace

RedisAnswer<QMap<QString, CommandMessage>> lastScheduledRuns(RedisSession &redis, const QString &ip,
                                                             const QStringList &entryIds)
{
    QMap<QString, CommandMessage> found;
    QByteArray end = "+";
    for (int page = 0; page < mostPages && found.size() < entryIds.size(); ++page) {
        const auto reply = redis.request(
            {"XREVRANGE", Keys::commands, end, "-", "COUNT", QByteArray::number(pageLength)});
        if (!reply)
            return reply.failure();
        for (const RedisValue &entry : reply->elements) {
            const auto message = scheduledMessage(entry, ip);
            if (message && entryIds.contains(message->schedule)
                && !found.contains(message->schedule))
                found.insert(message->schedule, *message);
        }
        if (reply->elements.size() < pageLength)
            break;
        end = '(' + reply->elements.last().elements.value(0).toBytes();
    }
    return found;
}

} // namespace Treewarden
