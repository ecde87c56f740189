// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"
#include "agent/probes/processstat.h"

#include <QHash>

namespace Treewarden {

/// What a few processes use together: how many they are, CPU, memory, threads, open files, since
/// when. Reads their /proc/PID/stat when asked, nothing before.
class ProcessWorkload
{
public:
    explicit ProcessWorkload(const QString &procRoot);

    /// {"processes","cpu","memory","threads","descriptors","since"}: percent of one core since the
    /// last call (absent in the first), bytes of resident memory with what they share counted in
    /// each, ms since 1970 when the oldest started. `now` is a steady clock in ms. At most 4096
    /// processes are read.
    QJsonObject measure(const QList<pid_t> &pids, qint64 now);

private:
    struct Seen
    {
        quint64 startTime = 0, ticks = 0;
    };

    std::optional<ProcessStat> readStat(pid_t pid);
    qint64 descriptorsOf(pid_t pid) const;

    const QByteArray m_procRoot;
    QHash<pid_t, Seen> m_seen;
    qint64 m_seenAt = 0;
    quint64 m_oldest = 0; ///< start time that m_since was reckoned from
    qint64 m_since = 0;
};

/// The same probe, whose answers carry what its processes use.
std::unique_ptr<ServiceProbe> withProcessWorkload(std::unique_ptr<ServiceProbe> probe,
                                                  const QString &procRoot);

} // namespace Treewarden
