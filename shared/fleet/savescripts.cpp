// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/savescripts.h"

#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleettext.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/event.h"
#include "shared/protocol/keys.h"

#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// KEYS: configuration, its history, events. ARGV: base, history entry, ip, event, message, channel
// of the agent, how long history and events are, then the fields.
const QByteArray saveConfigScript = R"(
if redis.call('EXISTS', KEYS[1]) == 0 then return {'missing'} end
local current = redis.call('HGET', KEYS[1], 'version') or '0'
if tonumber(current) ~= tonumber(ARGV[1]) then
    return {'conflict', current, redis.call('LINDEX', KEYS[2], -1) or ''}
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, 9))
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('LTRIM', KEYS[2], -ARGV[7], -1)
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[8], '*', 'type', 'config', 'ip', ARGV[3], 'json', ARGV[4])
redis.call('PUBLISH', 'update:info', ARGV[5])
redis.call('PUBLISH', 'update:info', '{"type":"event","ip":"' .. ARGV[3] .. '"}')
redis.call('PUBLISH', ARGV[6], 'reload')
return {'stored'}
)";

// KEYS: tree, its history, events, list of trees. ARGV: base, tree, history entry, id, event,
// message, whether it must exist, how long history and events are.
const QByteArray savePaasScript = R"(
local stored = redis.call('GET', KEYS[1])
if stored then
    local isJson, tree = pcall(cjson.decode, stored)
    local current = isJson and type(tree) == 'table' and tonumber(tree.version) or 0
    if current ~= tonumber(ARGV[1]) then
        return {'conflict', string.format('%.0f', current), redis.call('LINDEX', KEYS[2], -1) or ''}
    end
elseif ARGV[7] == '1' then
    return {'missing'}
end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('SADD', KEYS[4], ARGV[4])
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('LTRIM', KEYS[2], -ARGV[8], -1)
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[9], '*', 'type', 'config', 'ip', '', 'json', ARGV[5])
redis.call('PUBLISH', 'update:info', ARGV[6])
redis.call('PUBLISH', 'update:info', '{"type":"event"}')
return {'stored'}
)";

// KEYS: tree, its history, events, list of trees, history of a removed one. ARGV: version, id,
// event, message, how long events are, how long the history is kept.
const QByteArray removePaasScript = R"(
local stored = redis.call('GET', KEYS[1])
if not stored then return {'missing'} end
local isJson, tree = pcall(cjson.decode, stored)
local current = isJson and type(tree) == 'table' and tonumber(tree.version) or 0
if current ~= tonumber(ARGV[1]) then
    return {'conflict', string.format('%.0f', current), redis.call('LINDEX', KEYS[2], -1) or ''}
end
redis.call('DEL', KEYS[1])
if redis.call('EXISTS', KEYS[2]) == 1 then
    redis.call('RENAME', KEYS[2], KEYS[5])
    redis.call('EXPIRE', KEYS[5], ARGV[6])
end
redis.call('SREM', KEYS[4], ARGV[2])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'type', 'config', 'ip', '', 'json', ARGV[3])
redis.call('PUBLISH', 'update:info', ARGV[4])
redis.call('PUBLISH', 'update:info', '{"type":"event"}')
return {'stored'}
)";

// KEYS: tree, its history, history of a removed one. ARGV: how long that is kept.
const QByteArray dropPaasScript = R"(
if redis.call('EXISTS', KEYS[2]) == 1 then
    redis.call('RENAME', KEYS[2], KEYS[3])
    redis.call('EXPIRE', KEYS[3], ARGV[1])
end
return redis.call('DEL', KEYS[1])
)";

/// EVAL with a script, its keys and its values.
RedisConnection::Words scriptWords(const QByteArray &script, const QList<QByteArray> &keys,
                                   const QList<QByteArray> &values)
{
    return RedisConnection::Words{"EVAL", script, QByteArray::number(keys.size())} + keys + values;
}

} // namespace

SaveResult readSaveResult(const RedisValue &reply, qint64 base)
{
    const QList<QByteArray> words = reply.toList();
    if (words.value(0) == "missing")
        return {SaveResult::Kind::Missing, 0, {}, 0};
    if (words.value(0) != "conflict")
        return {SaveResult::Kind::Stored, base + 1, {}, 0};
    SaveResult result{SaveResult::Kind::Conflict, words.value(1).toLongLong(), {}, 0};
    // The newest entry of the history tells who it was, unless something else wrote the version.
    if (const auto last = parseJsonObject(words.value(2), u"the history"_s, 16 << 20);
        last && jsonInteger((*last)[u"version"_s]) == result.version) {
        result.by = (*last)[u"by"_s].toString();
        result.timestamp = jsonInteger((*last)[u"timestamp"_s]).value_or(0);
    }
    return result;
}

QString conflictSentence(const SaveResult &result, qint64 base, qint64 now)
{
    if (result.by.isEmpty()) {
        return FleetText::tr("version %1 stands, not the %2 that you started from.")
            .arg(result.version)
            .arg(base);
    }
    return FleetText::tr("version %1 was saved by %2 %3 ago, after the %4 that you started from.")
        .arg(QString::number(result.version), oneLine(result.by, 100),
             formatDuration(now - result.timestamp), QString::number(base));
}

QString savedBy()
{
    const passwd *account = ::getpwuid(::geteuid());
    const QString self
        = account ? QString::fromLocal8Bit(account->pw_name) : QString::number(::geteuid());
    return qEnvironmentVariable("SUDO_USER", self).left(64) + u'@'
        + QSysInfo::machineHostName().left(64);
}

QByteArray historyEntry(const ConfigFields &fields, qint64 now)
{
    JsonWriter writer(4096);
    writer.beginObject().member(u"version", fields.value("version").toLongLong());
    writer.member(u"signer", QStringView(QString::fromUtf8(fields.value("signer"))));
    writer.member(u"timestamp", now)
        .member(u"by", QStringView(savedBy()))
        .key(u"config")
        .beginObject();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        writer.member(QString::fromUtf8(field.key()),
                      QStringView(QString::fromUtf8(field.value())));
    writer.endObject().endObject();
    return writer.takeBytes();
}

QByteArray configEvent(const ConfigMessage &message, const QString &state, qint64 now,
                       const QByteArray &signer)
{
    JsonWriter writer;
    writer.beginObject().member(u"type", QStringView(u"config"));
    if (!message.ip.isEmpty())
        writer.member(u"ip", QStringView(message.ip));
    if (!message.paas.isEmpty())
        writer.member(u"paas", QStringView(message.paas));
    writer.member(u"version", message.version).member(u"state", QStringView(state));
    if (!signer.isEmpty())
        writer.member(u"signer", QStringView(QString::fromUtf8(signer)));
    writer.member(u"by", QStringView(savedBy())).member(u"timestamp", now).endObject();
    return writer.takeBytes();
}

ConfigFields versionedConfig(const QString &ip, ConfigFields fields, qint64 version,
                             const SigningKey *key)
{
    // A signature covers every field, so an earlier one ends with the first change.
    fields.remove("signer");
    fields.remove("signature");
    fields.insert("version", QByteArray::number(version));
    if (key)
        signConfig(ip, fields, *key);
    return fields;
}

RedisConnection::Words saveConfigWords(const QString &ip, const ConfigFields &fields, qint64 now)
{
    const qint64 version = fields.value("version").toLongLong();
    const ConfigMessage message{ip, {}, version};
    QList<QByteArray> values{QByteArray::number(version - 1),
                             historyEntry(fields, now),
                             ip.toUtf8(),
                             configEvent(message, u"saved"_s, now, fields.value("signer")),
                             toJson(UpdateMessage(message)),
                             Channels::manage(ip),
                             QByteArray::number(Keys::historyLength),
                             QByteArray::number(Keys::eventsLength)};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        values << field.key() << field.value();
    return scriptWords(saveConfigScript,
                       {Keys::serverConfig(ip), Keys::serverConfigHistory(ip), Keys::events},
                       values);
}

RedisConnection::Words savePaasWords(const QString &id, const QByteArray &json, qint64 base,
                                     bool mustExist, qint64 now)
{
    const ConfigMessage message{{}, id, base + 1};
    JsonWriter entry(json.size() + 256);
    entry.beginObject().member(u"version", base + 1).member(u"timestamp", now);
    entry.member(u"by", QStringView(savedBy())).key(u"tree").raw(json).endObject();
    const QList<QByteArray> values{QByteArray::number(base),
                                   json,
                                   entry.takeBytes(),
                                   id.toUtf8(),
                                   configEvent(message, u"saved"_s, now),
                                   toJson(UpdateMessage(message)),
                                   mustExist ? "1" : "0",
                                   QByteArray::number(Keys::historyLength),
                                   QByteArray::number(Keys::eventsLength)};
    return scriptWords(savePaasScript,
                       {Keys::paas(id), Keys::paasHistory(id), Keys::events, Keys::paasList},
                       values);
}

RedisConnection::Words removePaasWords(const QString &id, qint64 version, qint64 now)
{
    const ConfigMessage message{{}, id, {}};
    const QList<QByteArray> values{QByteArray::number(version),
                                   id.toUtf8(),
                                   configEvent(message, u"removed"_s, now),
                                   toJson(UpdateMessage(message)),
                                   QByteArray::number(Keys::eventsLength),
                                   QByteArray::number(Keys::removedSeconds)};
    return scriptWords(removePaasScript,
                       {Keys::paas(id), Keys::paasHistory(id), Keys::events, Keys::paasList,
                        Keys::paasRemoved(id)},
                       values);
}

RedisConnection::Words dropPaasWords(const QString &id)
{
    return scriptWords(dropPaasScript,
                       {Keys::paas(id), Keys::paasHistory(id), Keys::paasRemoved(id)},
                       {QByteArray::number(Keys::removedSeconds)});
}

} // namespace Treewarden
