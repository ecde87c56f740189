// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/flapguard.h"

#include <limits>
#include <numeric>

namespace Treewarden {

std::optional<int> FlapGuard::take(std::optional<bool> alive, qint64 now)
{
    const bool isChange = m_isKnown && alive != m_alive;
    m_isKnown = true;
    m_alive = alive;
    if (isChange) {
        count(now);
        m_changedAt = now;
        m_isNews = true;
    }
    if (!m_isFlapping) {
        m_isFlapping = isChange && changes() > mostChanges;
        if (!m_isFlapping)
            return 0;
    } else if (now - m_changedAt >= calm) {
        *this = {};
        m_isKnown = true;
        m_alive = alive;
        m_changedAt = now - calm;
        return 0;
    } else if (!m_isNews || now - m_toldAt < pause) {
        return std::nullopt;
    }
    m_toldAt = now;
    m_isNews = false;
    return changes();
}

/// One change in this second; the seconds since the last one had none.
void FlapGuard::count(qint64 now)
{
    const qint64 second = now / 1000;
    if (second - m_second >= windowSeconds)
        m_changes.fill(0);
    else
        for (qint64 passed = m_second + 1; passed <= second; ++passed)
            m_changes[size_t(passed % windowSeconds)] = 0;
    m_second = second;
    quint16 &ofSecond = m_changes[size_t(second % windowSeconds)];
    if (ofSecond < std::numeric_limits<quint16>::max())
        ++ofSecond;
}

int FlapGuard::changes() const
{
    return std::accumulate(m_changes.begin(), m_changes.end(), 0);
}

} // namespace Treewarden
