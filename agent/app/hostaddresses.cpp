// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/hostaddresses.h"

#include "shared/core/ipaddress.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// The address as text, or nothing when it is no IP address or a link-local one.
std::optional<QString> addressText(const sockaddr *address)
{
    if (!address)
        return std::nullopt;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in *>(address)->sin_addr, text.data(),
                  text.size());
    } else if (address->sa_family == AF_INET6) {
        const in6_addr &ip = reinterpret_cast<const sockaddr_in6 *>(address)->sin6_addr;
        if (IN6_IS_ADDR_LINKLOCAL(&ip))
            return std::nullopt;
        inet_ntop(AF_INET6, &ip, text.data(), text.size());
    } else {
        return std::nullopt;
    }
    return canonicalIp(QString::fromLatin1(text.data()));
}

} // namespace

HostAddresses HostAddresses::read()
{
    HostAddresses addresses;
    ifaddrs *first = nullptr;
    if (getifaddrs(&first) != 0)
        return addresses;
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> guard(first, freeifaddrs);
    for (const ifaddrs *entry = first; entry; entry = entry->ifa_next) {
        const auto ip = (entry->ifa_flags & IFF_UP) ? addressText(entry->ifa_addr) : std::nullopt;
        if (!ip)
            continue;
        QStringList &list = isLoopback(*ip) ? addresses.loopback : addresses.global;
        if (!list.contains(*ip))
            list << *ip;
    }
    std::stable_partition(addresses.global.begin(), addresses.global.end(),
                          [](const QString &ip) { return !ip.contains(u':'); });
    return addresses;
}

bool isLoopback(const QString &ip)
{
    return ip.startsWith(u"127."_s) || ip == u"::1"_s;
}

} // namespace Treewarden
