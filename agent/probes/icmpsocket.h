// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/socketaddress.h"
#include "shared/core/result.h"

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace Treewarden {

/// Sends ICMP echo requests and takes their replies without privileges: a datagram socket of one
/// address family, for which the kernel counts the checksums, chooses the identifier and passes on
/// nothing but replies to it (icmp(7), net.ipv4.ping_group_range).
class IcmpSocket
{
public:
    struct Reply
    {
        quint16 sequence = 0;
        sockaddr_storage from{};
        qint64 received = 0; ///< when the kernel took it, CLOCK_REALTIME in ns; 0 when not told
    };

    using Receiver = std::function<void(const Reply &)>;

    /// `family` is AF_INET or AF_INET6.
    IcmpSocket(int family, Receiver receiver);
    ~IcmpSocket();

    bool isOpen() const { return m_socket >= 0; }

    /// Gives errno, or 0 when the socket is open.
    int open();
    void close();

    bool send(const SocketAddress &to, quint16 sequence);

    /// Hands on what came, at most as much as a burst has; the event loop calls it too.
    void receive();

private:
    bool receiveOne();

    const int m_family;
    const Receiver m_receiver;
    int m_socket = -1;
    quint64 m_token = 0; ///< in each request: a reply that does not carry it is not ours
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Treewarden
