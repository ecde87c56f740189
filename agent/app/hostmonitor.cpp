// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/hostmonitor.h"

namespace Treewarden {

HostMonitor::HostMonitor(const ProbeContext &context, const ProcSnapshot &processes)
{
    for (const NamedHostProbe &probe : hostProbes())
        m_probes.push_back({probe.make(context, processes), {QString::fromLatin1(probe.name)}});
}

HostMonitor::~HostMonitor() = default;

QByteArray HostMonitor::sample(qint64 now, const Workload::Agent &agent)
{
    Workload workload;
    for (Timed &timed : m_probes) {
        const ProbeTimer timer(timed.time);
        timed.probe->sample(workload, now);
    }
    workload.agent = agent;
    m_pinger.sample(workload);
    JsonWriter writer(768);
    writeWorkload(writer, workload);
    return writer.takeBytes();
}

QList<ProbeTime *> HostMonitor::probeTimes()
{
    QList<ProbeTime *> times;
    for (Timed &timed : m_probes)
        times << &timed.time;
    return times;
}

} // namespace Treewarden
