// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/probetime.h"
#include "agent/probes/pinger.h"
#include "agent/probes/probe.h"
#include "agent/probes/procsnapshot.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace Treewarden {

/// Samples this server's load with every host probe there is, and the hosts that it pings.
class HostMonitor
{
public:
    HostMonitor(const ProbeContext &context, const ProcSnapshot &processes);
    ~HostMonitor();

    /// The `info` of a workload sample as JSON, with what the agent itself costs. `now` is a steady
    /// clock in ms; the first sample has no rates.
    QByteArray sample(qint64 now, const Workload::Agent &agent = {});

    /// What the last sample() found.
    const Workload &last() const { return m_last; }

    /// How long each probe kept the caller; for reading and resetting.
    QList<ProbeTime *> probeTimes();

    /// Its last answers are in each sample.
    Pinger &pinger() { return m_pinger; }

    const Pinger &pinger() const { return m_pinger; }

    /// Pings the configuration's hosts, the default gateways, and Redis where that is another host
    /// named by its address. Call again when routes may have changed.
    void setPingHosts(const QStringList &configured, const QString &redisHost);

private:
    struct Timed
    {
        std::unique_ptr<HostProbe> probe;
        ProbeTime time;
    };

    const ProbeContext m_context;
    std::vector<Timed> m_probes;
    Pinger m_pinger;
    Workload m_last;
};

} // namespace Treewarden
