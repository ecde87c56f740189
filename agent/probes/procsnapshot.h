// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QString>

#include <memory>
#include <vector>

#include <sys/types.h>

namespace Treewarden {

/// One process as /proc told it in the last pass.
struct Process
{
    pid_t pid = 0;
    quint64 startTime = 0; ///< clock ticks since boot; with the pid it names one process for ever
    char state = '?'; ///< R, S, D, Z …
    QByteArray commandLine; ///< arguments joined by blanks, as ps shows it; "[name]" for kernel threads
    QByteArray arguments; ///< as /proc has them, each ended by NUL
};

/// The processes of this host after one cheap pass over /proc. Command lines are kept by (pid, start time): new ones
/// are read at once and again until they are 10 s old (exec changes the line and keeps both), all every 30 s.
class ProcSnapshot
{
public:
    explicit ProcSnapshot(QString procRoot);
    ~ProcSnapshot();

    /// Reads again. `now` is a steady clock in ms. False when /proc cannot be read.
    bool refresh(qint64 now);
    /// Takes a process out at once: its pidfd said that it died.
    void markDead(pid_t pid);

    /// Living ones (no zombies), in order of their pids.
    const std::vector<Process> &processes() const;
    const Process *find(pid_t pid) const;
    int total() const; ///< all, zombies too
    int running() const;
    int blocked() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Treewarden
