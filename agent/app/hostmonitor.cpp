// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/hostmonitor.h"

namespace Treewarden {

HostMonitor::HostMonitor(const ProbeContext &context, const ProcSnapshot &processes)
{
    for (const NamedHostProbe &probe : hostProbes())
        m_probes.push_back(probe.make(context, processes));
}

HostMonitor::~HostMonitor() = default;

QByteArray HostMonitor::sample(qint64 now)
{
    Workload workload;
    for (const auto &probe : m_probes)
        probe->sample(workload, now);
    m_pinger.sample(workload);
    JsonWriter writer(768);
    writeWorkload(writer, workload);
    return writer.takeBytes();
}

} // namespace Treewarden
