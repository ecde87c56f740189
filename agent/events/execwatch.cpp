// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/execwatch.h"

#include "agent/events/execnews.h"
#include "shared/core/steadyclock.h"

#include <QDebug>
#include <QSocketNotifier>

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iterator>
#include <linux/connector.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto burstLength = 20ms, busyRest = 10'000ms;
constexpr int mostAtOnceAllowed = 20;
constexpr qint64 onceMoreEvery = 10'000; // ms
constexpr int stormStarts = 200; // a second
constexpr qint64 offFor = 300'000; // ms

/// proc_cn_mcast_op of linux/cn_proc.h.
enum class Wish : quint32 { Listen = 1, Ignore = 2 };

bool sendWish(int socket, Wish wish)
{
    nlmsghdr header{};
    cn_msg message{};
    alignas(nlmsghdr) char request[sizeof header + sizeof message + sizeof wish];
    header.nlmsg_len = sizeof request;
    header.nlmsg_type = NLMSG_DONE;
    message.id = {CN_IDX_PROC, CN_VAL_PROC};
    message.len = sizeof wish;
    std::memcpy(request, &header, sizeof header);
    std::memcpy(request + sizeof header, &message, sizeof message);
    std::memcpy(request + sizeof header + sizeof message, &wish, sizeof wish);
    return send(socket, request, sizeof request, 0) == ssize_t(sizeof request);
}

/// The kernel drops all other events before they wake anybody.
bool letOnlyExecThrough(int socket)
{
    constexpr quint32 what = sizeof(nlmsghdr) + sizeof(cn_msg), exec = 2;
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, what), // read as if it were in network order
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htonl(exec), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    const sock_fprog filter{std::size(program), program};
    return setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0;
}

/// The kernel answers before send() returns, except in a container, where it says nothing at all.
int answerTo(int socket)
{
    constexpr int mostBefore = 1000; // events of others that came between
    char buffer[512];
    for (int i = 0; i < mostBefore; ++i) {
        const ssize_t length = recv(socket, buffer, sizeof buffer, MSG_DONTWAIT);
        if (length <= 0)
            return EOPNOTSUPP;
        if (const auto refusal = readExecNews(QByteArrayView(buffer, length)).refusal)
            return *refusal;
    }
    return 0;
}

/// A socket that hears of exec, or -1 and errno.
int openExecSocket()
{
    const int opened
        = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR);
    if (opened < 0)
        return -1;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = CN_IDX_PROC;
    int error = 0;
    if (bind(opened, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || !sendWish(opened, Wish::Listen))
        error = errno;
    else if (error = answerTo(opened); error == 0 && !letOnlyExecThrough(opened))
        error = errno;
    if (error == 0)
        return opened;
    ::close(opened);
    errno = error;
    return -1;
}

} // namespace

ExecWatch::ExecWatch(QObject *parent)
    : QObject(parent)
    , m_atOnce(mostAtOnceAllowed, onceMoreEvery)
{
    for (QTimer *timer : {&m_burst, &m_rest}) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
    }
    connect(&m_burst, &QTimer::timeout, this, [this] {
        m_atOnce.take(steadyMilliseconds());
        m_rest.start(m_atOnce.isEmpty() ? busyRest : 0ms);
        Q_EMIT started();
    });
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (m_notifier)
            m_notifier->setEnabled(true);
    });
}

ExecWatch::~ExecWatch()
{
    close();
}

QString ExecWatch::refusal()
{
    const int opened = openExecSocket();
    if (opened >= 0) {
        sendWish(opened, Wish::Ignore);
        ::close(opened);
        return {};
    }
    if (errno == EPERM || errno == EACCES)
        return u"the kernel's process connector needs CAP_NET_ADMIN"_s;
    if (errno == EOPNOTSUPP)
        return u"the kernel's process connector does not speak to containers"_s;
    return u"the kernel's process connector: "_s + QString::fromLocal8Bit(std::strerror(errno));
}

void ExecWatch::setListening(bool isWanted)
{
    if (isWanted == isListening())
        return;
    if (!isWanted)
        return close();
    if (m_offUntil > 0 && steadyMilliseconds() < m_offUntil)
        return;
    if (!open())
        m_offUntil = steadyMilliseconds() + offFor;
}

void ExecWatch::expect()
{
    m_atOnce.fill();
    if (m_rest.isActive())
        m_rest.start(0);
}

bool ExecWatch::open()
{
    m_socket = openExecSocket();
    if (m_socket < 0)
        return false;
    m_countedAt = steadyMilliseconds();
    m_counted = 0;
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &ExecWatch::receive);
    return true;
}

void ExecWatch::close()
{
    m_burst.stop();
    m_rest.stop();
    if (m_notifier) { // it may be the one that is telling
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater();
    }
    if (m_socket < 0)
        return;
    sendWish(m_socket, Wish::Ignore); // older kernels count their listeners themselves
    ::close(m_socket);
    m_socket = -1;
}

void ExecWatch::receive()
{
    constexpr int mostAtOnce = 256;
    alignas(nlmsghdr) char buffer[4096];
    int starts = 0;
    for (int i = 0; i < mostAtOnce; ++i) {
        const ssize_t length = recv(m_socket, buffer, sizeof buffer, 0);
        if (length > 0)
            starts += readExecNews(QByteArrayView(buffer, length)).started;
        else if (length < 0 && errno == ENOBUFS)
            starts += stormStarts; // more than the socket could hold
        else
            break;
    }
    const qint64 now = steadyMilliseconds();
    m_counted += starts;
    if (const qint64 span = now - m_countedAt; span >= 1000) {
        const qint64 aSecond = m_counted * 1000 / span;
        m_countedAt = now;
        m_counted = 0;
        if (aSecond >= stormStarts)
            return giveUp(int(aSecond));
    }
    if (starts > 0 && !m_burst.isActive()) {
        m_notifier->setEnabled(false);
        m_burst.start(burstLength);
    }
}

void ExecWatch::giveUp(int starts)
{
    qInfo().noquote() << u"about %1 programs start a second here: for %2 s returning services are "
                         u"found by the rounds alone"_s.arg(starts)
                             .arg(offFor / 1000);
    m_offUntil = steadyMilliseconds() + offFor;
    close();
}

} // namespace Treewarden
