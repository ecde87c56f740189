// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/schedule/schedulememory.h"
#include "agent/schedule/schedulerun.h"
#include "shared/config/schedule.h"

#include <QSet>

#include <functional>
#include <optional>

namespace Treewarden {

/// What goes on while runs become due; asked for entries whose `not_while` names it.
struct ScheduleSituation
{
    std::function<bool(const ServiceId &service)> isInMaintenance;
    std::function<bool(const QString &entryId)> isRunning;
};

/// What one look at the clock brought.
struct ScheduleLook
{
    QList<DueRun> due; ///< to be started now, in this order
    QList<SkippedRuns> skipped; ///< to be told
    /// How far the clock is behind a time that was handled already, ms: it was set back, and the
    /// entries concerned wait until it gets there again.
    qint64 clockBehind = 0;
};

/// Says which runs of a schedule are due. Has no clock and no timer: whoever uses it looks when
/// nextDue() has come, and every half minute because clocks are set, starts what is due, and keeps
/// memory() in a file.
///
/// - A time is handled once: run, or skipped with a reason. It counts as missed when it is more
/// than
///   a minute past; all missed times of an entry are made up for by one run for the newest of them,
///   or told together, as the entry says. A clock that leaps ahead makes times missed.
/// - A clock that is set back repeats nothing: entries wait for times after the last handled one.
///   Only when that is more than 26 hours away (all time zones apart) was the earlier clock wrong,
///   and the entry goes on from now; a time that had run on the wrong clock then has the run id of
///   before.
/// - A clock that shows a year before 2024 is not set yet: nothing happens until it is.
/// - A new entry, one that was disabled, or one with another rule begins now: nothing before is
/// due.
///
/// Keep memory() after the runs of a look are in the journal, never before: then a crash in between
/// makes the same runs due again, with the same ids, which the journal refuses.
class Scheduler
{
public:
    /// `memory` as an earlier Scheduler left it, empty the first time.
    Scheduler(QString ip, ScheduleMemory memory);

    /// The schedule from `now` on. Look with the old one first.
    void setEntries(const QList<ScheduleEntry> &entries, qint64 now);

    /// Handles every time up to `now`.
    ScheduleLook look(qint64 now, const ScheduleSituation &situation);

    /// When something is due next; nothing when there is nothing to wait for. May lie in the past.
    std::optional<qint64> nextDue() const;

    ScheduleMemory memory() const;

private:
    struct Slot
    {
        ScheduleEntry entry;
        qint64 handledUntil = 0;
        std::optional<qint64> next; ///< the first due time after that
    };

    /// The times of an entry that have come.
    struct ComeTimes
    {
        qint64 first = 0, newest = 0, earlier = 0; ///< `earlier`: how many before the newest
        bool isMore = false; ///< more than that
    };

    static ComeTimes comeTimes(const Slot &slot, qint64 now);
    static SkippedRuns missedRuns(const ScheduleEntry &entry, const ComeTimes &times,
                                  bool isNewestMissed);
    static void goOnFrom(Slot &slot, qint64 time);
    void handle(Slot &slot, qint64 now, const ScheduleSituation &situation, ScheduleLook &look);
    std::optional<SkippedRuns> obstacle(const Slot &slot, const ScheduleSituation &situation) const;

    QString m_ip;
    ScheduleMemory m_memory; ///< of entries that are not in m_slots until setEntries()
    QList<Slot> m_slots;
    QSet<QString> m_started; ///< in this look
};

} // namespace Treewarden
