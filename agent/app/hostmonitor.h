// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

    /// The `info` of a workload sample as JSON. `now` is a steady clock in ms; the first sample has
    /// no rates.
    QByteArray sample(qint64 now);

    /// Its last answers are in each sample.
    Pinger &pinger() { return m_pinger; }

private:
    std::vector<std::unique_ptr<HostProbe>> m_probes;
    Pinger m_pinger;
};

} // namespace Treewarden
