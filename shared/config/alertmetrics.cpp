// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/alertmetrics.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

using Value = std::optional<double>;

template<typename T>
Value number(const std::optional<T> &value)
{
    return value ? Value(double(*value)) : std::nullopt;
}

Value percentOf(const std::optional<qint64> &part, const std::optional<qint64> &whole)
{
    return part && whole && *whole > 0 ? Value(100.0 * double(*part) / double(*whole))
                                       : std::nullopt;
}

void raise(Value &largest, const Value &value)
{
    if (value)
        largest = std::max(largest.value_or(*value), *value);
}

/// Of the place, or the largest of all places.
template<typename Map, typename Read>
Value ofPlaces(const Map &map, const QString &place, Read read)
{
    Value largest;
    for (auto it = map.cbegin(); it != map.cend(); ++it) {
        if (place.isEmpty() || it.key() == place)
            raise(largest, read(it));
    }
    return largest;
}

Value fullness(const Workload &load, const QString &place)
{
    return ofPlaces(load.filesystems, place,
                    [](auto it) { return percentOf(it->used, it->total); });
}

Value inodes(const Workload &load, const QString &place)
{
    return ofPlaces(load.filesystems, place, [](auto it) { return it->inodesUsed; });
}

Value answerTime(const Workload &load, const QString &place)
{
    return ofPlaces(load.ping, place, [](auto it) { return it.value(); });
}

/// Only hosts that lost something are told: all others lost nothing.
Value loss(const Workload &load, const QString &place)
{
    return ofPlaces(load.ping, place,
                    [&](auto it) { return Value(load.pingLoss.value(it.key(), 0)); });
}

Value loadPerCore(const Workload &load, const QString &)
{
    const int cores = load.cpu.cores.value_or(0);
    return load.load.isEmpty() || cores < 1 ? std::nullopt
                                            : Value(load.load.first() / double(cores));
}

Value averageLoad(const Workload &load, const QString &)
{
    return load.load.isEmpty() ? std::nullopt : Value(load.load.first());
}

QList<AlertMetric> allMetrics()
{
    using Unit = AlertMetric::Unit;
    using Place = AlertMetric::Place;
    using Load = const Workload &;
    using Name = const QString &;
    return {
        {u"cpu"_s, Unit::Percent, Place::None, [](Load w, Name) { return w.cpu.busy; }},
        {u"iowait"_s, Unit::Percent, Place::None, [](Load w, Name) { return w.cpu.iowait; }},
        {u"steal"_s, Unit::Percent, Place::None, [](Load w, Name) { return w.cpu.steal; }},
        {u"load"_s, Unit::Number, Place::None, averageLoad},
        {u"load_per_core"_s, Unit::Number, Place::None, loadPerCore},
        {u"memory"_s, Unit::Percent, Place::None,
         [](Load w, Name) { return percentOf(w.memory.used, w.memory.total); }},
        {u"swap"_s, Unit::Percent, Place::None,
         [](Load w, Name) { return percentOf(w.memory.swapUsed, w.memory.swapTotal); }},
        {u"disk"_s, Unit::Percent, Place::Filesystem, fullness},
        {u"inodes"_s, Unit::Percent, Place::Filesystem, inodes},
        {u"disk_busy"_s, Unit::Percent, Place::None, [](Load w, Name) { return w.disk.busy; }},
        {u"disk_read"_s, Unit::BytesPerSecond, Place::None,
         [](Load w, Name) { return w.disk.read; }},
        {u"disk_write"_s, Unit::BytesPerSecond, Place::None,
         [](Load w, Name) { return w.disk.write; }},
        {u"pressure_cpu"_s, Unit::Percent, Place::None,
         [](Load w, Name) { return w.pressure.cpu; }},
        {u"pressure_memory"_s, Unit::Percent, Place::None,
         [](Load w, Name) { return w.pressure.memory; }},
        {u"pressure_io"_s, Unit::Percent, Place::None, [](Load w, Name) { return w.pressure.io; }},
        {u"receive"_s, Unit::BytesPerSecond, Place::None,
         [](Load w, Name) { return w.network.receive; }},
        {u"transmit"_s, Unit::BytesPerSecond, Place::None,
         [](Load w, Name) { return w.network.transmit; }},
        {u"network_errors"_s, Unit::PerSecond, Place::None,
         [](Load w, Name) { return w.network.errors; }},
        {u"processes"_s, Unit::Number, Place::None,
         [](Load w, Name) { return number(w.processes.total); }},
        {u"blocked"_s, Unit::Number, Place::None,
         [](Load w, Name) { return number(w.processes.blocked); }},
        {u"ping"_s, Unit::Milliseconds, Place::Host, answerTime},
        {u"ping_loss"_s, Unit::Percent, Place::Host, loss},
        {u"uptime"_s, Unit::Seconds, Place::None, [](Load w, Name) { return number(w.uptime); }},
    };
}

} // namespace

const QList<AlertMetric> &alertMetrics()
{
    static const QList<AlertMetric> metrics = allMetrics();
    return metrics;
}

const AlertMetric *findAlertMetric(const QString &name)
{
    const auto &all = alertMetrics();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const AlertMetric &one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

QString placeField(AlertMetric::Place place)
{
    return place == AlertMetric::Place::Filesystem ? u"filesystem"_s
        : place == AlertMetric::Place::Host        ? u"host"_s
                                                   : QString();
}

std::optional<double> alertValue(const AlertRule &rule, const Workload &load)
{
    const AlertMetric *metric = findAlertMetric(rule.metric);
    return metric ? metric->valueOf(load, rule.place) : std::nullopt;
}

} // namespace Treewarden
