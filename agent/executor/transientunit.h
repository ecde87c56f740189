// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/actionrunner.h"
#include "agent/executor/systemdjobs.h"

namespace Treewarden {

/// Runs words as transient units of systemd, treewarden-ID.service: there what they start is in
/// nobody else's control group. The unit's process is the keeper (keeper.h), which reports through
/// a pipe that systemd hands it as its standard output.
class TransientUnit : public ActionRunner
{
public:
    TransientUnit(std::shared_ptr<SystemdJobs> jobs, std::chrono::milliseconds grace,
                  QObject *parent = nullptr);

    void run(const ActionRequest &request, Done done) override;

private:
    const std::shared_ptr<SystemdJobs> m_jobs;
    const std::chrono::milliseconds m_grace;
};

} // namespace Treewarden
