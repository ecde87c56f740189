// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fixedsource.h"

namespace Treewarden {

FixedSource::FixedSource(FleetState state, qint64 now)
    : m_state(std::move(state))
    , m_now(now)
{
}

void FixedSource::forget(const QString &trouble)
{
    m_state = {};
    m_hasState = false;
    m_trouble = trouble;
    Q_EMIT reset();
    Q_EMIT liveChanged();
}

void FixedSource::goStale(qint64 since, const QString &trouble, qint64 retryIn)
{
    m_staleSince = since;
    m_trouble = trouble;
    m_retryIn = retryIn;
    Q_EMIT liveChanged();
}

void FixedSource::goLive()
{
    m_hasState = true;
    m_staleSince = m_retryIn = 0;
    m_trouble.clear();
    Q_EMIT reset();
    Q_EMIT liveChanged();
}

void FixedSource::setMoment(qint64 moment)
{
    m_moment = moment;
    if (moment > 0)
        m_now = moment;
    Q_EMIT momentChanged();
}

void FixedSource::replace(FleetState state)
{
    m_state = std::move(state);
    goLive();
}

void FixedSource::setCpu(const QString &ip, double busy)
{
    WorkloadSample sample = m_state.servers[ip].workload.sample();
    sample.timestamp += 1000;
    sample.info.cpu.busy = busy;
    m_state.servers[ip].workload = sample;
    ++m_messageCount;
    Q_EMIT workloadChanged(ip);
}

void FixedSource::setAlive(const QString &ip, std::optional<bool> alive)
{
    FleetServer &server = m_state.servers[ip];
    server.alive = alive;
    server.since = m_now;
    ++m_messageCount;
    Q_EMIT serverChanged(ip);
}

} // namespace Treewarden
