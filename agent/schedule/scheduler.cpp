// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/schedule/scheduler.h"

#include <algorithm>
#include <utility>

namespace Treewarden {

namespace {

constexpr qint64 onTime = 60'000; ///< ms that a run may be late without being missed
constexpr qint64 longestSetBack = qint64{26} * 3600 * 1000;
constexpr qint64 earliestClock = 1'704'067'200'000; ///< 2024: no clock that is set shows less
constexpr qint64 mostCounted = 1000; ///< missed times; beyond it is "more than"

/// The last due time of `entry` up to `now`; `from` is one.
qint64 newestTime(const ScheduleEntry &entry, qint64 from, qint64 now)
{
    // What is due next is due by now from every time before it, and from none after.
    qint64 before = from - 1, after = now;
    while (after - before > 1) {
        const qint64 middle = before + (after - before) / 2;
        const auto next = entry.next(middle);
        (next && *next <= now ? before : after) = middle;
    }
    return after;
}

} // namespace

Scheduler::Scheduler(QString ip, ScheduleMemory memory)
    : m_ip(std::move(ip))
    , m_memory(std::move(memory))
{
}

void Scheduler::setEntries(const QList<ScheduleEntry> &entries, qint64 now)
{
    const ScheduleMemory known = memory();
    m_memory.clear();
    m_slots.clear();
    for (const ScheduleEntry &entry : entries) {
        if (!entry.isEnabled)
            continue;
        const HandledEntry handled = known.value(entry.id);
        m_slots << Slot{entry, 0, std::nullopt};
        goOnFrom(m_slots.last(), handled.rule == scheduleRule(entry) ? handled.until : now);
    }
}

ScheduleLook Scheduler::look(qint64 now, const ScheduleSituation &situation)
{
    ScheduleLook look;
    if (now < earliestClock)
        return look;
    m_started.clear();
    QList<Slot *> come;
    for (Slot &slot : m_slots) {
        if (slot.handledUntil - now > longestSetBack || slot.handledUntil < earliestClock)
            goOnFrom(slot, now);
        look.clockBehind = std::max(look.clockBehind, slot.handledUntil - now);
        if (slot.next && *slot.next <= now)
            come << &slot;
    }
    // Who gives way to others is asked last, so that what starts in the same minute counts.
    std::stable_sort(come.begin(), come.end(), [](const Slot *a, const Slot *b) {
        return std::pair(!a->entry.notWhile.isEmpty(), *a->next)
            < std::pair(!b->entry.notWhile.isEmpty(), *b->next);
    });
    for (Slot *slot : come)
        handle(*slot, now, situation, look);
    return look;
}

std::optional<qint64> Scheduler::nextDue() const
{
    std::optional<qint64> due;
    for (const Slot &slot : m_slots) {
        if (slot.next && (!due || *slot.next < *due))
            due = slot.next;
    }
    return due;
}

ScheduleMemory Scheduler::memory() const
{
    ScheduleMemory memory = m_memory;
    for (const Slot &slot : m_slots)
        memory.insert(slot.entry.id, {scheduleRule(slot.entry), slot.handledUntil});
    return memory;
}

Scheduler::ComeTimes Scheduler::comeTimes(const Slot &slot, qint64 now)
{
    ComeTimes times{*slot.next, *slot.next, 0, false};
    while (times.earlier < mostCounted) {
        const auto later = slot.entry.next(times.newest);
        if (!later || *later > now)
            return times;
        times.newest = *later;
        ++times.earlier;
    }
    const qint64 newest = newestTime(slot.entry, times.newest, now);
    times.isMore = newest > times.newest;
    times.newest = newest;
    return times;
}

void Scheduler::goOnFrom(Slot &slot, qint64 time)
{
    slot.handledUntil = time;
    slot.next = slot.entry.next(time);
}

void Scheduler::handle(Slot &slot, qint64 now, const ScheduleSituation &situation,
                       ScheduleLook &look)
{
    const ComeTimes times = comeTimes(slot, now);
    const bool isMissed = now - times.newest > onTime,
               makesUp = slot.entry.missed == ScheduleEntry::Missed::Run;
    if (!makesUp && (isMissed || times.earlier > 0))
        look.skipped << missedRuns(slot.entry, times, isMissed);
    if (!isMissed || makesUp) {
        const qint64 earlier = makesUp ? times.earlier : 0;
        if (auto skipped = obstacle(slot, situation)) {
            skipped->first = makesUp ? times.first : times.newest;
            skipped->last = times.newest;
            skipped->count = 1 + earlier;
            skipped->isMore = makesUp && times.isMore;
            look.skipped << *skipped;
        } else {
            look.due << DueRun{slot.entry.id, times.newest,
                               scheduleRunId(m_ip, slot.entry.id, times.newest), earlier};
            m_started.insert(slot.entry.id);
        }
    }
    goOnFrom(slot, times.newest);
}

/// The times of `entry` that nobody can run any more: all, or all but the newest.
SkippedRuns Scheduler::missedRuns(const ScheduleEntry &entry, const ComeTimes &times,
                                  bool isNewestMissed)
{
    SkippedRuns missed{
        entry.id, SkippedRuns::Why::Missed, times.first, times.newest, times.earlier, times.isMore,
        {}};
    if (isNewestMissed)
        ++missed.count;
    else
        missed.last = newestTime(entry, times.first, times.newest - 1);
    return missed;
}

/// Why the entry may not start now.
std::optional<SkippedRuns> Scheduler::obstacle(const Slot &slot,
                                               const ScheduleSituation &situation) const
{
    const ScheduleEntry &entry = slot.entry;
    using Why = SkippedRuns::Why;
    const auto because = [&](Why why, const QString &other = {}) {
        return SkippedRuns{entry.id, why, 0, 0, 1, false, other};
    };
    if (situation.isRunning(entry.id))
        return because(Why::StillRan);
    if (entry.notInMaintenance && situation.isInMaintenance(entry.service))
        return because(Why::Maintenance);
    for (const QString &other : entry.notWhile) {
        if (m_started.contains(other) || situation.isRunning(other))
            return because(Why::OtherRan, other);
    }
    return std::nullopt;
}

} // namespace Treewarden
