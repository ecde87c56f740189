// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/chunkcodec.h"
#include "shared/history/tiers.h"
#include "shared/protocol/keys.h"
#include "tests/support/simulatedsession.h"

#include <QCoreApplication>
#include <QDebug>
#include <QFile>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// A day of an agent's life with this host's own /proc and a real Redis, on a clock that leaps from
// round to round: gaps, drift, history, memory and CPU. Usage: day [hours]

namespace {

const QString ip = u"10.0.0.7"_s;

double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

double residentMegabytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1e6;
}

QByteArray services()
{
    QByteArray json = R"({"dummy":{)";
    for (int i = 0; i < 10; ++i) {
        json += i == 0 ? "" : ",";
        json += '"' + QByteArray::number(i)
            + R"(":{"alive":{"cmd":"ps aux | grep redis-server | grep -v nothing)"
            + QByteArray::number(i) + R"( | wc -l"}})";
    }
    return json + "}}";
}

/// The times in all chunks of a tier, in the order of the list.
std::vector<qint64> timesOf(const RedisServer &redis, HistoryTier tier, qsizetype *chunks)
{
    std::vector<qint64> times;
    ChunkDecoder decoder;
    HistoryChunk chunk;
    const auto list
        = redis.call({"LRANGE", Keys::serverHistory(ip, tierName(tier)), "0", "-1"}).toList();
    for (const QByteArray &bytes : list) {
        if (const auto decoded = decoder.decode(bytes, chunk); !decoded || !*decoded)
            qFatal("a chunk of %s cannot be read", qPrintable(tierName(tier)));
        times.insert(times.end(), chunk.times.begin(), chunk.times.end());
    }
    *chunks = list.size();
    return times;
}

/// Prints how a tier's times follow each other. True: each interval has one.
bool printTier(const RedisServer &redis, HistoryTier tier, qint64 interval)
{
    qsizetype chunks = 0;
    const std::vector<qint64> times = timesOf(redis, tier, &chunks);
    qint64 gaps = 0, doubles = 0, drift = 0;
    for (size_t i = 1; i < times.size(); ++i) {
        const qint64 steps = times[i] / interval - times[i - 1] / interval;
        gaps += std::max<qint64>(steps - 1, 0);
        doubles += steps < 1;
        drift = std::max(drift, qAbs(times[i] - times[0] - qint64(i) * interval));
    }
    std::printf("%-3s %6zu chunks %7zu times  gaps %lld  doubles %lld  farthest from its due time "
                "%lld ms\n",
                qPrintable(tierName(tier)), size_t(chunks), times.size(), gaps, doubles, drift);
    return gaps == 0 && doubles == 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(
        u"*.warning=false"_s); // the simulated clock runs ahead of Redis'
    const int hours = argc > 1 ? std::atoi(argv[1]) : 24;
    RedisServer redis;
    SimulatedSession agent(redis, services());
    QRandomGenerator random(1);
    const double start = cpuSeconds();
    std::printf("hour   RSS MB   CPU s\n%4d %8.2f %7.1f\n", 0, residentMegabytes(), 0.0);
    for (int hour = 1; hour <= hours; ++hour) {
        // A busy host lets rounds begin late: that must not add up.
        agent.pass(std::chrono::hours(1), [&] { return qint64(random.bounded(20)); });
        std::printf("%4d %8.2f %7.1f\n", hour, residentMegabytes(), cpuSeconds() - start);
        std::fflush(stdout);
    }
    std::printf("rounds skipped: %lld\n", agent.session().skippedRounds());
    const bool isWhole = printTier(redis, HistoryTier::Samples, 1000)
        & printTier(redis, HistoryTier::Minutes, minuteSpan)
        & printTier(redis, HistoryTier::Hours, hourSpan);
    return isWhole && agent.session().skippedRounds() == 0 ? 0 : 1;
}
