// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>
#include <chrono>

namespace Treewarden {

/// How long one probe kept the agent's only thread.
struct ProbeTime
{
    QString name; ///< "disk", "mysql:3306"
    std::chrono::nanoseconds longest{0}; ///< since it was last reported
    bool isTold = false; ///< that it takes too long
};

/// Times one run of a probe, from its construction to its end.
class ProbeTimer
{
public:
    explicit ProbeTimer(ProbeTime &time)
        : m_time(time)
    {
    }

    ~ProbeTimer()
    {
        m_time.longest = std::max<std::chrono::nanoseconds>(
            m_time.longest, std::chrono::steady_clock::now() - m_start);
    }

    ProbeTimer(const ProbeTimer &) = delete;
    ProbeTimer &operator=(const ProbeTimer &) = delete;

private:
    ProbeTime &m_time;
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace Treewarden
