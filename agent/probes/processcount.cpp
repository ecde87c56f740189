// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/processcount.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

ProcessCount::ProcessCount(ProcessMatcher::Condition condition, QString what, int least)
    : m_matcher(std::move(condition))
    , m_what(std::move(what))
    , m_least(least)
{
}

void ProcessCount::check(const ProcSnapshot &processes, Done done)
{
    if (m_revision != processes.revision()) {
        const bool isFirst = m_revision == 0;
        m_revision = processes.revision();
        const QList<pid_t> &pids = m_matcher.match(processes);
        if (isFirst || pids != m_result.processes)
            m_result = count(pids);
    }
    done(CheckResult(m_result)); // a copy: it may destroy this probe
}

CheckResult ProcessCount::count(const QList<pid_t> &pids) const
{
    CheckResult result = CheckResult::isAlive(pids);
    if (pids.size() < m_least) {
        const QString reason = pids.isEmpty()
            ? u"no process %1 is running"_s.arg(m_what)
            : u"only %1 of at least %2 processes %3 are running"_s.arg(pids.size())
                  .arg(m_least)
                  .arg(m_what);
        result = CheckResult::died(
            reason, u"process.count"_s,
            {{u"what"_s, m_what}, {u"found"_s, pids.size()}, {u"least"_s, m_least}});
        result.processes = pids;
    }
    return result;
}

QString ProcessCount::description() const
{
    return m_least == 1 ? u"a process %1 runs"_s.arg(m_what)
                        : u"at least %1 processes %2 run"_s.arg(m_least).arg(m_what);
}

} // namespace Treewarden
