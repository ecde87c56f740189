// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/hostfile.h"
#include "agent/probes/mountinfo.h"

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace Treewarden {

/// What is mounted here, read again only when the kernel says that it changed (poll on
/// /proc/self/mountinfo, proc(5)).
class MountTable
{
public:
    explicit MountTable(const QString &procRoot);

    /// Read now, when it changed since the last call. Empty: it cannot be read.
    const QList<MountLine> &mounts();

    /// Called when something was mounted or unmounted.
    std::function<void()> changed;

private:
    HostFile m_file;
    QList<MountLine> m_mounts;
    std::unique_ptr<QSocketNotifier> m_notifier;
    bool m_isStale = true;
};

} // namespace Treewarden
