// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/processmatcher.h"

#include <algorithm>

namespace Treewarden {

ProcessMatcher::ProcessMatcher(Condition condition)
    : m_condition(std::move(condition))
{
}

const QList<pid_t> &ProcessMatcher::match(const ProcSnapshot &processes)
{
    if (processes.revision() == m_revision)
        return m_pids;
    QList<pid_t> fitting;
    auto known = m_pids.cbegin();
    for (const Process &process : processes.processes()) {
        known = std::find_if(known, m_pids.cend(), [&](pid_t pid) { return pid >= process.pid; });
        const bool wasFitting = known != m_pids.cend() && *known == process.pid;
        if (process.revision > m_revision ? m_condition(process) : wasFitting)
            fitting << process.pid;
    }
    m_pids = fitting;
    m_revision = processes.revision();
    return m_pids;
}

} // namespace Treewarden
