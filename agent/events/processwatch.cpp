// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/processwatch.h"

#include <QFile>
#include <QHash>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Treewarden {

namespace {

constexpr rlim_t enoughDescriptors = 65'536, reservedDescriptors = 64;
constexpr int pollInterval = 1000; // ms

/// How many processes may have a descriptor each: the soft limit is raised, the rest of the agent
/// keeps a reserve.
size_t raiseDescriptorLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t wanted = std::min(limit.rlim_max, enoughDescriptors);
    if (limit.rlim_cur < wanted) {
        const rlimit raised{wanted, limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    return limit.rlim_cur > reservedDescriptors ? limit.rlim_cur - reservedDescriptors : 0;
}

/// Slow way for a process without a descriptor: gone, or a zombie.
bool hasEnded(pid_t pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return kill(pid, 0) != 0 && errno == ESRCH;
    const QByteArray stat = file.readAll();
    const char state = stat.mid(stat.lastIndexOf(')') + 2, 1).append(' ').at(0);
    return state == 'Z' || state == 'X';
}

} // namespace

class ProcessWatch::Private
{
public:
    void watch(pid_t pid);
    void forget(pid_t pid);
    QSet<pid_t> takeDead();
    QSet<pid_t> takeEnded();

    QHash<pid_t, int> descriptors; ///< a pidfd each
    QSet<pid_t> watched, polled;
    QSet<pid_t> gone; ///< before they could be watched
    std::unique_ptr<QSocketNotifier> notifier;
    QTimer poll, tellGone;
    int epoll = -1;
    size_t mostDescriptors = 0;
};

void ProcessWatch::Private::watch(pid_t pid)
{
    const bool hasRoom = epoll >= 0 && size_t(descriptors.size()) < mostDescriptors;
    const int descriptor = hasRoom ? int(syscall(SYS_pidfd_open, pid, 0)) : -1;
    if (descriptor < 0) {
        (hasRoom && errno == ESRCH ? gone : polled).insert(pid);
        return;
    }
    epoll_event event{EPOLLIN, {}};
    event.data.u64 = quint64(pid);
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0) {
        descriptors.insert(pid, descriptor);
        return;
    }
    close(descriptor);
    polled.insert(pid);
}

void ProcessWatch::Private::forget(pid_t pid)
{
    watched.remove(pid);
    polled.remove(pid);
    gone.remove(pid);
    const auto descriptor = descriptors.constFind(pid);
    if (descriptor == descriptors.constEnd())
        return;
    close(*descriptor); // epoll forgets it too: nobody else holds it
    descriptors.erase(descriptor);
}

QSet<pid_t> ProcessWatch::Private::takeDead()
{
    QSet<pid_t> dead;
    epoll_event events[64];
    int count = 0;
    do {
        count = epoll_wait(epoll, events, 64, 0);
        for (int i = 0; i < count; ++i) {
            const auto pid = pid_t(events[i].data.u64);
            dead.insert(pid);
            forget(pid);
        }
    } while (count == 64);
    return dead;
}

QSet<pid_t> ProcessWatch::Private::takeEnded()
{
    QSet<pid_t> ended = gone;
    for (const pid_t pid : std::as_const(polled)) {
        if (hasEnded(pid))
            ended.insert(pid);
    }
    for (const pid_t pid : std::as_const(ended))
        forget(pid);
    return ended;
}

ProcessWatch::ProcessWatch(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->mostDescriptors = raiseDescriptorLimit();
    d->epoll = epoll_create1(EPOLL_CLOEXEC);
    const auto tell = [this](const QSet<pid_t> &pids) {
        if (!pids.isEmpty())
            Q_EMIT died(pids.values());
    };
    if (d->epoll >= 0) {
        d->notifier = std::make_unique<QSocketNotifier>(d->epoll, QSocketNotifier::Read);
        connect(d->notifier.get(), &QSocketNotifier::activated, this,
                [this, tell] { tell(d->takeDead()); });
    }
    d->poll.setInterval(pollInterval);
    d->tellGone.setSingleShot(true);
    connect(&d->poll, &QTimer::timeout, this, [this, tell] { tell(d->takeEnded()); });
    connect(&d->tellGone, &QTimer::timeout, this, [this, tell] { tell(d->takeEnded()); });
}

ProcessWatch::~ProcessWatch()
{
    d->notifier.reset();
    for (const int descriptor : std::as_const(d->descriptors))
        close(descriptor);
    if (d->epoll >= 0)
        close(d->epoll);
}

void ProcessWatch::setWatched(const QSet<pid_t> &pids)
{
    if (pids == d->watched)
        return;
    const QSet<pid_t> before = d->watched;
    for (const pid_t pid : before) {
        if (!pids.contains(pid))
            d->forget(pid);
    }
    for (const pid_t pid : pids) {
        if (!before.contains(pid))
            d->watch(pid);
    }
    d->watched = pids;
    if (!d->gone.isEmpty())
        d->tellGone.start(0);
    d->polled.isEmpty() ? d->poll.stop() : d->poll.start();
}

} // namespace Treewarden
