// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/configstore.h"
#include "agent/executor/journalstate.h"
#include "agent/executor/protection.h"
#include "shared/core/clock.h"
#include "shared/trust/signedcommand.h"

namespace Treewarden {

/// What the executor makes of a command whose signature and id are in order.
struct Admitted
{
    enum class Answer {
        Run,
        Refuse,
        Expire,
        Ignore ///< it may have had its final state, which is forgotten: nothing is told
    };

    Answer answer = Answer::Run;
    QString sentence; ///< why not
    ActionRequest action;

    static Admitted refuse(const QString &why) { return {Answer::Refuse, why, {}}; }
};

/// Decides what may be done. Changes nothing, tells nobody, and forgets nothing on the way: a
/// command that waited for its turn is decided again by what is true then.
class Admission
{
public:
    Admission(const JournalState &journal, ConfigStore &configs, LocalRules &rules,
              QString machineId, Clock clock);

    /// `isHeld`: nothing runs now, for a journal was lost.
    Admitted decide(const VerifiedCommand &command, const QString &entry, bool isHeld);

    /// What the configuration of `ip` and this server's policy make of an action, whoever asks.
    Admitted permit(const QString &ip, const ServiceId &service, const QString &action);

private:
    std::optional<Admitted> judgeTime(const CommandRequest &request, const QString &entry) const;
    Admitted judgeForgotten(const CommandRequest &request, const QString &entry) const;

    const JournalState &m_journal;
    ConfigStore &m_configs;
    LocalRules &m_rules;
    const QString m_machineId;
    const Clock m_clock;
};

/// True when the command's time is over by this clock, which may be a minute off.
bool isOver(qint64 expires, qint64 now);

} // namespace Treewarden
