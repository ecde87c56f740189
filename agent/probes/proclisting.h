// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/hostfile.h"

#include <QByteArray>

#include <optional>
#include <sys/types.h>
#include <vector>

namespace Treewarden {

struct ListedPid
{
    pid_t pid = 0;
    quint64 inode = 0; ///< of /proc/PID: the kernel makes a new one for each process, even when the
                       ///< number comes again

    friend bool operator==(const ListedPid &, const ListedPid &) = default;
};

/// The numbers under /proc. A whole listing costs about a microsecond a process, so it is taken
/// every 5 s only, and not even then when nobody came or went: /proc/loadavg tells the last pid
/// given out and how many threads there are. Between two of them only the numbers after the last
/// known one are listed. Whoever leaves meanwhile stays in the list until the next whole one. On
/// anything but the kernel's own /proc of our own pid namespace every listing is whole.
class ProcListing
{
public:
    enum class Outcome { Failed, Unchanged, Changed };

    explicit ProcListing(const QByteArray &root);
    ~ProcListing();
    ProcListing(const ProcListing &) = delete;
    ProcListing &operator=(const ProcListing &) = delete;

    /// `now` is a steady clock in ms.
    Outcome refresh(qint64 now);

    /// In order of their pids.
    const std::vector<ListedPid> &pids() const { return m_pids; }

    /// A descriptor of the folder, to open what is in it; -1 when it cannot be opened.
    int folder() const { return m_folder; }

private:
    /// What /proc/loadavg tells of all processes: equal means that nobody came or went.
    struct Census
    {
        pid_t lastPid = 0;
        int threads = 0;

        friend bool operator==(const Census &, const Census &) = default;
    };

    bool openFolder();
    std::optional<Census> readCensus();
    Outcome listAll();
    Outcome listBetween(pid_t known, pid_t last);
    bool read(qint64 offset, pid_t last, std::vector<ListedPid> *found);

    QByteArray m_root;
    HostFile m_loadavg;
    std::vector<char> m_buffer;
    std::vector<ListedPid> m_pids;
    std::optional<Census> m_census, m_censusOfWhole;
    std::optional<qint64> m_offset; ///< of pid 0 in the folder, as the last whole listing showed it
    qint64 m_wholeAt = 0, m_wholeAtLast = 0; ///< ms: when somebody left, and in any case
    int m_folder = -1;
    bool m_isOurProc = false;
};

} // namespace Treewarden
