// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alerts/alertwriter.h"

#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

namespace {

// ARGV: "raise" or "end", field, ip, message, since, how long events are. Answers {state[, what
// stands there]}. Without KEYS, as the sweep: a user's rights on each key are its own.
const QByteArray alertScript = R"(
local held = redis.call('HGET', 'alerts', ARGV[2])
if ARGV[1] == 'raise' then
    if held then return {'known', held} end
    if redis.call('HGET', 'servers:alive', ARGV[3]) ~= '1' then return {'refused'} end
    redis.call('HSET', 'alerts', ARGV[2], ARGV[4])
else
    if not held then return {'known'} end
    local isJson, alert = pcall(cjson.decode, held)
    local since = isJson and type(alert) == 'table' and tonumber(alert.since)
    if since and since ~= tonumber(ARGV[5]) then return {'known', held} end
    redis.call('HDEL', 'alerts', ARGV[2])
end
redis.call('XADD', 'events', 'MAXLEN', '~', ARGV[6], '*', 'type', 'alert', 'ip', ARGV[3], 'json', ARGV[4])
redis.call('PUBLISH', 'update:info', ARGV[4])
redis.call('PUBLISH', 'update:info', '{"type":"event","ip":"' .. ARGV[3] .. '"}')
return {'told'}
)";

AlertWriter::Outcome outcomeOf(const QByteArray &word)
{
    using Outcome = AlertWriter::Outcome;
    return word == "told"   ? Outcome::Told
        : word == "known"   ? Outcome::Known
        : word == "refused" ? Outcome::Refused
                            : Outcome::Failed;
}

} // namespace

AlertWriter::AlertWriter(RedisConnection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
}

void AlertWriter::write(const QString &ip, const AlertVerdict &verdict, const QByteArray &message,
                        const Handler &handler)
{
    const QByteArray field = alertField(ip, verdict.rule.name);
    const auto take = [this, field, handler](const RedisReply &reply) {
        Answer answer;
        if (reply.isOk()) {
            const QList<QByteArray> words = reply.value.toList();
            answer.outcome = outcomeOf(words.value(0));
            if (words.size() > 1)
                answer.held = readRaisedAlert(field, words[1]);
        } else if (reply.outcome == RedisReply::Outcome::Answered) {
            Q_EMIT failed(oneLine(reply.error));
        }
        handler(answer);
    };
    m_connection.command({"EVAL", alertScript, "0", verdict.end ? "end" : "raise", field,
                          ip.toUtf8(), message, QByteArray::number(verdict.since),
                          QByteArray::number(Keys::eventsLength)},
                         this, take, RedisConnection::Queueing::Never);
}

} // namespace Treewarden
