// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Treewarden {

/// CPU time of this process and of this thread, ms.
double processCpu();
double threadCpu();

/// Watches how long the event loop of this thread is busy at a stretch, from waking up to waiting
/// again: by the clock, and by CPU, which other programs on the machine cannot lengthen.
class LoopWatch : public QObject
{
    Q_OBJECT
public:
    explicit LoopWatch(QObject *parent = nullptr);

    void reset() { m_worstWall = m_worstCpu = 0, m_stallsWall = m_stallsCpu = 0; }

    double worstWall() const { return m_worstWall; }

    double worstCpu() const { return m_worstCpu; }

    /// Stretches above 50 ms.
    int stallsWall() const { return m_stallsWall; }

    int stallsCpu() const { return m_stallsCpu; }

private:
    void wake();
    void block();

    double m_wokeWall = 0, m_wokeCpu = 0, m_worstWall = 0, m_worstCpu = 0;
    int m_stallsWall = 0, m_stallsCpu = 0;
    bool m_isAwake = false;
};

} // namespace Treewarden
