// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/enrolling.h"

#include "shared/config/configfields.h"
#include "shared/core/json.h"
#include "shared/fleet/savescripts.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/event.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

using Words = RedisConnection::Words;

// KEYS: configuration. ARGV: the commands, each as its number of words and the words.
const QByteArray enrolScript = R"(
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local i = 1
while i <= #ARGV do
    local count = tonumber(ARGV[i])
    redis.call(unpack(ARGV, i + 1, i + count))
    i = i + count + 1
end
return 1
)";

} // namespace

bool EnrolmentStanding::isOtherMachine() const
{
    const QByteArray bound = enrolled.value("machine_id"), asked = askingMachine();
    return !bound.isEmpty() && !asked.isEmpty() && bound != asked;
}

QList<Words> enrolmentStandingWords(const QString &ip)
{
    return {{"HGET", Keys::serversPending, ip.toUtf8()},
            {"HGETALL", Keys::serverConfig(ip)},
            {"HGET", Keys::serversRemoved, ip.toUtf8()}};
}

Result<EnrolmentStanding> readEnrolmentStanding(const QString &ip, const QList<RedisValue> &replies)
{
    EnrolmentStanding standing;
    standing.enrolled = replies.value(1).toHash();
    if (const auto tombstone
        = parseJsonObject(replies.value(2).toBytes(), u"servers:removed "_s + ip)) {
        standing.lastVersion = jsonInteger((*tombstone)[u"version"_s]).value_or(0);
        standing.removedAt = jsonInteger((*tombstone)[u"timestamp"_s]).value_or(0);
        standing.removedMachine = (*tombstone)[u"machine_id"_s].toString().left(64).toUtf8();
    }
    const RedisValue entry = replies.value(0);
    if (entry.isNil())
        return standing;
    const auto facts = parseJsonObject(entry.toBytes(), u"servers:pending "_s + ip);
    if (!facts)
        return facts.error();
    standing.request = *facts;
    return standing;
}

ConfigFields requestedConfig(const QJsonObject &request)
{
    QJsonObject wanted;
    for (auto member = request.begin(); member != request.end(); ++member) {
        if (isJsonConfigField(member.key().toUtf8()))
            wanted.insert(member.key(), member.value());
    }
    return readConfigFields(compactJson(wanted), {}).fields.value_or(ConfigFields());
}

QList<Words> enrolmentNews(const QString &ip, qint64 version, const QString &state, qint64 now,
                           const QByteArray &signer)
{
    const ConfigMessage message{ip, {}, version > 0 ? std::optional(version) : std::nullopt};
    return {Words{"XADD", Keys::events}
                + eventWords("config", ip, configEvent(message, state, now, signer)),
            {"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))},
            {"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(EventMessage{ip}))},
            {"PUBLISH", Channels::manage(ip), Channels::reloadSignal}};
}

Words enrolmentWords(const QString &ip, const ConfigFields &fields, qint64 now)
{
    Words store{"HSET", Keys::serverConfig(ip)};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        store << field.key() << field.value();
    const QList<Words> commands
        = QList<Words>{store,
                       {"DEL", Keys::serverConfigHistory(ip)},
                       {"RPUSH", Keys::serverConfigHistory(ip), historyEntry(fields, now)},
                       {"HSETNX", Keys::serversAlive, ip.toUtf8(), "0"},
                       {"HDEL", Keys::serversPending, ip.toUtf8()},
                       {"HDEL", Keys::serversRemoved, ip.toUtf8()}}
        + enrolmentNews(ip, fields.value("version").toLongLong(), u"enrolled"_s, now,
                        fields.value("signer"));
    Words words{"EVAL", enrolScript, "1", Keys::serverConfig(ip)};
    for (const Words &command : commands)
        words << QByteArray::number(command.size()) << command;
    return words;
}

} // namespace Treewarden
