// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/commandprogress.h"
#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// What the console calls actions and what becomes of them: one line each, safe to show.

/// "Restart"; of a server itself "Restart server".
QString actionName(const QString &action, bool isSystem = false);
/// "Stop mysql 3306 on db-01", "Stop 4 services on db-01", "Restart 3 servers".
QString actionPhrase(const FleetState &state, const QList<CommandOrder> &orders);
/// The same without where, for a button: "Stop 4 services".
QString actionVerb(const QList<CommandOrder> &orders);
/// "Restart nginx in dev", whatever `what` is.
QString actionOn(const QString &action, const QString &what);
/// "chen restarts mysql 3306 on db-01".
QString actingText(const FleetState &state, const CommandOrder &order, const QString &who);
/// The word of a state: "accepted", "done", "alive again".
QString outcomeText(CommandState state);
/// What has become of an order, a sentence without its subject: "refused: …".
QString progressText(const CommandProgress &progress);
/// The state whose shape stands for it; nothing while it is under way.
std::optional<Health> progressHealth(const CommandProgress &progress);
std::optional<Health> outcomeHealth(CommandState state);

/// "3 ms", "3.1 s", "2 min".
QString spentText(qint64 milliseconds);

/// True where a server's own role is meant.
inline bool isSystem(const CommandOrder &order)
{
    return order.service.role == u"system";
}

} // namespace Treewarden
