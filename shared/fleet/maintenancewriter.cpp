// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/maintenancewriter.h"

#include "shared/core/ipaddress.h"
#include "shared/core/jsonwriter.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 rememberedFor = 24 * 3'600'000; // ms after an end

// KEYS: maintenance, events. ARGV: how long events is, now, when an entry ended that may be
// dropped, then for each target its field, what to store there (nothing: end it), its ip, the
// event, the wake-up and the channel of the agents that it concerns. Answers the fields that
// changed.
const QByteArray maintenanceScript = R"(
local function untilOf(entry)
    local isJson, maintenance = pcall(cjson.decode, entry or '')
    return isJson and type(maintenance) == 'table' and tonumber(maintenance['until']) or 0
end
local now, dropped, changed = tonumber(ARGV[2]), tonumber(ARGV[3]), {}
for i = 4, #ARGV, 6 do
    local name, entry = ARGV[i], ARGV[i + 1]
    local isNews = entry ~= ''
    if isNews then
        redis.call('HSET', KEYS[1], name, entry)
    else
        isNews = untilOf(redis.call('HGET', KEYS[1], name)) > now
        redis.call('HDEL', KEYS[1], name)
    end
    if isNews then
        redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[1], '*', 'type', 'maintenance', 'ip', ARGV[i + 2], 'json', ARGV[i + 3])
        redis.call('PUBLISH', 'update:info', ARGV[i + 4])
        redis.call('PUBLISH', ARGV[i + 5], 'reload')
        changed[#changed + 1] = name
    end
end
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
    local ended = untilOf(all[i + 1])
    if ended > 0 and ended < dropped then redis.call('HDEL', KEYS[1], all[i]) end
end
return changed
)";

QByteArray entryJson(const Maintenance &maintenance)
{
    JsonWriter writer;
    writer.beginObject().member(u"until", maintenance.until);
    writer.member(u"by", QStringView(maintenance.by));
    writer.member(u"reason", QStringView(maintenance.reason)).endObject();
    return writer.takeBytes();
}

QByteArray maintenanceEvent(const MaintenanceTarget &target, const Maintenance &maintenance,
                            QStringView state, qint64 now)
{
    JsonWriter writer;
    writer.beginObject().member(u"type", u"maintenance").member(u"state", state);
    if (!target.ip.isEmpty())
        writer.member(u"ip", QStringView(target.ip));
    if (target.service) {
        writer.member(u"role", QStringView(target.service->role));
        writer.member(u"instance", QStringView(target.service->instance));
    }
    if (!target.paas.isEmpty())
        writer.member(u"paas", QStringView(target.paas));
    if (!target.role.isEmpty())
        writer.member(u"role", QStringView(target.role));
    writer.member(u"until", maintenance.until).member(u"by", QStringView(maintenance.by));
    writer.member(u"reason", QStringView(maintenance.reason)).member(u"timestamp", now);
    return writer.endObject().takeBytes();
}

QByteArray wakeUp(const QString &ip)
{
    EventMessage message;
    message.ip = ip;
    return toJson(UpdateMessage(message));
}

RedisConnection::Words scriptCall(const QList<MaintenanceTarget> &targets,
                                  const Maintenance &maintenance, QStringView state,
                                  const QByteArray &entry, qint64 now)
{
    RedisConnection::Words words{"EVAL",
                                 maintenanceScript,
                                 "2",
                                 Keys::maintenance,
                                 Keys::events,
                                 QByteArray::number(Keys::eventsLength),
                                 QByteArray::number(now),
                                 QByteArray::number(now - rememberedFor)};
    for (const MaintenanceTarget &target : targets) {
        words << target.key().toUtf8() << entry << target.ip.toUtf8()
              << maintenanceEvent(target, maintenance, state, now) << wakeUp(target.ip)
              << (target.ip.isEmpty() ? Channels::manageAll : Channels::manage(target.ip));
    }
    return words;
}

} // namespace

QString MaintenanceTarget::key() const
{
    if (service)
        return ip + u'/' + service->role + u'/' + service->instance;
    if (!ip.isEmpty())
        return ip;
    return role.isEmpty() ? u"paas/"_s + paas : u"paas/"_s + paas + u'/' + role;
}

std::optional<MaintenanceTarget> MaintenanceTarget::parse(QStringView key)
{
    if (key.size() > 256)
        return std::nullopt;
    const QList<QStringView> parts = key.split(u'/');
    MaintenanceTarget target;
    if (parts.first() == u"paas") {
        target.paas = parts.value(1).toString();
        target.role = parts.value(2).toString();
        const bool isTree = parts.size() == 2 || (parts.size() == 3 && isValidName(parts[2]));
        return isTree && isValidName(target.paas) ? std::optional(target) : std::nullopt;
    }
    target.ip = parts.first().toString();
    if (!isCanonicalIp(target.ip) || (parts.size() != 1 && parts.size() != 3))
        return std::nullopt;
    if (parts.size() == 1)
        return target;
    if (!isValidName(parts[1]) || !isValidName(parts[2]))
        return std::nullopt;
    target.service = ServiceId{parts[1].toString(), parts[2].toString()};
    return target;
}

RedisConnection::Words startMaintenanceCommand(const QList<MaintenanceTarget> &targets,
                                               const Maintenance &maintenance, qint64 now)
{
    return scriptCall(targets, maintenance, u"started", entryJson(maintenance), now);
}

RedisConnection::Words endMaintenanceCommand(const QList<MaintenanceTarget> &targets,
                                             const QString &by, const QString &reason, qint64 now)
{
    return scriptCall(targets, {now, by, reason}, u"ended", {}, now);
}

QStringList changedMaintenance(const RedisValue &reply)
{
    QStringList fields;
    for (const QByteArray &field : reply.toList())
        fields << QString::fromUtf8(field.left(256));
    return fields;
}

} // namespace Treewarden
