// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/socketaddress.h"

#include <arpa/inet.h>
#include <cstddef>
#include <cstring>
#include <netinet/in.h>
#include <sys/un.h>

namespace Treewarden {

SocketAddress SocketAddress::make(const SocketTarget &target)
{
    SocketAddress address;
    auto *any = &address.m_storage;
    if (!target.path.isEmpty()) {
        auto *local = reinterpret_cast<sockaddr_un *>(any);
        const QByteArray path = target.path.toLocal8Bit();
        if (path.size() >= qsizetype(sizeof local->sun_path))
            return address;
        local->sun_family = AF_UNIX;
        std::memcpy(local->sun_path, path.constData(), size_t(path.size()));
        const bool isAbstract = path.startsWith('@');
        if (isAbstract)
            local->sun_path[0] = '\0';
        address.m_size = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(path.size())
                                   + (isAbstract ? 0 : 1));
        return address;
    }
    const QByteArray host
        = target.host == QLatin1StringView("localhost") ? "127.0.0.1" : target.host.toLatin1();
    auto *four = reinterpret_cast<sockaddr_in *>(any);
    auto *six = reinterpret_cast<sockaddr_in6 *>(any);
    if (inet_pton(AF_INET, host.constData(), &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(quint16(target.port));
        address.m_size = sizeof *four;
    } else if (inet_pton(AF_INET6, host.constData(), &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(quint16(target.port));
        address.m_size = sizeof *six;
    }
    return address;
}

bool SocketAddress::hasHost(const sockaddr_storage &other) const
{
    const auto four = [](const sockaddr_storage &any) {
        return reinterpret_cast<const sockaddr_in &>(any).sin_addr.s_addr;
    };
    if (other.ss_family != m_storage.ss_family)
        return false;
    if (other.ss_family == AF_INET)
        return four(m_storage) == four(other);
    return other.ss_family == AF_INET6
        && std::memcmp(&reinterpret_cast<const sockaddr_in6 &>(m_storage).sin6_addr,
                       &reinterpret_cast<const sockaddr_in6 &>(other).sin6_addr, sizeof(in6_addr))
        == 0;
}

} // namespace Treewarden
