// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <functional>
#include <memory>
#include <sys/types.h>

namespace Treewarden {

/// Waits for one child without blocking and takes its status, whoever still wants it. Deletes
/// itself when the child is gone.
class ChildReaper : public QObject
{
    Q_OBJECT
public:
    explicit ChildReaper(pid_t child);
    ~ChildReaper() override;

    pid_t child() const { return m_child; }

    /// Called when it has ended and nobody has waited for it: the number is still its own.
    std::function<void()> ending;
    /// Called with its status (waitpid(2)).
    std::function<void(int status)> ended;

private:
    void reap();

    const pid_t m_child;
    const int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_poll;
};

} // namespace Treewarden
