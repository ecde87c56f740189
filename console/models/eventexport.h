// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

namespace Treewarden {

class EventLog;

/// Writes the events that have rows to a CSV file, newest first: times in UTC, words of the wire
/// for types, sentences as they are shown.
Result<void> exportEvents(const EventLog &log, const QString &file);

} // namespace Treewarden
