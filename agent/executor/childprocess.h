// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/actionrunner.h"

namespace Treewarden {

/// Runs words as children, each under a keeper of its own (keeper.h): the program that uses this
/// calls runKeeper() first thing in main.
class ChildProcess : public ActionRunner
{
public:
    explicit ChildProcess(std::chrono::milliseconds grace, QObject *parent = nullptr);

    void run(const ActionRequest &request, Done done) override;

private:
    const std::chrono::milliseconds m_grace;
};

} // namespace Treewarden
