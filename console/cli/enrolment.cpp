// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/enrolment.h"

#include "shared/config/serverconfig.h"
#include "shared/core/json.h"
#include "shared/fleet/enrolling.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

using Words = RedisSession::Words;

/// Every key that belongs to the server alone.
Words keysOf(const QString &ip, const QHash<QByteArray, QByteArray> &config,
             const QList<QByteArray> &serviceNames)
{
    const QByteArray workload = Keys::serverWorkload(ip);
    Words keys{Keys::serverConfig(ip),
               Keys::serverConfigHistory(ip),
               Keys::serverAlive(ip),
               Keys::serverInfo(ip),
               workload,
               workload + ":1s",
               workload + ":1m",
               workload + ":1h",
               Keys::services(ip),
               Keys::commandStream(ip)};
    QSet<ServiceId> services;
    for (const ServiceDefinition &service :
         parseServerConfig(ip, config).config.value_or(ServerConfig()).services)
        services << service.id;
    for (const QByteArray &name : serviceNames) {
        if (const auto id = ServiceId::parse(QString::fromUtf8(name)))
            services << *id;
    }
    for (const ServiceId &service : std::as_const(services))
        keys << Keys::serviceAlive(ip, service) << Keys::serviceWorkload(ip, service);
    return keys;
}

Words maintenanceOf(const QString &ip, const QList<QByteArray> &all)
{
    Words names;
    for (const QByteArray &name : all) {
        if (name == ip.toUtf8() || name.startsWith(ip.toUtf8() + '/'))
            names << name;
    }
    return names;
}

} // namespace

RedisAnswer<bool> enrolServer(RedisSession &redis, const QString &ip,
                              const QHash<QByteArray, QByteArray> &fields, qint64 now)
{
    const auto done = redis.request(enrolmentWords(ip, fields, now));
    if (!done)
        return done.failure();
    return done->integer == 1;
}

RedisAnswer<bool> removeServer(RedisSession &redis, const QString &ip, qint64 now)
{
    const auto read = redis.pipeline({{"HGETALL", Keys::serverConfig(ip)},
                                      {"HKEYS", Keys::services(ip)},
                                      {"HKEYS", Keys::maintenance},
                                      {"HGET", Keys::serverInfo(ip), "machine_id"},
                                      {"HEXISTS", Keys::serversAlive, ip.toUtf8()}});
    if (!read)
        return read.failure();
    const auto config = read->at(0).value.toHash();
    const bool isEnrolled = !config.isEmpty() || read->at(4).value.integer > 0;
    if (!isEnrolled) {
        const auto dropped = redis.request({"HDEL", Keys::serversPending, ip.toUtf8()});
        return dropped ? RedisAnswer<bool>(false) : RedisAnswer<bool>(dropped.failure());
    }
    const QByteArray bound = config.value("machine_id");
    const QByteArray machineId = bound.isEmpty() ? read->at(3).value.toBytes() : bound;
    // An agent and an executor that trust keys never take a version that is not above their last.
    const QJsonObject tombstone{{u"machine_id"_s, QString::fromUtf8(machineId)},
                                {u"timestamp"_s, now},
                                {u"version"_s, config.value("version").toLongLong()}};
    QList<Words> commands{Words{"DEL"} + keysOf(ip, config, read->at(1).value.toList()),
                          {"HDEL", Keys::serversAlive, ip.toUtf8()},
                          {"HDEL", Keys::serversSince, ip.toUtf8()},
                          {"HDEL", Keys::serversPending, ip.toUtf8()},
                          {"HSET", Keys::serversRemoved, ip.toUtf8(), compactJson(tombstone)}};
    if (const Words names = maintenanceOf(ip, read->at(2).value.toList()); !names.isEmpty())
        commands << Words{"HDEL", Keys::maintenance} + names;
    const auto done = redis.transaction(commands + enrolmentNews(ip, 0, u"removed"_s, now));
    return done ? RedisAnswer<bool>(true) : RedisAnswer<bool>(done.failure());
}

} // namespace Treewarden
