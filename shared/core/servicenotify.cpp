// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/servicenotify.h"

#include "shared/core/textformat.h"

#include <cstddef>
#include <cstring>
#include <ctime>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Treewarden {

namespace {

qint64 number(const char *variable)
{
    return qEnvironmentVariable(variable).toLongLong();
}

} // namespace

ServiceNotify::ServiceNotify(QByteArray socket, std::chrono::microseconds watchdog)
    : m_socket(std::move(socket))
{
    const bool isAddress = (m_socket.startsWith('/') || m_socket.startsWith('@'))
        && m_socket.size() > 1 && size_t(m_socket.size()) < sizeof(sockaddr_un::sun_path);
    if (!isAddress)
        m_socket.clear();
    else if (watchdog.count() > 0) // half of it, as sd_watchdog_enabled(3) recommends
        m_watchdogInterval
            = std::max(std::chrono::milliseconds(1),
                       std::chrono::duration_cast<std::chrono::milliseconds>(watchdog / 2));
}

ServiceNotify ServiceNotify::fromEnvironment()
{
    const QByteArray socket = qgetenv("NOTIFY_SOCKET");
    const bool isMeant
        = !qEnvironmentVariableIsSet("WATCHDOG_PID") || number("WATCHDOG_PID") == getpid();
    const std::chrono::microseconds watchdog(isMeant ? number("WATCHDOG_USEC") : 0);
    for (const char *variable : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
        qunsetenv(variable);
    return ServiceNotify(socket, watchdog);
}

void ServiceNotify::tellReloading() const
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const qint64 microseconds = qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
    send("RELOADING=1\nMONOTONIC_USEC=" + QByteArray::number(microseconds));
}

void ServiceNotify::tellStatus(const QString &status) const
{
    send("STATUS=" + oneLine(status).toUtf8());
}

void ServiceNotify::send(const QByteArray &message) const
{
    if (m_socket.isEmpty())
        return;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, m_socket.constData(), size_t(m_socket.size()));
    if (address.sun_path[0] == '@')
        address.sun_path[0] = '\0';
    const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(m_socket.size()));
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return;
    // Whether anybody listens is the service manager's affair.
    [[maybe_unused]] const ssize_t sent
        = ::sendto(descriptor, message.constData(), size_t(message.size()), MSG_NOSIGNAL,
                   reinterpret_cast<const sockaddr *>(&address), length);
    ::close(descriptor);
}

} // namespace Treewarden
