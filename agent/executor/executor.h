// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/admission.h"
#include "agent/executor/journal.h"
#include "agent/executor/ratelimit.h"
#include "agent/executor/workplace.h"
#include "shared/core/tokenbucket.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace Treewarden {

/// A due time of the schedule.
struct ScheduledTask
{
    QString id; ///< of the run: the same for the same entry and time, always
    qint64 due = 0; ///< Unix ms
    QString ip, entry; ///< whose configuration, and which entry of its schedule
    ServiceId service;
    QString action;
};

/// Decides what is done on this server, has it done, and remembers it. Each command has one final
/// state, which is told until somebody keeps it; none begins twice. Verifies everything itself:
/// whoever hands it a frame may have made it up.
class Executor : public QObject
{
    Q_OBJECT
public:
    /// Everything must outlive the executor; the journal is open, the configurations are loaded.
    struct Parts
    {
        Journal &journal;
        ConfigStore &configs;
        LocalRules &rules;
        ActionRunner &runner;
        QString machineId;
        Clock clock = {};
    };

    explicit Executor(const Parts &parts, QObject *parent = nullptr);

    /// Ends what an earlier process had begun as unknown.
    void start();
    /// Takes a frame from an agent (shared/protocol/executorframe.h).
    void handle(const QJsonObject &frame);
    /// Carries out what is due, by the rules that hold for everybody but the rates.
    void runScheduled(const ScheduledTask &task);

    /// State frames that nobody keeps yet, for an agent that has just come.
    QList<QJsonObject> untaken() const;

    /// True while a run of this entry of the schedule waits or runs.
    bool isScheduleBusy(const QString &entry) const;
    /// True while a run of the schedule waits, which the journal does not know yet.
    bool hasWaitingSchedule() const;
    /// Keeps how far the schedule was handled, as JournalState::scheduleMemory() gives it.
    void keepScheduleMemory(const QJsonObject &memory);
    /// Tells and keeps something about the schedule that is nobody's outcome.
    void noteSchedule(const QJsonObject &details);

    /// Does it as soon as everything so far stands on the disk.
    void whenSafe(std::function<void()> effect);

    /// Begins nothing more. idle() follows when nothing runs any more.
    void finish();

    /// Looks again at what waits: whose time is over, and whose turn it is.
    void lookAtWaiting();

Q_SIGNALS:
    /// For every agent that listens.
    void told(const QJsonObject &frame);
    void configurationAccepted(const QString &ip);
    /// That server was removed from the fleet.
    void configurationRetired(const QString &ip);
    /// {"":until,"role":until,"role:instance":until} of this server, Unix ms.
    void maintenanceTold(const QJsonObject &scopes);
    /// The journal can't be kept: nothing may be done any more.
    void journalFailed(const QString &sentence);
    void idle();

private:
    void takeConfiguration(const QJsonObject &frame);
    void takeRemoved(const QString &ip);
    void takeCommand(const QJsonObject &frame);
    void takeVerified(const VerifiedCommand &command, const CommandEntry &signedEntry,
                      const QString &entry);
    void answerKnown(const CommandMessage &message, qint64 n, const QString &firstEntry,
                     const QString &entry);
    bool answerIfKnown(const QString &id, const QString &entry);
    void refuseUnverified(const CommandEntry &signedEntry, const QString &entry,
                          const QString &why);
    void reject(const QString &entry, const QString &why);
    void admit(ExecutorTask task, const Admitted &admitted);

    Admitted decideAgain(const ExecutorTask &task);
    void claim(const QString &id);
    void begin(const QString &id);
    void finishTask(const QString &id, const ActionOutcome &outcome);
    /// Remembers the final state and tells it when the disk has it.
    void end(ExecutorTask task, CommandState state, const QString &detail,
             const QString &output = {});

    bool isHeld() const;
    void noteReplay(const CommandMessage &message, const QString &entry);
    void tellIdle();
    void setPace();
    void commit();

    Journal &m_journal;
    ConfigStore &m_configs;
    LocalRules &m_rules;
    ActionRunner &m_runner;
    const Clock m_clock;
    Admission m_admission;
    Workplace m_workplace;
    RateLimit m_rates;
    TokenBucket m_unverifiedAllowance, m_noticeAllowance;
    qint64 m_unnoticed = 0; ///< what the allowances kept from being told
    qint64 m_heldUntil = 0; ///< steady ms
    QString m_lastConfigRefusal;
    QList<std::function<void()>> m_effects; ///< that wait for the disk
    QTimer m_commitTimer, m_upkeepTimer;
    bool m_isEnding = false, m_hasFailed = false;
};

} // namespace Treewarden
