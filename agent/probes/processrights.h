// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <sys/types.h>

namespace Treewarden {

/// What the agent's user may learn of other users' processes (proc(5), ptrace(2)).
struct ProcessRights
{
    bool seesAll = true; ///< false: /proc is mounted with hidepid
    bool readsAll = true; ///< /proc/PID/exe and /proc/PID/fd; false: no CAP_SYS_PTRACE

    /// What is not allowed and what is done instead, a sentence each, for --check.
    QStringList sentences() const;
};

/// By the agent's capabilities, else it tries it on the first process.
ProcessRights findProcessRights(const QString &procRoot);

/// The file that a process runs, without the kernel's note that it was replaced since (an update
/// of a package does that). Nothing when the agent's user may not know; empty for a kernel thread
/// and a process that is gone.
std::optional<QByteArray> executableOf(const QByteArray &procRoot, pid_t pid);

/// This program's own number under `procRoot`; 0 where it has none: under a saved /proc, or one of
/// other processes than it lives among.
pid_t ownPid(const QByteArray &procRoot);

} // namespace Treewarden
