// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/tiers.h"

#include <functional>

namespace Treewarden {

class RedisServer;

/// Two years of a server's load as its agent would have written them, computed, not recorded: days
/// and weeks show, and each morning at three something heavy runs.
struct DemoHistory
{
    qint64 end = 0; ///< ms: the newest sample
    Workload usual; ///< around which everything moves
    qint64 seconds = 86'400, minutes = 14 * 1440, hours = 730 * 24; ///< how much each tier keeps
    qint64 interval = 1000; ///< ms between samples
    std::function<bool(qint64)> isSilent; ///< nothing was measured at this time

    /// What was measured at a time.
    Workload at(qint64 time) const;
    /// Chunks of a tier, oldest first.
    QList<QByteArray> chunks(HistoryTier tier) const;
    QList<QByteArray> raw() const;
    /// Writes all lists of the server.
    void fill(const RedisServer &redis, const QString &ip) const;
};

/// Of a quiet server up to `end` (Unix ms): three hours of seconds, two days of minutes, sixty days
/// of hours.
DemoHistory shortHistory(qint64 end);

} // namespace Treewarden
