// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/cpuprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/probe.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<CpuTimes> parseCpuTimes(QByteArrayView text)
{
    CpuTimes times;
    QByteArrayView line = takeLine(&text);
    if (takeWord(&line) != "cpu")
        return Error{u"/proc/stat does not begin with the line cpu"_s};
    for (quint64 *counter : {&times.user, &times.nice, &times.system, &times.idle, &times.iowait,
                             &times.irq, &times.softirq, &times.steal}) {
        if (const auto number = takeNumber<quint64>(&line))
            *counter = *number; // kernels before 2.6.11 have no steal
    }
    while (!text.isEmpty()) {
        line = takeLine(&text);
        const QByteArrayView key = takeWord(&line);
        if (key.startsWith("cpu"))
            ++times.cores;
        else if (key == "procs_running")
            times.running = takeNumber<int>(&line);
        else if (key == "procs_blocked")
            times.blocked = takeNumber<int>(&line);
    }
    return times;
}

namespace {

class CpuProbe : public HostProbe
{
public:
    explicit CpuProbe(const ProbeContext &context)
        : m_file(context.procRoot + u"/stat"_s, 128 * 1024) // a line of numbers for each interrupt
    {
    }

    void sample(Workload &workload, qint64) override
    {
        const auto times = parseCpuTimes(m_file.read());
        if (!times)
            return;
        if (times->cores > 0)
            workload.cpu.cores = times->cores;
        // They stand in this file, and reading it is what costs most of all host probes: read it
        // once.
        workload.processes.running = times->running;
        workload.processes.blocked = times->blocked;
        if (m_last)
            fillShares(&workload.cpu, *m_last, *times);
        m_last = *times;
    }

private:
    /// iowait falls on idle tickless cores, and steal after a migration: a counter that fell tells
    /// nothing.
    static void fillShares(Workload::Cpu *cpu, const CpuTimes &before, const CpuTimes &after)
    {
        if (after.total() <= before.total())
            return;
        const double span = double(after.total() - before.total());
        const auto share = [span](quint64 from, quint64 to) {
            return to < from ? std::nullopt
                             : std::optional(std::min(100.0, double(to - from) * 100 / span));
        };
        cpu->user = share(before.user + before.nice, after.user + after.nice);
        cpu->system = share(before.system + before.irq + before.softirq,
                            after.system + after.irq + after.softirq);
        cpu->iowait = share(before.iowait, after.iowait);
        cpu->steal = share(before.steal, after.steal);
        if (const auto free = share(before.idle + before.iowait, after.idle + after.iowait))
            cpu->busy = 100 - *free;
    }

    HostFile m_file;
    std::optional<CpuTimes> m_last;
};

} // namespace

std::unique_ptr<HostProbe> makeCpuHostProbe(const ProbeContext &context, const ProcSnapshot &)
{
    return std::make_unique<CpuProbe>(context);
}

} // namespace Treewarden
