// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/terminal.h"
#include "shared/protocol/event.h"

namespace Treewarden {

/// "2026-01-31 17:20:41  ■ 10.0.0.7 mysql:3306 died: no process …": one line.
QString eventLine(const Event &event, const Terminal &terminal);

/// The event as the command line's --json has it: {"id","type","ip",…the message}.
QByteArray eventJson(const Event &event);

} // namespace Treewarden
