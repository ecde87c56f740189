// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/chunkcodec.h"
#include "shared/history/metrictable.h"

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Treewarden;

// What a day of history costs: bytes a sample, and reading it. Usage:
// historyday FILE [METRICS]: FILE holds samples as server:workload:{ip} has them, one a line
// (redis-cli lrange); they are repeated until there are 86,400. METRICS: how many of them to keep
// (15).

namespace {

constexpr int day = 86'400, turns = 9;

double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

QList<WorkloadSample> readSamples(const char *path)
{
    QFile file(QString::fromLocal8Bit(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", path);
    QList<WorkloadSample> samples;
    while (!file.atEnd()) {
        if (const auto sample = parseWorkloadSample(file.readLine()))
            samples << *sample;
    }
    if (samples.isEmpty())
        qFatal("%s holds no samples", path);
    return samples;
}

/// A day of chunks of the first `metrics` metrics.
std::vector<QByteArray> encodeDay(const QList<WorkloadSample> &samples, size_t metrics)
{
    MetricTable table;
    std::vector<std::vector<double>> rows(HistoryChunk::mostRows);
    std::vector<QByteArray> chunks;
    const qint64 start = samples.first().timestamp;
    const qint64 span = samples.last().timestamp - start + 1000;
    for (qint64 i = 0; i < day; i += HistoryChunk::mostRows) {
        HistoryChunk chunk;
        for (qint64 row = 0; row < HistoryChunk::mostRows; ++row) {
            const qint64 turn = (i + row) / samples.size();
            const WorkloadSample &sample = samples[(i + row) % samples.size()];
            table.read(sample.info, rows[size_t(row)]);
            chunk.times.push_back(sample.timestamp + turn * span);
        }
        const size_t fields = std::min(metrics, table.names().size());
        chunk.names.assign(table.names().begin(), table.names().begin() + qsizetype(fields));
        chunk.units.assign(table.units().begin(), table.units().begin() + qsizetype(fields));
        for (size_t field = 0; field < fields; ++field) {
            for (auto &row : rows) {
                row.resize(fields, notMeasured);
                chunk.averages.push_back(row[field]);
            }
        }
        chunks.push_back(encodeChunk(chunk));
    }
    return chunks;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2)
        qFatal("usage: historyday FILE [METRICS]");
    const QList<WorkloadSample> samples = readSamples(argv[1]);
    const size_t metrics = argc > 2 ? size_t(atoi(argv[2])) : 15;
    const double before = cpuMilliseconds();
    const std::vector<QByteArray> chunks = encodeDay(samples, metrics);
    const double encoding = cpuMilliseconds() - before;
    qsizetype bytes = 0;
    for (const QByteArray &chunk : chunks)
        bytes += chunk.size();
    std::vector<double> times;
    double sum = 0;
    for (int turn = 0; turn < turns; ++turn) {
        const double start = cpuMilliseconds();
        ChunkDecoder decoder;
        HistoryChunk chunk;
        for (const QByteArray &packed : chunks) {
            if (!decoder.decode(packed, chunk))
                qFatal("a chunk does not decode");
            sum += chunk.averages.back();
        }
        times.push_back(cpuMilliseconds() - start);
    }
    std::ranges::sort(times);
    std::printf("%d samples of %zu metrics (%d recorded): %.2f bytes a sample, decoded in %.2f ms, "
                "encoded in %.1f us CPU a chunk (%g)\n",
                day, metrics, int(samples.size()), double(bytes) / day, times[turns / 2],
                encoding * 1000 / double(chunks.size()), sum);
    return 0;
}
