// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/tcpknock.h"

#include <cerrno>
#include <unistd.h>

namespace Treewarden {

void TcpKnock::LaterDeleter::operator()(QSocketNotifier *notifier) const
{
    notifier->setEnabled(false);
    notifier->deleteLater(); // it may be the one that is just telling us
}

void TcpKnock::start(const SocketAddress &to, Done done)
{
    drop();
    m_done = std::move(done);
    m_socket = socket(to.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_socket < 0)
        return finish(errno);
    if (connect(m_socket, to.data(), to.size()) == 0)
        return finish(0);
    if (errno != EINPROGRESS)
        return finish(errno);
    m_notifier.reset(new QSocketNotifier(m_socket, QSocketNotifier::Write));
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
        int error = 0;
        socklen_t size = sizeof error;
        if (getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
            error = errno;
        finish(error);
    });
}

void TcpKnock::finish(int error)
{
    const Done done = std::exchange(m_done, nullptr);
    drop();
    done(error == 0 || error == ECONNREFUSED); // the last thing: it may destroy this
}

void TcpKnock::drop()
{
    m_notifier.reset();
    m_done = nullptr;
    if (m_socket >= 0)
        close(std::exchange(m_socket, -1));
}

} // namespace Treewarden
