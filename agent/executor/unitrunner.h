// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/actionrunner.h"
#include "agent/executor/systemdjobs.h"

namespace Treewarden {

/// Starts, stops, restarts and reloads systemd units. A job that takes longer than the request's
/// timeout is left to systemd, which has timeouts of its own: half a restart is worse than a late
/// one.
class UnitRunner : public ActionRunner
{
public:
    explicit UnitRunner(std::shared_ptr<SystemdJobs> jobs, QObject *parent = nullptr);

    void run(const ActionRequest &request, Done done) override;

private:
    void explain(const QString &unit, ActionOutcome outcome, Done done);

    const std::shared_ptr<SystemdJobs> m_jobs;
};

} // namespace Treewarden
