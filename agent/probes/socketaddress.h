// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/socketprobe.h"

#include <sys/socket.h>

namespace Treewarden {

/// A target as the kernel wants it. An abstract Unix socket is written with a leading "@".
class SocketAddress
{
public:
    /// Of family AF_UNSPEC when the host is no address or the path is too long.
    static SocketAddress make(const SocketTarget &target);

    int family() const { return m_storage.ss_family; }

    bool isValid() const { return family() != AF_UNSPEC; }

    const sockaddr *data() const { return reinterpret_cast<const sockaddr *>(&m_storage); }

    socklen_t size() const { return m_size; }

    /// `other` is the same IPv4 or IPv6 address, whatever the ports.
    bool hasHost(const sockaddr_storage &other) const;

private:
    sockaddr_storage m_storage{};
    socklen_t m_size = 0;
};

} // namespace Treewarden
