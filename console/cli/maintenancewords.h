// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/fleet/maintenancewriter.h"

#include <QStringList>

namespace Treewarden {

/// Reads what people write to name things: `10.0.0.7`, `10.0.0.7 mysql:3306 ssh:22` (services of
/// the server before them, which is then not meant as a whole), `10.0.0.7/mysql/3306`, `paas/dev`,
/// `paas/dev/mysql`, and the last two without `paas/`. Each once, in their order; at least one.
Result<QList<MaintenanceTarget>> parseMaintenanceWords(const QStringList &words);

/// The end in ms: `span` from `now` ("2h"), or `time` ("2026-11-27T04:00", local without an
/// offset). Exactly one must be given, and lie in the future, at most longestMaintenance away.
Result<qint64> parseMaintenanceEnd(const QString &span, const QString &time, qint64 now);

/// Of a reason, in letters.
inline constexpr qsizetype longestReason = 300;

} // namespace Treewarden
