// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/icmpsocket.h"

#include <QRandomGenerator>
#include <QtEndian>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <unistd.h>

namespace Treewarden {

namespace {

/// An echo request or reply (RFC 792, RFC 4443), as the kernel wants it from and gives it to a
/// datagram socket.
struct EchoPacket
{
    quint8 type = 0, code = 0;
    quint16 checksum = 0, identifier = 0;
    quint16_be sequence;
    quint64 token = 0;
};

static_assert(sizeof(EchoPacket) == 16);

constexpr int longestBurst = 128; // datagrams

/// The kernel's own time of the datagram: a busy event loop does not make a host look slow.
qint64 receptionTime(msghdr &message)
{
    for (cmsghdr *one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, one)) {
        if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SCM_TIMESTAMPNS) {
            timespec time{};
            std::memcpy(&time, CMSG_DATA(one), sizeof time);
            return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
        }
    }
    return 0;
}

} // namespace

IcmpSocket::IcmpSocket(int family, Receiver receiver)
    : m_family(family)
    , m_receiver(std::move(receiver))
{
}

IcmpSocket::~IcmpSocket()
{
    close();
}

int IcmpSocket::open()
{
    if (isOpen())
        return 0;
    m_socket = socket(m_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
                      m_family == AF_INET6 ? int(IPPROTO_ICMPV6) : int(IPPROTO_ICMP));
    if (!isOpen())
        return errno;
    const int on = 1;
    setsockopt(m_socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on); // without it: our own time
    m_token = QRandomGenerator::system()->generate64();
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this] { receive(); });
    return 0;
}

void IcmpSocket::close()
{
    m_notifier.reset();
    if (isOpen())
        ::close(std::exchange(m_socket, -1));
}

bool IcmpSocket::send(const SocketAddress &to, quint16 sequence)
{
    EchoPacket packet;
    packet.type = m_family == AF_INET6 ? ICMP6_ECHO_REQUEST : ICMP_ECHO;
    packet.sequence = sequence;
    packet.token = m_token;
    return sendto(m_socket, &packet, sizeof packet, MSG_NOSIGNAL, to.data(), to.size())
        == ssize_t(sizeof packet);
}

void IcmpSocket::receive()
{
    for (int i = 0; i < longestBurst && isOpen() && receiveOne(); ++i) { }
}

/// False when nothing is there. What is no reply to us is dropped.
bool IcmpSocket::receiveOne()
{
    EchoPacket packet;
    Reply reply;
    alignas(cmsghdr) char control[256];
    iovec buffer{&packet, sizeof packet};
    msghdr message{};
    message.msg_name = &reply.from;
    message.msg_namelen = sizeof reply.from;
    message.msg_iov = &buffer;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t length = recvmsg(m_socket, &message, 0);
    if (length < 0)
        return errno == EINTR;
    const quint8 replyType = m_family == AF_INET6 ? ICMP6_ECHO_REPLY : ICMP_ECHOREPLY;
    if (length != ssize_t(sizeof packet) || (message.msg_flags & MSG_TRUNC) != 0
        || packet.type != replyType || packet.token != m_token)
        return true;
    reply.sequence = packet.sequence;
    reply.received = receptionTime(message);
    m_receiver(reply);
    return true;
}

} // namespace Treewarden
