// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetsource.h"

namespace Treewarden {

/// A fleet source for tests of what looks at one: a plain state that the test changes before it emits the signals.
class StateSource : public FleetSource
{
public:
    explicit StateSource(FleetState state, qint64 now)
        : fleet(std::move(state))
        , time(now)
    {
    }

    FleetState fleet;
    qint64 time; ///< Unix ms
    qint64 staleTime = 0; ///< 0: live
    QString troubleText;
    bool hasFleet = true;
    int retries = 0;
    RedisConnection *redis = nullptr;

    const FleetState &state() const override { return fleet; }
    bool hasState() const override { return hasFleet; }
    bool isLive() const override { return hasFleet && staleTime == 0; }
    qint64 staleSince() const override { return staleTime; }
    QString trouble() const override { return troubleText; }
    qint64 retryIn() const override { return staleTime == 0 ? 0 : 4000; }
    qint64 messageCount() const override { return 214; }
    QString address() const override { return QStringLiteral("redis://10.207.26.240:6379/0"); }
    qint64 now() const override { return time; }
    RedisConnection *connection() override { return redis; }
    void retryNow() override { ++retries; }

    void setStale(qint64 since, const QString &why)
    {
        staleTime = since;
        troubleText = why;
        Q_EMIT liveChanged();
    }
};

} // namespace Treewarden
