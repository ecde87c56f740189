// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/listensocket.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

socklen_t fillAddress(sockaddr_storage &storage, const QHostAddress &address, quint16 port)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *v4 = reinterpret_cast<sockaddr_in *>(&storage);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        v4->sin_addr.s_addr = htonl(address.toIPv4Address());
        return sizeof *v4;
    }
    auto *v6 = reinterpret_cast<sockaddr_in6 *>(&storage);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&v6->sin6_addr, &bytes, sizeof bytes);
    return sizeof *v6;
}

QString cure(int number, quint16 port)
{
    if (number == EADDRINUSE)
        return u"another program listens there; stop it, or choose another port with --listen"_s;
    if (number == EACCES)
        return u"ports below 1024 need a privilege; choose one above, such as 8420, instead of %1"_s
            .arg(port);
    if (number == EADDRNOTAVAIL)
        return u"this machine has no such address; use one of its own, such as 127.0.0.1"_s;
    return QString::fromLocal8Bit(std::strerror(number));
}

} // namespace

ListenSocket::ListenSocket(int descriptor, quint16 port)
    : m_descriptor(descriptor)
    , m_port(port)
{
}

ListenSocket::ListenSocket(ListenSocket &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_port(other.m_port)
{
}

ListenSocket::~ListenSocket()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

int ListenSocket::release()
{
    return std::exchange(m_descriptor, -1);
}

Result<ListenSocket> ListenSocket::open(const QHostAddress &address, quint16 port)
{
    sockaddr_storage storage{};
    const socklen_t length = fillAddress(storage, address, port);
    ListenSocket result(::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                        port);
    auto *name = reinterpret_cast<sockaddr *>(&storage);
    const int on = 1;
    // Without it a restart has to wait a minute for the connections of the last run.
    ::setsockopt(result.m_descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    socklen_t size = sizeof storage;
    if (result.m_descriptor < 0 || ::bind(result.m_descriptor, name, length) != 0
        || ::listen(result.m_descriptor, SOMAXCONN) != 0
        || ::getsockname(result.m_descriptor, name, &size) != 0) {
        return Error{u"cannot listen on %1 port %2: %3"_s.arg(address.toString())
                         .arg(port)
                         .arg(cure(errno, port))};
    }
    result.m_port = ntohs(storage.ss_family == AF_INET
                              ? reinterpret_cast<sockaddr_in *>(&storage)->sin_port
                              : reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port);
    return result;
}

} // namespace Treewarden
