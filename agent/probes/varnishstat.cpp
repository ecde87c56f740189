// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/varnishstat.h"

#include "agent/probes/counterrates.h"

#include <QJsonDocument>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct VarnishCounter
{
    const char *counter, *key;
};

constexpr VarnishCounter varnishCounters[] = {
    {"MAIN.uptime", "uptime"},
    {"MAIN.client_req", "requests"},
    {"MAIN.cache_hit", "cache_hits"},
    {"MAIN.cache_miss", "cache_misses"},
    {"MAIN.cache_hitpass", "cache_passes"},
    {"MAIN.sess_conn", "sessions"},
    {"MAIN.sess_dropped", "sessions_dropped"},
    {"MAIN.sess_queued", "sessions_queued"},
    {"MAIN.backend_req", "backend_requests"},
    {"MAIN.backend_fail", "backend_failures"},
    {"MAIN.fetch_failed", "fetch_failures"},
    {"MAIN.threads", "threads"},
    {"MAIN.threads_failed", "threads_failed"},
    {"MAIN.n_object", "objects"},
    {"MAIN.n_lru_nuked", "objects_nuked"},
    {"MAIN.n_expired", "objects_expired"},
    {"MGT.child_panic", "panics"},
};

std::optional<double> counterValue(const QJsonValue &counter)
{
    const double value = counter.toObject().value(u"value"_s).toDouble(-1);
    return value >= 0 && value < 1e18 ? std::optional(value) : std::nullopt;
}

/// The sizes of all stevedores that hold objects: SMA.s0, SMF.s1 …, not SMA.Transient.
void addStorage(const QJsonObject &counters, QJsonObject *info)
{
    for (const auto &[suffix, key] : {std::pair(u".g_bytes"_s, u"storage_used"_s),
                                      std::pair(u".g_space"_s, u"storage_free"_s)}) {
        for (auto it = counters.begin(); it != counters.end(); ++it) {
            const auto value = counterValue(it.value());
            if (value && it.key().startsWith(u"SM") && it.key().endsWith(suffix)
                && !it.key().contains(u".Transient."))
                info->insert(key, info->value(key).toDouble() + *value);
        }
    }
}

} // namespace

QJsonObject parseVarnishStat(QByteArrayView json)
{
    QJsonObject counters = QJsonDocument::fromJson(json.toByteArray()).object();
    if (const QJsonValue inner = counters.value(u"counters"_s); inner.isObject())
        counters = inner.toObject();
    QJsonObject info;
    for (const VarnishCounter &one : varnishCounters) {
        if (const auto value = counterValue(counters.value(QLatin1StringView(one.counter))))
            info.insert(QLatin1StringView(one.key), *value);
    }
    if (info.isEmpty())
        return info;
    const double hits = info.value(u"cache_hits"_s).toDouble();
    if (const auto ratio = percentageOf(hits, hits + info.value(u"cache_misses"_s).toDouble()))
        info.insert(u"hit_ratio"_s, *ratio);
    addStorage(counters, &info);
    return info;
}

} // namespace Treewarden
