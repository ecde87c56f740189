// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/schedule.h"
#include "shared/core/result.h"

#include <QByteArray>
#include <QMap>

namespace Treewarden {

/// Up to which time an entry was handled: later times are still to come.
struct HandledEntry
{
    QString rule; ///< scheduleRule(): with another one the entry begins anew
    qint64 until = 0;

    friend bool operator==(const HandledEntry &, const HandledEntry &) = default;
};

/// What a Scheduler must know of its earlier life; its user keeps it in a file. By id of the entry.
using ScheduleMemory = QMap<QString, HandledEntry>;

/// What makes the times of an entry: its expression and its zone.
QString scheduleRule(const ScheduleEntry &entry);

/// {"nightly":{"rule":"30 3 * * * UTC","until":1700000000000},…}
QByteArray toJson(const ScheduleMemory &memory);
/// Reads that again (at most 1 MiB); an error for what is none.
Result<ScheduleMemory> parseScheduleMemory(const QByteArray &json);

} // namespace Treewarden
