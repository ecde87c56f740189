// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

namespace Treewarden {

/// The folders in which a bare name is looked up, and PATH of every command.
inline constexpr char commandPath[]
    = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

struct StartedCommand
{
    pid_t process = -1;
    int output = -1; ///< the end of its output to read from, not blocking
    int error = 0; ///< the errno that kept it from starting, else 0
};

/// Starts argv[0], an absolute path, with nothing inherited: a session of its own, / as its folder,
/// nothing to read, one pipe for what it prints, a fixed environment with TREEWARDEN_COMMAND=id,
/// umask 022, all signals as they are by default. It is killed with this process. Part of the
/// keeper: no Qt, one thread.
StartedCommand startCommand(const char *id, char *const *argv);

} // namespace Treewarden
