// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/childreaper.h"

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Treewarden {

ChildReaper::ChildReaper(pid_t child)
    : m_child(child)
    , m_descriptor(int(syscall(SYS_pidfd_open, child, 0)))
{
    if (m_descriptor >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { reap(); });
    } else { // an old kernel, or a container that forbids it
        connect(&m_poll, &QTimer::timeout, this, [this] { reap(); });
        m_poll.start(std::chrono::milliseconds(50));
    }
}

ChildReaper::~ChildReaper()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

void ChildReaper::reap()
{
    siginfo_t info{};
    const int failed = waitid(P_PID, id_t(m_child), &info, WEXITED | WNOHANG | WNOWAIT);
    if (failed == 0 && info.si_pid == 0)
        return;
    if (ending)
        ending();
    int status = W_EXITCODE(1, 0);
    waitpid(m_child, &status, WNOHANG);
    if (m_notifier)
        m_notifier->setEnabled(false);
    m_poll.stop();
    deleteLater();
    if (ended)
        ended(status); // the last thing
}

} // namespace Treewarden
