// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace Treewarden {

/// When something that repeats is due: counted from the last due time, so it never drifts. What
/// could not be done in time is skipped and counted, never queued. Times are those of a steady
/// clock in ms.
class Cadence
{
public:
    void start(std::chrono::milliseconds interval, qint64 now)
    {
        m_interval = qMax<qint64>(interval.count(), 1);
        m_next = now;
    }

    /// Another interval; what is due next stays due, at most one new interval away.
    void setInterval(std::chrono::milliseconds interval, qint64 now)
    {
        m_interval = qMax<qint64>(interval.count(), 1);
        m_next = qMin(m_next, now + m_interval);
    }

    /// True when it is time; the next time is then one interval (or more, if some were missed)
    /// later.
    bool take(qint64 now)
    {
        // A timer may fire up to a millisecond early: waking up again for that would double the
        // cost.
        if (now + 1 < m_next)
            return false;
        // By the same measure a late round is also that of a time that has all but come.
        const qint64 missed = (now + 1 - m_next) / m_interval;
        m_skipped += missed;
        m_next += (missed + 1) * m_interval;
        return true;
    }

    qint64 next() const { return m_next; }

    qint64 skipped() const { return m_skipped; }

private:
    qint64 m_interval = 1000, m_next = 0, m_skipped = 0;
};

} // namespace Treewarden
