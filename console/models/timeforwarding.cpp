// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a TimeSource hands on from the live source, and what it keeps back while the past is shown.
#include "console/models/timesource.h"

#include <utility>

namespace Treewarden {

void TimeSource::forwardSignals()
{
    const auto forward = [this](auto signal) {
        connect(&m_live, signal, this, [this, signal](const auto &...arguments) {
            if (!m_isPast)
                Q_EMIT(this->*signal)(arguments...);
        });
    };
    forward(&FleetSource::workloadChanged);
    forward(&FleetSource::treesChanged);
    forward(&FleetSource::pendingChanged);
    forward(&FleetSource::eventsAdded);
    forward(&FleetSource::configChanged);
    forward(&FleetSource::commandChanged);
    forward(&FleetSource::serverChanged);
    forward(&FleetSource::serverAdded);
    forward(&FleetSource::serverRemoved);
    forward(&FleetSource::maintenanceChanged);
    connect(&m_live, &FleetSource::liveChanged, this, &FleetSource::liveChanged);
    connect(&m_live, &FleetSource::reset, this, [this] {
        const bool isOther = std::exchange(m_address, m_live.address()) != m_live.address();
        const bool wasPast = m_isPast;
        if (isOther && m_wanted > 0)
            goLive(); // it was the past of another fleet
        if (!wasPast)
            Q_EMIT reset();
    });
}

const FleetState &TimeSource::state() const
{
    return !m_isPast ? m_live.state() : m_held ? m_held->state : m_past.state();
}

bool TimeSource::hasState() const
{
    return m_isPast || m_live.hasState();
}

bool TimeSource::isLive() const
{
    return m_isPast || m_live.isLive();
}

qint64 TimeSource::staleSince() const
{
    return m_isPast ? 0 : m_live.staleSince();
}

qint64 TimeSource::moment() const
{
    return !m_isPast ? 0 : m_held ? m_held->moment : m_past.moment();
}

QString TimeSource::trouble() const
{
    return m_live.trouble();
}

qint64 TimeSource::retryIn() const
{
    return m_live.retryIn();
}

qint64 TimeSource::messageCount() const
{
    return m_live.messageCount();
}

QString TimeSource::address() const
{
    return m_live.address();
}

qint64 TimeSource::now() const
{
    return m_isPast ? moment() : m_live.now();
}

RedisConnection *TimeSource::connection()
{
    return m_live.connection();
}

void TimeSource::retryNow()
{
    m_live.retryNow();
}

} // namespace Treewarden
