// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"
#include "agent/probes/processmatcher.h"

namespace Treewarden {

/// Alive while at least `least` processes fit. Answers from the snapshot, at once.
class ProcessCount : public ServiceProbe
{
public:
    /// `what` names the processes in sentences: "process named sshd". `hint` is the name to put
    /// into `args`.
    ProcessCount(ProcessMatcher::Condition condition, QString what, int least = 1);

    void check(const ProcSnapshot &processes, Done done) override;
    QString description() const override;

    bool isProcessCheck() const override { return true; }

private:
    CheckResult count(const QList<pid_t> &pids) const;

    ProcessMatcher m_matcher;
    QString m_what;
    int m_least;
    quint64 m_revision = 0; ///< of the snapshot that the result is from
    CheckResult m_result;
};

} // namespace Treewarden
