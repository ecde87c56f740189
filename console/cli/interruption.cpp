// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/interruption.h"

#include <csignal>
#include <poll.h>
#include <unistd.h>

namespace Treewarden {

using namespace std::chrono_literals;

namespace {

bool hasReader(int descriptor)
{
    pollfd output{descriptor, 0, 0};
    return ::poll(&output, 1, 0) <= 0 || (output.revents & (POLLERR | POLLNVAL)) == 0;
}

} // namespace

Interruption::Interruption(QObject *parent)
    : QObject(parent)
    , m_signals({SIGINT, SIGTERM, SIGHUP})
{
    connect(&m_signals, &UnixSignals::received, this, &Interruption::asked);
    // Without it a follower whose reader left would stay until the next event, perhaps for days.
    connect(&m_readerCheck, &QTimer::timeout, this, [this] {
        if (!hasReader(STDOUT_FILENO))
            Q_EMIT asked();
    });
    m_readerCheck.start(1s);
}

} // namespace Treewarden
