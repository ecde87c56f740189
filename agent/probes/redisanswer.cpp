// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/redisanswer.h"

#include "agent/probes/lines.h"
#include "shared/core/textformat.h"

#include <algorithm>
#include <iterator>

namespace Treewarden {

using namespace Qt::StringLiterals;

std::optional<RespReply> parseRespReply(QByteArrayView bytes)
{
    const qsizetype end = bytes.indexOf("\r\n");
    if (end < 0)
        return bytes.size() > 4096
                || (!bytes.isEmpty() && !QByteArrayView("+-$").contains(bytes.front()))
            ? std::optional(
                RespReply{'\0', bytes.first(std::min<qsizetype>(bytes.size(), 80)).toByteArray()})
            : std::nullopt;
    const QByteArrayView line = bytes.first(end);
    const char type = line.isEmpty() ? '\0' : line.front();
    if (type == '+' || type == '-')
        return RespReply{type, line.sliced(1).toByteArray(), end + 2};
    const auto length = type == '$' ? numberOf<qint64>(line.sliced(1)) : std::nullopt;
    if (!length || *length < 0 || *length > (1 << 20))
        return RespReply{'\0', line.first(std::min<qsizetype>(line.size(), 80)).toByteArray()};
    const QByteArrayView rest = bytes.sliced(end + 2);
    return rest.size() < *length + 2
        ? std::nullopt
        : std::optional(
            RespReply{type, rest.first(*length).toByteArray(), end + 2 + qsizetype(*length) + 2});
}

std::optional<CheckResult> judgeRedisError(const RespReply &reply, const QString &target)
{
    const QString said = oneLine(QString::fromUtf8(reply.text), 120);
    if (reply.type == '\0')
        return CheckResult::died(u"%1 answered \"%2\", which is not Redis"_s.arg(target, said),
                                 u"redis.protocol"_s, {{u"target"_s, target}, {u"said"_s, said}});
    if (reply.type != '-')
        return std::nullopt;
    for (const char *alive : {"NOAUTH", "NOPERM", "DENIED", "WRONGPASS"}) {
        if (reply.text.startsWith(alive)) {
            CheckResult result = CheckResult::isAlive();
            result.reason = u"Redis at %1 lives but says: %2"_s.arg(target, said);
            result.code = u"redis.note"_s;
            result.args = {{u"target"_s, target}, {u"said"_s, said}};
            return result;
        }
    }
    return CheckResult::died(u"Redis at %1 says: %2"_s.arg(target, said), u"redis.error"_s,
                             {{u"target"_s, target}, {u"said"_s, said}});
}

QJsonObject redisInfo(QByteArrayView info)
{
    static constexpr const char *wanted[] = {
        "redis_version",
        "role",
        "master_link_status",
        "master_last_io_seconds_ago",
        "rdb_last_bgsave_status",
        "aof_last_write_status",
        "uptime_in_seconds",
        "connected_clients",
        "blocked_clients",
        "used_memory",
        "used_memory_rss",
        "maxmemory",
        "instantaneous_ops_per_sec",
        "total_commands_processed",
        "keyspace_hits",
        "keyspace_misses",
        "evicted_keys",
        "expired_keys",
        "rejected_connections",
        "total_connections_received",
        "mem_fragmentation_ratio",
        "connected_slaves",
        "used_cpu_sys",
        "used_cpu_user",
    };
    QJsonObject pairs;
    qint64 keys = 0;
    while (!info.isEmpty()) {
        const QByteArrayView line = takeLine(&info).trimmed();
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            continue;
        const QByteArrayView name = line.first(colon), value = line.sliced(colon + 1);
        if (name.startsWith("db") && value.startsWith("keys="))
            keys += numberOf<qint64>(
                        value.sliced(5).first(std::max<qsizetype>(value.indexOf(',') - 5, 0)))
                        .value_or(0);
        if (std::find(std::begin(wanted), std::end(wanted), name) == std::end(wanted))
            continue;
        const QString key = QString::fromLatin1(name);
        if (const auto number = numberOf<double>(value))
            pairs.insert(key, *number);
        else
            pairs.insert(key, oneLine(QString::fromUtf8(value), 64));
    }
    if (!pairs.isEmpty())
        pairs.insert(u"keys"_s, keys);
    return pairs;
}

void addRedisRates(QJsonObject *info, CounterRates *rates)
{
    const auto value = [info](const QString &name) { return info->value(name).toDouble(); };
    const double hits = value(u"keyspace_hits"_s);
    if (const auto ratio = percentageOf(hits, hits + value(u"keyspace_misses"_s)))
        info->insert(u"hit_ratio"_s, *ratio);
    rates->startReading();
    for (const auto &[name, counter] :
         {std::pair(u"commands"_s, u"total_commands_processed"_s),
          std::pair(u"connections"_s, u"total_connections_received"_s),
          std::pair(u"evictions"_s, u"evicted_keys"_s),
          std::pair(u"expiries"_s, u"expired_keys"_s)}) {
        const double counted = value(counter);
        if (counted >= 0 && counted < 1e18)
            rates->add(info, name, quint64(counted));
    }
}

CheckResult judgeRedisInfo(const QJsonObject &info, const QString &target)
{
    const QJsonObject args{{u"target"_s, target}};
    const auto says
        = [&info](const QString &name, const QString &word) { return info.value(name) == word; };
    if (says(u"role"_s, u"slave"_s) && says(u"master_link_status"_s, u"down"_s))
        return CheckResult::aliveWithNote(
            u"Redis at %1 is a replica without a link to its master"_s.arg(target),
            u"redis.replication"_s, args);
    if (says(u"rdb_last_bgsave_status"_s, u"err"_s) || says(u"aof_last_write_status"_s, u"err"_s))
        return CheckResult::aliveWithNote(
            u"Redis at %1 failed to save its data the last time: see its log"_s.arg(target),
            u"redis.persistence"_s, args);
    return CheckResult::isAlive();
}

} // namespace Treewarden
