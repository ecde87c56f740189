// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"
#include "shared/trust/signedconfig.h"

/// Fleets as somebody would write them into Redis who means harm: plain data for tests of what
/// shows them.
namespace Treewarden {

/// Texts that break programs which trust them.
QStringList hostileTexts();

/// A fleet whose every text is hostile, whose numbers are huge, negative, not numbers or missing,
/// whose clocks disagree by days, whose trees name unknown servers and need each other in a circle.
FleetState hostileFleet(qint64 now);

/// Events of every kind, and of none, with hostile members.
QList<Event> hostileEvents(qint64 now);

/// What nobody would say of one command: states that contradict each other, times that run
/// backwards, texts without an end.
QList<CommandMessage> hostileCommands(qint64 now);

/// Configurations that nobody would save: hostile names and values, members of the wrong types,
/// broken JSON, bytes that are no text.
QList<ConfigFields> hostileConfigs();

} // namespace Treewarden
