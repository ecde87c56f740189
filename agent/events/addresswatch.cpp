// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/addresswatch.h"

#include "agent/events/addressnews.h"

#include <QSocketNotifier>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Treewarden {

using namespace std::chrono_literals;

namespace {

constexpr auto burst = 20ms;

/// A socket that hears of addresses and links, or -1.
int openRouteSocket()
{
    const int opened = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (opened < 0
        || bind(opened, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return opened;
    const int error = errno;
    close(opened);
    errno = error;
    return -1;
}

} // namespace

AddressWatch::AddressWatch(QObject *parent)
    : AddressWatch(openRouteSocket(), parent)
{
}

AddressWatch::AddressWatch(int socket, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(burst);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &AddressWatch::changed);
    if (m_socket < 0)
        m_error = QString::fromLocal8Bit(std::strerror(errno));
    else
        listen();
}

AddressWatch::~AddressWatch()
{
    m_notifier.reset();
    if (m_socket >= 0)
        close(m_socket);
}

void AddressWatch::listen()
{
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &AddressWatch::receive);
}

void AddressWatch::receive()
{
    constexpr int mostAtOnce = 64;
    alignas(nlmsghdr) char buffer[16 * 1024];
    for (int i = 0; i < mostAtOnce; ++i) {
        sockaddr_nl sender{};
        socklen_t size = sizeof sender;
        const ssize_t length = recvfrom(m_socket, buffer, sizeof buffer, 0,
                                        reinterpret_cast<sockaddr *>(&sender), &size);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0 && errno != ENOBUFS)
            return;
        // The kernel's port is 0: anybody may send to ours. ENOBUFS: something was lost.
        const bool isNews = length < 0
            || (sender.nl_pid == 0 && tellsAddressChange(QByteArrayView(buffer, length)));
        if (isNews && !m_pause.isActive())
            m_pause.start();
    }
}

} // namespace Treewarden
