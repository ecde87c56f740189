// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSet>

#include <memory>
#include <sys/types.h>

namespace Treewarden {

/// Tells the death of processes the moment the kernel knows it (pidfd in one epoll descriptor, so
/// that a thousand processes cost one QSocketNotifier). Works without privileges.
class ProcessWatch : public QObject
{
    Q_OBJECT
public:
    explicit ProcessWatch(QObject *parent = nullptr);
    ~ProcessWatch() override;

    /// Watches exactly these from now on. One that is gone already is told as soon as the event
    /// loop runs.
    void setWatched(const QSet<pid_t> &pids);

Q_SIGNALS:
    /// Those whose end was heard of at once.
    void died(const QList<pid_t> &pids);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Treewarden
