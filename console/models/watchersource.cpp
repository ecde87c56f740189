// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/watchersource.h"

#include "shared/fleet/fleetwatcher.h"

namespace Treewarden {

WatcherSource::WatcherSource(Now now, QObject *parent)
    : FleetSource(parent)
    , m_now(std::move(now))
{
}

WatcherSource::~WatcherSource()
{
    Q_EMIT leaving();
}

void WatcherSource::watch(const RedisUrl &url)
{
    Q_EMIT leaving();
    m_watcher = std::make_unique<FleetWatcher>(url, RedisTimeouts{}, m_now);
    m_watcher->followCommands();
    m_address = url.displayText();
    FleetWatcher *watcher = m_watcher.get();
    connect(watcher, &FleetWatcher::reset, this, &FleetSource::reset);
    connect(watcher, &FleetWatcher::serverChanged, this, &FleetSource::serverChanged);
    connect(watcher, &FleetWatcher::workloadChanged, this, &FleetSource::workloadChanged);
    connect(watcher, &FleetWatcher::serverAdded, this, &FleetSource::serverAdded);
    connect(watcher, &FleetWatcher::serverRemoved, this, &FleetSource::serverRemoved);
    connect(watcher, &FleetWatcher::treesChanged, this, &FleetSource::treesChanged);
    connect(watcher, &FleetWatcher::pendingChanged, this, &FleetSource::pendingChanged);
    connect(watcher, &FleetWatcher::maintenanceChanged, this, &FleetSource::maintenanceChanged);
    connect(watcher, &FleetWatcher::eventsAdded, this, &FleetSource::eventsAdded);
    connect(watcher, &FleetWatcher::configChanged, this, &FleetSource::configChanged);
    connect(watcher, &FleetWatcher::commandChanged, this, &FleetSource::commandChanged);
    connect(watcher, &FleetWatcher::liveChanged, this, &FleetSource::liveChanged);
    Q_EMIT reset();
    Q_EMIT liveChanged();
    Q_EMIT watching();
    watcher->start();
}

void WatcherSource::hold(const QString &address, const QString &why)
{
    if (m_watcher)
        Q_EMIT leaving();
    m_watcher.reset();
    m_address = address;
    m_trouble = why;
    Q_EMIT reset();
    Q_EMIT liveChanged();
}

const FleetState &WatcherSource::state() const
{
    return m_watcher ? m_watcher->state() : m_nothing;
}

bool WatcherSource::hasState() const
{
    return m_watcher && m_watcher->hasState();
}

bool WatcherSource::isLive() const
{
    return m_watcher && m_watcher->isLive();
}

qint64 WatcherSource::staleSince() const
{
    return m_watcher ? m_watcher->staleSince() : 0;
}

QString WatcherSource::trouble() const
{
    if (m_watcher)
        return m_watcher->trouble();
    return m_trouble.isEmpty() ? tr("No Redis is configured.") : m_trouble;
}

qint64 WatcherSource::retryIn() const
{
    return m_watcher ? m_watcher->retryIn() : 0;
}

qint64 WatcherSource::messageCount() const
{
    return m_watcher ? m_watcher->messageCount() : 0;
}

RedisConnection *WatcherSource::connection()
{
    return m_watcher ? &m_watcher->connection() : nullptr;
}

void WatcherSource::retryNow()
{
    if (!m_watcher)
        return;
    m_watcher->stop();
    m_watcher->start();
}

} // namespace Treewarden
