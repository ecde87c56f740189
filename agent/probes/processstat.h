// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>

#include <sys/types.h>

namespace Treewarden {

/// The part of /proc/PID/stat that the agent uses (proc(5)).
struct ProcessStat
{
    QByteArray name; ///< at most 15 bytes of anything, ")" and blanks too
    char state = '?';
    pid_t parent = 0;
    quint64 startTime = 0; ///< clock ticks since boot
    quint64 userTicks = 0, systemTicks = 0; ///< clock ticks of CPU, all threads
    int threads = 0;
    qint64 residentPages = 0; ///< 0 where the kernel does not tell

    bool isDead() const { return state == 'Z' || state == 'X'; }
};

Result<ProcessStat> parseProcessStat(QByteArrayView text);

} // namespace Treewarden
