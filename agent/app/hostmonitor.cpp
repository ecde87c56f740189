// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/hostmonitor.h"

#include "agent/probes/gateways.h"

#include <QHostAddress>

namespace Treewarden {

HostMonitor::HostMonitor(const ProbeContext &context, const ProcSnapshot &processes)
    : m_context(context)
{
    for (const NamedHostProbe &probe : hostProbes())
        m_probes.push_back({probe.make(context, processes), {QString::fromLatin1(probe.name)}});
}

HostMonitor::~HostMonitor() = default;

void HostMonitor::setPingHosts(const QStringList &configured, const QString &redisHost)
{
    QStringList uninvited = readGateways(m_context.procRoot);
    const QHostAddress redis(redisHost);
    if (!redis.isNull() && !redis.isLoopback())
        uninvited << redis.toString();
    m_pinger.setHosts(configured, uninvited);
}

QByteArray HostMonitor::sample(qint64 now, const Workload::Agent &agent)
{
    m_last = {};
    for (Timed &timed : m_probes) {
        const ProbeTimer timer(timed.time);
        timed.probe->sample(m_last, now);
    }
    m_last.agent = agent;
    m_pinger.sample(m_last);
    JsonWriter writer(768);
    writeWorkload(writer, m_last);
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
