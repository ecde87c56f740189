// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/cronexpression.h"
#include "shared/protocol/serviceid.h"

#include <QStringList>
#include <QTimeZone>

#include <optional>

namespace Treewarden {

/// One action that a server runs by itself at certain times: an element of `schedule`.
struct ScheduleEntry
{
    /// What becomes of a time that passed while nobody could run it.
    enum class Missed { Skip, Run };

    QString id; ///< unique in its configuration
    QString cron; ///< as it was written
    CronExpression expression; ///< what `cron` means
    ServiceId service; ///< whose action it is
    QString action; ///< stands in `controlled` for the instance or for `default`
    QTimeZone zone = QTimeZone::utc(); ///< whose clock `cron` is about
    bool isEnabled = true;
    bool notInMaintenance = false; ///< skipped while the service is in maintenance
    QStringList notWhile; ///< ids of entries; skipped while one of them runs
    Missed missed = Missed::Skip;

    /// Its first due time strictly after `afterMs`; nothing while it is disabled.
    std::optional<qint64> next(qint64 afterMs) const
    {
        return isEnabled ? expression.next(afterMs, zone) : std::nullopt;
    }

    friend bool operator==(const ScheduleEntry &, const ScheduleEntry &) = default;
};

/// The item of `not_while` that stands for a maintenance window of the service.
inline constexpr QStringView whileInMaintenance = u"maintenance";

} // namespace Treewarden
