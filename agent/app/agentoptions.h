// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"
#include "shared/core/exitcode.h"
#include "shared/redis/redisurl.h"

#include <QStringList>

#include <optional>

namespace Treewarden {

/// What the command line and the INI file ask of the agent.
struct AgentOptions
{
    enum class Mode {
        Serve,
        Once, ///< one round, then leave
        Check, ///< validate the configuration and print what would be watched
        Discover, ///< print the services that run here; no Redis
    };

    Mode mode = Mode::Serve;
    bool waitsForEnrolment = false;
    std::optional<QString> ip; ///< canonical
    ProbeContext context;
    RedisUrl redis;
    QString stateDirectory;
    QString executorSocket; ///< empty: there is no executor
    QString trustedKeysFile, policyFile; ///< empty: nobody is trusted, nothing is allowed

    /// Reads the command line. Gives the exit code when there is nothing more to do; an error was
    /// then printed.
    std::optional<ExitCode> read(const QStringList &arguments);
};

/// The program's name in its error lines.
inline constexpr QStringView agentProgram = u"treewarden-agent";

} // namespace Treewarden
