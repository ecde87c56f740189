// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>

#include <optional>

namespace Treewarden {

/// Counters of all cores together, in clock ticks, and what else /proc/stat tells (proc(5)).
struct CpuTimes
{
    quint64 user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
    int cores = 0;
    std::optional<int> running, blocked; ///< processes

    quint64 total() const { return user + nice + system + idle + iowait + irq + softirq + steal; }
};

Result<CpuTimes> parseCpuTimes(QByteArrayView text);

} // namespace Treewarden
