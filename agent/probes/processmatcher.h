// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/procsnapshot.h"

#include <QList>

#include <functional>

namespace Treewarden {

/// The processes that fit a condition, kept from round to round: each command line is judged once,
/// not once a round.
class ProcessMatcher
{
public:
    using Condition = std::function<bool(const Process &)>;

    explicit ProcessMatcher(Condition condition);

    /// Those that fit now, in order of their pids. For one and the same snapshot each time.
    const QList<pid_t> &match(const ProcSnapshot &processes);

private:
    Condition m_condition;
    QList<pid_t> m_pids;
    quint64 m_revision = 0; ///< of the snapshot that m_pids holds for
};

} // namespace Treewarden
