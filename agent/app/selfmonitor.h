// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/probetime.h"
#include "agent/probes/hostfile.h"
#include "shared/protocol/workload.h"

#include <QList>

#include <chrono>

namespace Treewarden {

/// A probe that kept the agent longer than it may, for the first time.
struct SlowProbe
{
    QString name;
    qint64 took = 0; ///< ms
    QString sentence;
};

/// Measures what the agent itself costs: its CPU and memory, how long the last round took, and
/// which probes took most of it. Costs two reads of the clock a round and two system calls a look.
class SelfMonitor
{
public:
    /// What one run of a probe may take of the agent's only thread. A longer one is told: it delays
    /// everything else.
    static constexpr std::chrono::milliseconds probeBudget{100};
    static constexpr qsizetype mostProbes = 8;

    SelfMonitor();

    /// A round begins; it lasts until the answer is destroyed.
    ProbeTimer timeRound();

    /// Once a heartbeat: takes the CPU time since the last look, the memory and the longest run of
    /// each probe, which starts anew. Gives those that exceeded the budget for the first time.
    QList<SlowProbe> look(const QList<ProbeTime *> &probes);

    /// For the next sample. `probes` are in the first one after a look only.
    Workload::Agent takeCost(qint64 skippedRounds);

private:
    void takeCpu();
    void takeMemory();

    HostFile m_memory;
    ProbeTime m_round;
    Workload::Agent m_cost;
    std::chrono::steady_clock::time_point m_lookedAt;
    std::chrono::microseconds m_cpu{0};
    std::chrono::nanoseconds m_lastRound{0};
};

} // namespace Treewarden
