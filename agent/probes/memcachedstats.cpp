// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/memcachedstats.h"

#include "agent/probes/lines.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestMemcachedLine = 2048, mostMemcachedStats = 512;

using MemcachedKind = MemcachedAnswer::Kind;

std::optional<MemcachedAnswer> parseStats(QByteArrayView bytes)
{
    MemcachedAnswer answer{MemcachedKind::Stats, {}, {}};
    while (bytes.contains('\n')) {
        QByteArrayView line = takeLine(&bytes).trimmed();
        if (line == "END")
            return answer;
        const QByteArrayView whole = line;
        if (takeWord(&line) != "STAT" || answer.counters.size() >= mostMemcachedStats)
            return MemcachedAnswer{MemcachedKind::Rubbish, whole.toByteArray(), {}};
        const QByteArrayView name = takeWord(&line);
        const QByteArrayView value = line.trimmed();
        if (name == "version")
            answer.text = value.toByteArray();
        else if (const auto number = numberOf<quint64>(value))
            answer.counters.insert(name.toByteArray(), *number);
    }
    return std::nullopt;
}

} // namespace

std::optional<MemcachedAnswer> parseMemcachedAnswer(QByteArrayView bytes)
{
    if (bytes.startsWith("STAT ") || bytes.startsWith("END\r\n"))
        return parseStats(bytes);
    const qsizetype end = bytes.indexOf('\n');
    if (end < 0 && bytes.size() < longestMemcachedLine)
        return std::nullopt;
    const QByteArrayView line
        = bytes.first(end < 0 ? longestMemcachedLine : std::min(end, longestMemcachedLine))
              .trimmed();
    if (line.startsWith("VERSION "))
        return MemcachedAnswer{MemcachedKind::Version, line.sliced(8).toByteArray(), {}};
    for (const char *refusal : {"ERROR", "CLIENT_ERROR", "SERVER_ERROR"}) {
        if (line.startsWith(refusal))
            return MemcachedAnswer{MemcachedKind::Refusal, line.toByteArray(), {}};
    }
    return MemcachedAnswer{MemcachedKind::Rubbish, line.toByteArray(), {}};
}

QJsonObject memcachedInfo(const MemcachedAnswer &stats, CounterRates *rates)
{
    static constexpr const char *shown[]
        = {"curr_items", "bytes",     "limit_maxbytes",   "get_hits",
           "get_misses", "evictions", "curr_connections", "rejected_connections",
           "uptime"};
    QJsonObject info{{u"version"_s, oneLine(QString::fromUtf8(stats.text), 64)}};
    for (const char *name : shown) {
        if (const auto found = stats.counters.constFind(name); found != stats.counters.constEnd())
            info.insert(QLatin1StringView(name), shownCounter(*found));
    }
    const auto value = [&](const char *name) { return double(stats.counters.value(name)); };
    if (const auto ratio = percentageOf(value("get_hits"), value("get_hits") + value("get_misses")))
        info.insert(u"hit_ratio"_s, *ratio);
    if (const auto used = percentageOf(value("bytes"), value("limit_maxbytes")))
        info.insert(u"memory_used"_s, *used);
    rates->startReading();
    for (const auto &[name, counter] :
         {std::pair(u"gets"_s, "cmd_get"), std::pair(u"sets"_s, "cmd_set"),
          std::pair(u"evictions"_s, "evictions"), std::pair(u"connections"_s, "total_connections")})
        rates->add(&info, name, stats.counters.value(counter));
    return info;
}

} // namespace Treewarden
