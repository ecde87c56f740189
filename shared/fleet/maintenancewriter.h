// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"
#include "shared/redis/redisconnection.h"

#include <chrono>

namespace Treewarden {

/// What can be in maintenance: a server, one service of it, a tree, or one role of a tree.
struct MaintenanceTarget
{
    QString ip; ///< of a server or service; else empty
    std::optional<ServiceId> service;
    QString paas, role; ///< a tree's id; its role, or empty for the whole tree

    /// The field of the hash `maintenance`: `ip`, `ip/role/instance`, `paas/id` or `paas/id/role`.
    QString key() const;

    /// Reads such a field; nothing when it is none.
    static std::optional<MaintenanceTarget> parse(QStringView key);

    friend bool operator==(const MaintenanceTarget &, const MaintenanceTarget &) = default;
};

/// Nobody forgets longer than this that something is down.
inline constexpr auto longestMaintenance = std::chrono::days(30);

/// The command that puts `targets` into maintenance, all in one step: the fields of the hash, an
/// event of type `maintenance` for each with `state` `started`, and the wake-up of all readers.
/// Entries that ended more than a day ago are dropped on the way. `now` and `until` in ms.
RedisConnection::Words startMaintenanceCommand(const QList<MaintenanceTarget> &targets,
                                               const Maintenance &maintenance, qint64 now);

/// The command that takes `targets` out of it again, `state` `ended`. What isn't in maintenance, or
/// not any more, is not told.
RedisConnection::Words endMaintenanceCommand(const QList<MaintenanceTarget> &targets,
                                             const QString &by, const QString &reason, qint64 now);

/// The fields that changed, of the reply to either command.
QStringList changedMaintenance(const RedisValue &reply);

} // namespace Treewarden
