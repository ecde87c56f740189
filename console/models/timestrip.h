// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/eventarchive.h"

namespace Treewarden {

/// The events of one short stretch of time.
struct StripBin
{
    int events = 0;
    int deaths = 0; ///< of servers and services
    /// The worst that they tell: died, degraded, unknown or maintenance; nothing when all is well.
    std::optional<Health> worst;
};

/// The events from `from` to `to` (Unix ms) in `count` stretches of the same length.
QList<StripBin> eventStrip(const EventArchive &archive, qint64 from, qint64 to, int count);

} // namespace Treewarden
