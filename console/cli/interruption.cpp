// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/interruption.h"

#include <QSocketNotifier>
#include <QTimer>

#include <csignal>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace Treewarden {

namespace {

sigset_t endingSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&set, signal);
    return set;
}

bool hasReader(int descriptor)
{
    pollfd output{descriptor, 0, 0};
    return ::poll(&output, 1, 0) <= 0 || (output.revents & (POLLERR | POLLNVAL)) == 0;
}

} // namespace

Interruption::Interruption(QObject *parent)
    : QObject(parent)
{
    const sigset_t set = endingSignals();
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    m_signals = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    auto *notifier = new QSocketNotifier(m_signals, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        Q_EMIT asked();
    });
    // Without it a follower whose reader left would stay until the next event, perhaps for days.
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this] {
        if (!hasReader(STDOUT_FILENO))
            Q_EMIT asked();
    });
    timer->start(std::chrono::seconds(1));
}

Interruption::~Interruption()
{
    ::close(m_signals);
}

} // namespace Treewarden
