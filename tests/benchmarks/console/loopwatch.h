// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Treewarden {

/// CPU time of this process and of this thread, ms.
double processCpu();
double threadCpu();

/// Watches how much CPU the event loop of this thread uses at a stretch, from one wait for events
/// to the next: other programs on the machine cannot lengthen that.
class LoopWatch : public QObject
{
    Q_OBJECT
public:
    explicit LoopWatch(QObject *parent = nullptr);

    /// What was before does not count.
    void reset() { m_last = threadCpu(), m_worst = 0, m_stalls = 0; }

    double worst() const { return m_worst; }

    /// Stretches above 50 ms.
    int stalls() const { return m_stalls; }

private:
    void look();

    double m_last = 0, m_worst = 0;
    int m_stalls = 0;
};

} // namespace Treewarden
