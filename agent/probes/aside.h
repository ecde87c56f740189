// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace Treewarden {

/// Asks the kernel what it may never answer, such as the size of a file system whose server is
/// away, on a thread of its own. One that is stuck stays the only one: nothing is asked again
/// before it returned.
class Aside
{
public:
    /// Runs on the thread: touches nothing but what it owns. What it gives back runs in the event
    /// loop, within the deadline only.
    using Answer = std::function<void()>;
    using Work = std::function<Answer()>;

    Aside();
    ~Aside(); ///< does not wait for the thread

    /// Calls the answer, or `late` after `deadline`. Not while isBusy().
    void run(Work work, std::chrono::milliseconds deadline, std::function<void()> late);

    /// The work has not returned.
    bool isBusy() const { return m_shared != nullptr; }

    /// A work that was late has returned after all.
    std::function<void()> returned;

private:
    struct Shared;

    void takeAnswer();

    std::shared_ptr<Shared> m_shared;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_deadline;
    std::function<void()> m_late;
};

} // namespace Treewarden
