// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/actionrunner.h"
#include "shared/core/exitcode.h"

#include <QStringList>

#include <optional>

namespace Treewarden {

/// What the command line and the INI file ask of the executor.
struct ExecutorOptions
{
    enum class Mode {
        Serve,
        Prepare, ///< make an empty journal where there is none, then leave
        Check, ///< validate policy, keys and the configuration that is kept, then leave
    };

    Mode mode = Mode::Serve;
    QString socketPath, stateDirectory;
    QString agentUser; ///< whose processes may connect
    QString keysPath, policyPath;
    QString machineId; ///< this machine's
    RunnerSettings runner;

    /// Reads the command line. Gives the exit code when there is nothing more to do; an error was
    /// then printed.
    std::optional<ExitCode> read(const QStringList &arguments);
};

/// The program's name in its error lines.
inline constexpr QStringView executorProgram = u"treewarden-executor";

} // namespace Treewarden
