// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/demohistory.h"

#include "shared/protocol/keys.h"
#include "tests/support/redisserver.h"

#include <cmath>

namespace Treewarden {

namespace {

constexpr double pi = 3.14159265358979;
constexpr qint64 aDay = 86'400'000;

double wave(qint64 time, qint64 period)
{
    return std::sin(2 * pi * double(time % period) / double(period));
}

/// 0 to 1, the same for the same time: noise without a state.
double noise(qint64 time)
{
    auto bits = quint64(time / 1000) * 0x9E3779B97F4A7C15ull;
    bits ^= bits >> 29;
    bits *= 0xBF58476D1CE4E5B9ull;
    return double((bits >> 20) & 0xFFFF) / 65535;
}

} // namespace

Workload DemoHistory::at(qint64 time) const
{
    const double week = 1 + 0.25 * wave(time, 7 * aDay),
                 day = 1 + 0.35 * wave(time - aDay / 4, aDay);
    const double minute = 1 + 0.1 * wave(time, 420'000) + 0.25 * (noise(time) - 0.5);
    const qint64 sinceThree = (time % aDay) - 3 * 3'600'000;
    const double heavy = std::exp(-std::pow(double(sinceThree - 1'500'000) / 900'000, 2)) * 2.2;
    const double load = week * day * minute + heavy;
    Workload workload = usual;
    const auto scale = [load](std::optional<double> &value, double most) {
        if (value)
            value = std::min(*value * load, most);
    };
    scale(workload.cpu.busy, 100);
    scale(workload.cpu.user, 90);
    scale(workload.cpu.system, 40);
    scale(workload.cpu.iowait, 35);
    scale(workload.pressure.io, 90);
    for (auto *rate : {&workload.disk.read, &workload.disk.write, &workload.network.receive,
                       &workload.network.transmit})
        scale(*rate, 1e12);
    for (double &one : workload.load)
        one *= load;
    if (workload.memory.used)
        workload.memory.used = qint64(double(*workload.memory.used) * (0.8 + 0.1 * week * day));
    for (auto &ping : workload.ping)
        ping = ping ? std::optional(*ping * (0.9 + 0.2 * noise(time))) : ping;
    workload.uptime = (time / 1000) % (40 * 86'400); // a boot every forty days
    return workload;
}

QList<QByteArray> DemoHistory::chunks(HistoryTier tier) const
{
    const bool isSamples = tier == HistoryTier::Samples;
    const qint64 span = isSamples ? interval : tier == HistoryTier::Minutes ? minuteSpan : hourSpan;
    const qint64 kept = isSamples      ? seconds * 1000
        : tier == HistoryTier::Minutes ? minutes * minuteSpan
                                       : hours * hourSpan;
    MetricTable table;
    OpenChunk chunk(isSamples ? OpenChunk::Kind::Samples : OpenChunk::Kind::Summaries, span);
    QList<QByteArray> chunks;
    std::vector<double> row;
    for (qint64 time = (end - kept) / span * span + (isSamples ? end % span : 0); time <= end;
         time += span) {
        if (isSilent && isSilent(time))
            continue;
        table.read(at(time), row);
        if (isSamples) {
            chunk.add(time, row);
        } else {
            HistorySummary summary{time, span / interval, row, row, row};
            for (size_t i = 0; i < row.size(); ++i) {
                summary.minima[i] *= 0.8;
                summary.maxima[i] *= i < 4 ? 1.3 : 1.15;
            }
            summary.minima[27] = row[27]; // uptime
            chunk.add(summary);
        }
        if (chunk.isFull())
            chunks << chunk.close(table);
    }
    return chunks;
}

QList<QByteArray> DemoHistory::raw() const
{
    QList<QByteArray> raw;
    for (qint64 time = end - 299 * interval; time <= end; time += interval) {
        if (!isSilent || !isSilent(time))
            raw << toJson(WorkloadSample{time, at(time)});
    }
    return raw;
}

void DemoHistory::fill(const RedisServer &redis, const QString &ip) const
{
    const auto push = [&](const QByteArray &key, const QList<QByteArray> &elements) {
        constexpr qsizetype together = 100;
        for (qsizetype i = 0; i < elements.size(); i += together)
            redis.call(QByteArrayList{"RPUSH", key} + elements.mid(i, together));
    };
    for (const HistoryTier tier : historyTiers)
        push(Keys::serverHistory(ip, tierName(tier)), chunks(tier));
    push(Keys::serverWorkload(ip), raw());
}

DemoHistory shortHistory(qint64 end)
{
    DemoHistory history;
    history.end = end;
    history.usual.cpu.user = 20;
    history.usual.memory.used = 1'000'000'000;
    history.usual.load = {1, 1, 1};
    history.seconds = 3 * 3600;
    history.minutes = 2 * 1440;
    history.hours = 60 * 24;
    return history;
}

} // namespace Treewarden
