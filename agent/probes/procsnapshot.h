// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <sys/types.h>
#include <vector>

namespace Treewarden {

/// One process as /proc told it in the last pass.
struct Process
{
    pid_t pid = 0;
    quint64 startTime = 0; ///< clock ticks since boot; with the pid it names one process for ever
    pid_t parent = 0; ///< when it was first seen
    char state = '?'; ///< R, S, D, Z … when it was first seen
    QByteArray name; ///< the kernel's, at most 15 bytes: of a script the script's
    QByteArray user; ///< name of its effective user as /etc/passwd has it, else the number
    QByteArray
        commandLine; ///< arguments joined by blanks, as ps shows it; "[name]" for kernel threads
    QByteArray arguments; ///< as /proc has them, each ended by NUL
    quint64 revision = 0; ///< of the snapshot when this line was new or changed last

    /// True when argv[0], without its folder, is `program`. Knows rewritten titles ("nginx: master
    /// process …", "redis-server *:6379") and scripts ("/bin/sh /usr/bin/mysqld_safe").
    bool runs(QByteArrayView program) const;
    /// argv[0] without its folder and without what a rewritten title adds: "nginx", "redis-server",
    /// "[kthreadd]".
    QByteArrayView programName() const;
};

/// The processes of this host, as cheap as can be: a quiet round reads one short file
/// (ProcListing). Command lines are kept by (pid, inode of /proc/PID), read when new and again
/// until the process is 10 s old (exec changes the line and keeps the pid), all of them every 30 s.
/// A process that died unseen stays in for up to 5 s, as a zombie up to 30 s: whoever depends on
/// one watches it (ProcessWatch) and calls markDead().
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
    /// The state letter of one process, read now: 'T' for one that was stopped. '\0' when it is
    /// gone.
    char stateOf(pid_t pid) const;
    int total() const; ///< all, zombies too
    /// Rises when a process came, went or changed its line: equal means that every answer from
    /// before still holds.
    quint64 revision() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Treewarden
