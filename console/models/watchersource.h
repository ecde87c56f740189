// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetsource.h"
#include "shared/core/now.h"
#include "shared/redis/redisurl.h"

#include <memory>

namespace Treewarden {

class FleetWatcher;

/// The fleet of one Redis, live. The Redis may be changed while pages look at it.
class WatcherSource : public FleetSource
{
    Q_OBJECT
public:
    explicit WatcherSource(Now now = systemNow(), QObject *parent = nullptr);
    ~WatcherSource() override;

    /// Leaves the present Redis, if any, and watches this one.
    void watch(const RedisUrl &url);

    /// Leaves the present Redis and watches none: this one can't be watched yet, and why, a
    /// sentence.
    void hold(const QString &address, const QString &why);

    /// The present one, or nullptr.
    FleetWatcher *watcher() const { return m_watcher.get(); }

    const FleetState &state() const override;
    bool hasState() const override;
    bool isLive() const override;
    qint64 staleSince() const override;
    QString trouble() const override;
    qint64 retryIn() const override;
    qint64 messageCount() const override;

    QString address() const override { return m_address; }

    qint64 now() const override { return m_now(); }

    RedisConnection *connection() override;
    void retryNow() override;

Q_SIGNALS:
    /// The present watcher goes: what leans on it must let it go now.
    void leaving();
    /// There is another watcher.
    void watching();

private:
    Now m_now;
    QString m_address, m_trouble;
    FleetState m_nothing;
    std::unique_ptr<FleetWatcher> m_watcher;
};

} // namespace Treewarden
