// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Treewarden {

/// A run that is to be started now.
struct DueRun
{
    QString entryId;
    qint64 due = 0; ///< the time that it is for, Unix milliseconds; a made-up one is long past
    QString runId; ///< scheduleRunId() of both
    qint64 missed = 0; ///< how many earlier times it makes up for, too

    friend bool operator==(const DueRun &, const DueRun &) = default;
};

/// Times of one entry that passed without a run, and why.
struct SkippedRuns
{
    enum class Why {
        Missed, ///< nobody could run them then: the executor or the server was down
        Maintenance, ///< the service was in a maintenance window
        OtherRan, ///< the entry `other` of not_while ran
        StillRan, ///< the last run of the entry itself went on
    };

    QString entryId;
    Why why = Why::Missed;
    qint64 first = 0, last = 0; ///< due times
    qint64 count = 1;
    bool isMore = false; ///< there were more than `count`
    QString other;

    /// "schedule.missed", "schedule.maintenance", "schedule.other", "schedule.still": what a reader
    /// translates.
    QString code() const;
    /// "3 times were missed while the executor was not running": a sentence, English.
    QString reason() const;

    friend bool operator==(const SkippedRuns &, const SkippedRuns &) = default;
};

/// The id of the run of one due time of one entry on one server: always the same (a UUID of version
/// 5, RFC 9562), so that a journal of ids refuses a second one.
QString scheduleRunId(const QString &ip, const QString &entryId, qint64 due);

} // namespace Treewarden
