// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/executor.h"
#include "agent/schedule/scheduler.h"

namespace Treewarden {

/// Has the schedule of this server's configuration carried out. Nobody else is asked: neither the
/// agent nor Redis can invent, move or leave out a time; what they say is at most that a service is
/// in maintenance.
class ScheduleDriver : public QObject
{
    Q_OBJECT
public:
    /// Everything must outlive it.
    ScheduleDriver(Executor &executor, ConfigStore &configs, const JournalState &journal,
                   Clock clock, QObject *parent = nullptr);

    /// Goes on where an earlier process stopped. After Executor::start().
    void start();

    /// Starts what is due now.
    void look();

private:
    void reconfigure();
    void retire(const QString &ip);
    void setMaintenance(const QJsonObject &scopes);
    ScheduleSituation situation() const;
    void keepMemory();
    void noteSkipped(const SkippedRuns &skipped);
    const ScheduleEntry *find(const QString &id) const;

    Executor &m_executor;
    ConfigStore &m_configs;
    const JournalState &m_journal;
    const Clock m_clock;
    QString m_ip;
    std::optional<Scheduler> m_scheduler;
    QList<ScheduleEntry> m_entries;
    QMap<QString, qint64> m_maintenance; ///< until when, by scope
    QJsonObject m_kept; ///< the memory that the journal has
    QTimer m_timer;
};

} // namespace Treewarden
