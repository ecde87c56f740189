// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/heldconnection.h"

#include <QSocketNotifier>

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace Treewarden {

namespace {

constexpr qsizetype mostHeard = 64 * 1024; // more is a stream that nobody here wants

} // namespace

HeldConnection::HeldConnection(std::function<void()> ended)
    : m_ended(std::move(ended))
{
}

HeldConnection::~HeldConnection()
{
    drop();
}

void HeldConnection::keep(int socket)
{
    drop();
    m_socket = socket;
    m_heard = 0;
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this] { hear(); });
}

void HeldConnection::drop()
{
    if (m_notifier) { // it may be the one that is telling
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater();
    }
    if (m_socket >= 0)
        close(std::exchange(m_socket, -1));
}

void HeldConnection::hear()
{
    char buffer[4096];
    const ssize_t length = recv(m_socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length > 0) {
        m_heard += length;
        if (m_heard > mostHeard)
            drop();
        return;
    }
    drop();
    m_ended(); // the last thing: it may keep another
}

} // namespace Treewarden
