// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include <functional>

namespace Treewarden {

/// Work that follows from changes, of which there may be thousands a second: it is done soon after
/// it is asked for, once for all that asked meanwhile, and the longer it takes the more seldom, so
/// that it hardly costs more than half a hundredth of the time. While it is held, it waits.
class PacedWork : public QObject
{
    Q_OBJECT
public:
    PacedWork(std::chrono::milliseconds pause, std::function<void()> work,
              QObject *parent = nullptr);

    void ask();
    /// Is asked for with this pause instead of the usual one; without any it is done now, unless
    /// it is held.
    void doIn(std::chrono::milliseconds pause);
    /// At once, and nothing is asked for any more.
    void doNow();

    /// Nobody needs the result. What was asked for meanwhile is done as soon as somebody does.
    void setHeld(bool isHeld);

    bool isHeld() const { return m_isHeld; }

private:
    std::chrono::milliseconds m_pause;
    std::function<void()> m_work;
    QTimer m_timer;
    bool m_isAsked = false, m_isHeld = false;
};

/// When the one that is so many turns behind has its turn, of all that look at a whole fleet at the
/// same time: for a large one they are divided by pauses, in which the event loop goes on; for
/// others there is no pause.
std::chrono::milliseconds pauseUntil(int turn, qsizetype servers);

} // namespace Treewarden
