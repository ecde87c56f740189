// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/selfmonitor.h"

#include "agent/probes/lines.h"

#include <sys/resource.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

std::chrono::microseconds ownCpuTime()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

double toMilliseconds(std::chrono::nanoseconds time)
{
    return double(time.count()) / 1e6;
}

QString slowSentence(const ProbeTime &probe)
{
    return u"%1 took %2 ms of a round, where one check may take %3: it delays every other; see "
           u"whether "
           "what it reads hangs (a disk, a mount, a service), or take it out of the configuration"_s
               .arg(probe.name)
               .arg(toMilliseconds(probe.longest), 0, 'f', 0)
               .arg(SelfMonitor::probeBudget.count());
}

} // namespace

SelfMonitor::SelfMonitor()
    : m_memory(u"/proc/self/statm"_s, 128)
    , m_lookedAt(std::chrono::steady_clock::now())
    , m_cpu(ownCpuTime())
{
}

ProbeTimer SelfMonitor::timeRound()
{
    m_lastRound = std::exchange(m_round.longest, {});
    return ProbeTimer(m_round);
}

QList<SlowProbe> SelfMonitor::look(const QList<ProbeTime *> &probes)
{
    takeCpu();
    takeMemory();
    QList<ProbeTime *> costly = probes;
    const auto end = costly.begin() + std::min(costly.size(), mostProbes);
    std::partial_sort(costly.begin(), end, costly.end(), [](const auto *left, const auto *right) {
        return left->longest > right->longest;
    });
    m_cost.probes.clear();
    QList<SlowProbe> slow;
    for (auto it = costly.begin(); it != end; ++it) {
        ProbeTime &probe = **it;
        if (probe.longest.count() > 0)
            m_cost.probes.insert(probe.name, toMilliseconds(probe.longest));
        if (probe.longest > probeBudget && !std::exchange(probe.isTold, true))
            slow << SlowProbe{probe.name, qRound64(toMilliseconds(probe.longest)),
                              slowSentence(probe)};
    }
    for (ProbeTime *probe : probes)
        probe->longest = {};
    return slow;
}

void SelfMonitor::takeCpu()
{
    const auto now = std::chrono::steady_clock::now();
    const auto cpu = ownCpuTime();
    const std::chrono::duration<double> passed = now - m_lookedAt, used = cpu - m_cpu;
    if (passed.count() > 0)
        m_cost.cpu = std::max(used / passed * 100, 0.0);
    m_lookedAt = now;
    m_cpu = cpu;
}

void SelfMonitor::takeMemory()
{
    QByteArrayView text = m_memory.read();
    takeWord(&text); // the address space
    const auto pages = takeNumber<qint64>(&text);
    m_cost.rss = pages ? std::optional(*pages * sysconf(_SC_PAGESIZE)) : std::nullopt;
}

Workload::Agent SelfMonitor::takeCost(qint64 skippedRounds)
{
    if (m_lastRound.count() > 0)
        m_cost.round = toMilliseconds(m_lastRound);
    m_cost.skipped = skippedRounds;
    Workload::Agent cost = m_cost;
    m_cost.probes.clear();
    return cost;
}

} // namespace Treewarden
