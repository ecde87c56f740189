// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/checkfactory.h"
#include "agent/probes/procsnapshot.h"

#include <QCoreApplication>

#include <cstdio>
#include <ctime>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// CPU of one round: `agentround [checks] [rounds]`. Prints microseconds a round of the pass over
/// /proc with its checks, and of the host probes.
namespace {

double cpuMicroseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e6 + double(time.tv_nsec) / 1e3;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int checks = argc > 1 ? std::atoi(argv[1]) : 20,
              rounds = argc > 2 ? std::atoi(argv[2]) : 200;
    ProcSnapshot processes(u"/proc"_s);
    std::vector<std::unique_ptr<ServiceProbe>> probes;
    for (int i = 0; i < checks; ++i) {
        const ServiceDefinition service{{u"dummy"_s, QString::number(i)}, {}, {}, false};
        auto probe = makeServiceProbe(
            service, TextCheck{u"ps aux | grep redis-server | grep %1 | wc -l"_s.arg(i)}, {});
        probes.push_back(std::move(probe).value());
    }
    std::vector<std::unique_ptr<HostProbe>> host;
    for (const NamedHostProbe &row : hostProbes())
        host.push_back(row.make({}, processes));

    int alive = 0;
    double processCpu = 0, hostCpu = 0, worst = 0;
    for (int round = -15; round < rounds; ++round) { // the first rounds read every command line
        const qint64 now = round * 1000;
        const double start = cpuMicroseconds();
        processes.refresh(now);
        for (const auto &probe : probes)
            probe->check(processes, [&alive](const CheckResult &result) {
                alive += result.alive.value_or(false);
            });
        const double middle = cpuMicroseconds();
        Workload workload;
        for (const auto &probe : host)
            probe->sample(workload, now);
        if (round < 0)
            continue;
        processCpu += middle - start;
        worst = std::max(worst, middle - start);
        hostCpu += cpuMicroseconds() - middle;
    }
    std::printf("%d processes, %d checks, %d rounds: processes and checks %.1f us a round (worst "
                "%.1f), host probes %.1f us\n",
                processes.total(), checks, rounds, processCpu / rounds, worst, hostCpu / rounds);
    return 0;
}
