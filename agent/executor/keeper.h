// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Treewarden {

/// The first argument of a program that is to be a keeper: the executor starts itself with it.
inline constexpr char keeperOption[] = "--keep-command";
/// How long a keeper tries to get rid of processes before it reports without them.
inline constexpr int keeperPatience = 5000; // ms

/// How a command ended, as its keeper tells it: one line, then the output.
struct KeeperReport
{
    enum class End {
        Exited, ///< code: its status
        Killed, ///< code: the signal; not by us
        TimedOut, ///< it had not ended by itself
        Stopped, ///< the same, for the keeper was told to end it (SIGTERM)
        NotStarted ///< code: the errno
    };

    End end = End::Exited;
    int code = 0;
    int left = 0; ///< processes of it that could not be killed
    long long milliseconds = 0;
    std::size_t size = 0; ///< bytes of output that follow

    std::string line() const; ///< with its line break
    /// False when `text`, a line without its break, is none.
    static bool parse(const std::string &text, KeeperReport &report);
};

/// True when the program was started as a keeper.
bool isKeeperCall(int argc, char **argv);

/// Runs one command and keeps it: a process of its own, so that the command has its timeout
/// whatever becomes of the executor. To be called before anything of Qt, in a process of one
/// thread; argv is `program --keep-command ID TIMEOUT GRACE PROGRAM WORD…`, times in ms. The report
/// goes to standard output.
/// - The output is read always, at most 64 KiB of it are kept.
/// - At the timeout everything that the command started gets TERM, at the end of the grace KILL.
/// - After exit status 0 the processes that it left behind live on. As long as one of them holds
///   the output, the keeper goes on reading, since a daemon whose output breaks dies of it.
/// - After any other end they are killed.
int runKeeper(int argc, char **argv);

} // namespace Treewarden
