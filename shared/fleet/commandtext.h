// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/commandsender.h"
#include "shared/fleet/fleetstate.h"

#include <QString>

namespace Treewarden {

/// The word of a state in the language of the program: "accepted", "done" …
QString commandStateText(CommandState state);

/// "restart of nginx on web-03".
QString commandTitle(const FleetState &state, const QString &ip, const ServiceId &service,
                     const QString &action);

/// How a command that was sent stands: "running", "done in 1.3 s, alive again after 1.2 s",
/// "refused: …", one line.
QString progressText(const SentCommand &command);

/// "40 ms", "1.3 s", "12 s", "3 min 20 s": how long something took, ms.
QString tookText(qint64 milliseconds);

} // namespace Treewarden
