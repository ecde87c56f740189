// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/probe.h"
#include "agent/probes/procsnapshot.h"

namespace Treewarden {

namespace {

/// How many processes there are, zombies too. The cpu probe adds how many run and how many are
/// blocked.
class ProcessProbe : public HostProbe
{
public:
    explicit ProcessProbe(const ProcSnapshot &processes)
        : m_processes(processes)
    {
    }

    void sample(Workload &workload, qint64) override
    {
        if (m_processes.total() > 0)
            workload.processes.total = m_processes.total();
    }

private:
    const ProcSnapshot &m_processes;
};

} // namespace

std::unique_ptr<HostProbe> makeProcessHostProbe(const ProbeContext &, const ProcSnapshot &processes)
{
    return std::make_unique<ProcessProbe>(processes);
}

} // namespace Treewarden
