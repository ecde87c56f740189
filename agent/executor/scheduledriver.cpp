// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/scheduledriver.h"

#include "shared/core/json.h"

#include <QDebug>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// The clock may be set meanwhile, so it is never trusted for longer than that.
constexpr qint64 longestPause = 10'000; // ms
constexpr qsizetype mostScopes = 1000;

} // namespace

ScheduleDriver::ScheduleDriver(Executor &executor, ConfigStore &configs,
                               const JournalState &journal, Clock clock, QObject *parent)
    : QObject(parent)
    , m_executor(executor)
    , m_configs(configs)
    , m_journal(journal)
    , m_clock(std::move(clock))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ScheduleDriver::look);
    connect(&m_executor, &Executor::configurationAccepted, this, &ScheduleDriver::reconfigure);
    connect(&m_executor, &Executor::configurationRetired, this, &ScheduleDriver::retire);
    connect(&m_executor, &Executor::maintenanceTold, this, &ScheduleDriver::setMaintenance);
}

void ScheduleDriver::start()
{
    m_kept = m_journal.scheduleMemory();
    reconfigure();
}

void ScheduleDriver::retire(const QString &ip)
{
    if (ip != m_ip)
        return;
    m_timer.stop();
    m_entries.clear();
    m_scheduler.reset();
}

void ScheduleDriver::reconfigure()
{
    if (m_scheduler)
        look();
    const QString ip = m_configs.currentIp();
    const auto config = m_configs.verified(ip);
    if (!config)
        return;
    if (!m_scheduler || ip != m_ip) {
        m_ip = ip;
        const bool isOurs = m_kept.value(u"ip").toString() == ip;
        const auto memory = parseScheduleMemory(compactJson(m_kept.value(u"memory").toObject()));
        m_scheduler.emplace(ip, isOurs && memory ? *memory : ScheduleMemory());
    }
    m_entries = (*config)->schedule;
    m_scheduler->setEntries(m_entries, m_clock.now());
    look();
}

void ScheduleDriver::setMaintenance(const QJsonObject &scopes)
{
    m_maintenance.clear();
    for (auto scope = scopes.begin(); scope != scopes.end() && m_maintenance.size() < mostScopes;
         ++scope)
        m_maintenance.insert(scope.key(), jsonInteger(*scope).value_or(0));
}

ScheduleSituation ScheduleDriver::situation() const
{
    const auto isInMaintenance = [this](const ServiceId &service) {
        const qint64 now = m_clock.now();
        return m_maintenance.value(QString()) > now || m_maintenance.value(service.role) > now
            || m_maintenance.value(service.text()) > now;
    };
    return {isInMaintenance,
            [this](const QString &entry) { return m_executor.isScheduleBusy(entry); }};
}

void ScheduleDriver::look()
{
    if (!m_scheduler)
        return;
    const qint64 now = m_clock.now();
    const ScheduleLook found = m_scheduler->look(now, situation());
    for (const SkippedRuns &skipped : found.skipped)
        noteSkipped(skipped);
    for (const DueRun &run : found.due) {
        if (const ScheduleEntry *entry = find(run.entryId))
            m_executor.runScheduled(
                {run.runId, run.due, m_ip, entry->id, entry->service, entry->action});
    }
    keepMemory();
    const qint64 pause = m_scheduler->nextDue().value_or(now + longestPause) - now;
    m_timer.start(int(std::clamp<qint64>(pause, 1, longestPause)));
}

/// A run that waits is not in the journal yet: after a crash it has to come due again.
void ScheduleDriver::keepMemory()
{
    const auto memory = parseJsonObject(toJson(m_scheduler->memory()), u"the schedule"_s);
    if (!memory || m_executor.hasWaitingSchedule())
        return;
    const QJsonObject kept{{u"ip"_s, m_ip}, {u"memory"_s, *memory}};
    if (kept == m_kept)
        return;
    m_kept = kept;
    m_executor.keepScheduleMemory(kept);
}

void ScheduleDriver::noteSkipped(const SkippedRuns &skipped)
{
    const ScheduleEntry *entry = find(skipped.entryId);
    qInfo().noquote() << u"schedule %1: %2"_s.arg(skipped.entryId, skipped.reason());
    QJsonObject details{{u"code"_s, skipped.code()},
                        {u"reason"_s, skipped.reason()},
                        {u"schedule"_s, skipped.entryId},
                        {u"count"_s, skipped.count}};
    if (entry) {
        details[u"role"_s] = entry->service.role;
        details[u"instance"_s] = entry->service.instance;
        details[u"action"_s] = entry->action;
    }
    m_executor.noteSchedule(details);
}

const ScheduleEntry *ScheduleDriver::find(const QString &id) const
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&id](const ScheduleEntry &e) { return e.id == id; });
    return entry == m_entries.end() ? nullptr : &*entry;
}

} // namespace Treewarden
