// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/redishealth.h"

#include "console/cli/clitext.h"
#include "console/cli/statetext.h"
#include "shared/core/textformat.h"
#include "shared/history/metrictable.h"

#include <algorithm>
#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr double slowLatency = 20; // ms
constexpr qint64 largestSkew = 2000; // ms
constexpr double fullShare = 0.8;

class RedisJudge
{
public:
    explicit RedisJudge(const RedisFacts &facts)
        : m_facts(facts)
    {
    }

    QList<RedisFinding> judge()
    {
        latency();
        version();
        role();
        persistence();
        lastSave();
        evictionPolicy();
        memory();
        clients();
        user();
        servers();
        clock();
        history();
        return m_findings;
    }

private:
    QString text(const char *name) const
    {
        const QByteArray value = m_facts.info.value(name);
        return value.isEmpty() ? notKnown : oneLine(QString::fromUtf8(value), 80);
    }

    std::optional<qint64> number(const char *name) const
    {
        bool isNumber = false;
        const qint64 value = m_facts.info.value(name).toLongLong(&isNumber);
        return isNumber ? std::optional(value) : std::nullopt;
    }

    void add(const QString &check, const QString &title, const QString &value, bool isFine,
             const QString &cure)
    {
        m_findings << RedisFinding{check, title, value, isFine ? QString() : cure, {}};
    }

    void latency()
    {
        add(u"latency"_s, CliText::tr("Latency"),
            CliText::tr("%1 ms").arg(m_facts.latency, 0, 'f', 2), m_facts.latency < slowLatency,
            CliText::tr("deaths are told this much later: bring Redis nearer, or look for slow "
                        "commands with SLOWLOG GET"));
    }

    void version()
    {
        const QList<QByteArray> parts = m_facts.info.value("redis_version").split('.');
        const int major = parts.value(0).toInt(), minor = parts.value(1).toInt();
        add(u"version"_s, CliText::tr("Version"), text("redis_version"),
            m_facts.info.isEmpty() || major > 6 || (major == 6 && minor >= 2),
            CliText::tr("Treewarden needs Redis 6.2 or newer: update it"));
    }

    void role()
    {
        const QString role = text("role");
        add(u"role"_s, CliText::tr("Role"), role, role != u"slave"_s,
            CliText::tr("a replica takes no writes: name the master %1:%2 in --redis")
                .arg(text("master_host"), text("master_port")));
    }

    void persistence()
    {
        const bool hasLog = number("aof_enabled").value_or(0) == 1;
        const bool hasSnapshots = m_facts.saveRule && !m_facts.saveRule->isEmpty();
        const QString snapshots = !m_facts.saveRule ? notKnown
            : hasSnapshots ? oneLine(QString::fromUtf8(*m_facts.saveRule), 60)
                           : CliText::tr("no");
        const QString value = CliText::tr("append-only file %1, snapshots (save) %2")
                                  .arg(hasLog ? CliText::tr("yes") : CliText::tr("no"), snapshots);
        add(u"persistence"_s, CliText::tr("Persistence"), value,
            hasLog || (hasSnapshots || !m_facts.saveRule),
            CliText::tr("a restart forgets who is enrolled and all history: CONFIG SET appendonly "
                        "yes, then CONFIG REWRITE"));
    }

    void lastSave()
    {
        const QString snapshot = text("rdb_last_bgsave_status"),
                      log = text("aof_last_write_status");
        const bool isFailing = snapshot == u"err"_s || log == u"err"_s;
        if (isFailing) {
            add(u"last-save"_s, CliText::tr("Last save"), CliText::tr("failed"), false,
                CliText::tr(
                    "Redis may refuse writes until it can save: look at its log and its disk"));
        }
    }

    void evictionPolicy()
    {
        const QString policy = text("maxmemory_policy");
        const bool isLimited = number("maxmemory").value_or(0) > 0;
        add(u"maxmemory-policy"_s, CliText::tr("When memory is full"), policy,
            !isLimited || policy == u"noeviction"_s || policy == notKnown,
            CliText::tr(
                "Redis would throw keys of servers away: CONFIG SET maxmemory-policy noeviction"));
    }

    void memory()
    {
        const auto used = number("used_memory");
        const qint64 limit = number("maxmemory").value_or(0);
        const QString value = limit > 0
            ? CliText::tr("%1 of %2").arg(bytesText(used), formatBytes(limit))
            : CliText::tr("%1, no limit").arg(bytesText(used));
        add(u"memory"_s, CliText::tr("Memory"), value,
            limit == 0 || double(used.value_or(0)) < fullShare * double(limit),
            CliText::tr("nearly full, then writes fail: raise maxmemory, or shorten intervals.keep "
                        "of the servers"));
    }

    void clients()
    {
        const auto connected = number("connected_clients");
        const qint64 most = number("maxclients").value_or(0);
        add(u"clients"_s, CliText::tr("Clients"),
            most > 0 && connected ? CliText::tr("%1 of %2").arg(*connected).arg(most)
                                  : text("connected_clients"),
            most == 0 || double(connected.value_or(0)) < fullShare * double(most),
            CliText::tr("nearly all are taken, then agents are refused: raise maxclients"));
    }

    void user()
    {
        add(u"user"_s, CliText::tr("ACL user"),
            m_facts.user ? oneLine(QString::fromUtf8(*m_facts.user), 60) : notKnown,
            !m_facts.isOpenToAll,
            m_facts.isOnNetwork
                ? CliText::tr("everybody who reaches the port may do everything without a "
                              "password: treewarden acl prints users with rights")
                : CliText::tr("every program on this host may do everything without a password: "
                              "treewarden acl prints users with rights"));
    }

    void servers()
    {
        add(u"servers"_s, CliText::tr("Servers"), QString::number(m_facts.servers), true, {});
    }

    void clock()
    {
        add(u"clock"_s, CliText::tr("Clock against this host"),
            CliText::tr("%1 s").arg(double(m_facts.skew) / 1000, 0, 'f', 1),
            std::abs(m_facts.skew) <= largestSkew,
            CliText::tr("ages and leases would look wrong: keep both clocks right with chrony or "
                        "systemd-timesyncd"));
    }

    void history()
    {
        qint64 bytes = 0, numbers = 0;
        for (const RedisFacts::Recorded &server : m_facts.recorded) {
            bytes += projectedHistory(server.intervals, server.numbers);
            numbers += server.numbers;
        }
        const qint64 limit = number("maxmemory").value_or(0);
        const qint64 room = limit > 0 ? limit : number("total_system_memory").value_or(0);
        add(u"history"_s, CliText::tr("History, when full"), formatBytes(bytes),
            room == 0 || double(bytes) < fullShare * double(room),
            limit > 0 ? CliText::tr("it will not fit into maxmemory: raise it, or shorten "
                                    "intervals.keep of the servers")
                      : CliText::tr("it will not fit into the memory of Redis' host: give it more, "
                                    "or shorten intervals.keep of the servers"));
        if (m_facts.recorded.isEmpty())
            return;
        m_findings.last().assumption
            = CliText::tr("assumes %1 changing numbers a sample, 17.5 bytes for 15 of them")
                  .arg(qRound64(double(numbers) / double(m_facts.recorded.size())));
    }

    const RedisFacts &m_facts;
    QList<RedisFinding> m_findings;
};

} // namespace

QHash<QByteArray, QByteArray> parseRedisInfo(const QByteArray &text)
{
    QHash<QByteArray, QByteArray> info;
    for (const QByteArray &line : text.left(1 << 20).split('\n')) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            info.insert(line.left(colon), line.mid(colon + 1).trimmed());
    }
    return info;
}

qsizetype changingNumbers(const Workload &workload)
{
    MetricTable table;
    std::vector<double> row;
    table.read(workload, row);
    qsizetype count = 0;
    for (size_t i = 0; i < row.size(); ++i) {
        const QByteArray &name = table.names()[i];
        const bool standsStill = name == "cpu.cores" || name == "uptime" || name == "memory.total"
            || name == "memory.swap_total"
            || (name.startsWith("filesystems.") && name.endsWith(".total"));
        count += !standsStill && !std::isnan(row[i]);
    }
    return count;
}

double sampleBytes(qsizetype numbers)
{
    constexpr double measuredBytes = 17.5, furtherBytes = 0.55;
    return numbers <= measuredNumbers
        ? measuredBytes * double(numbers) / measuredNumbers
        : measuredBytes + furtherBytes * double(numbers - measuredNumbers);
}

qint64 projectedHistory(const Intervals &intervals, qsizetype numbers)
{
    constexpr double figures = 3, listShare = 1.125;
    const double samples = 1000.0 * double(intervals.keep[u"1s"_s])
        / double(std::max<qint64>(intervals.workload.count(), 1));
    const double summaries
        = double(intervals.keep[u"1m"_s]) / 60 + double(intervals.keep[u"1h"_s]) / 3600;
    return std::llround((samples + figures * summaries) * sampleBytes(numbers) * listShare);
}

QList<RedisFinding> judgeRedis(const RedisFacts &facts)
{
    return RedisJudge(facts).judge();
}

} // namespace Treewarden
