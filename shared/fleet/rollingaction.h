// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/now.h"
#include "shared/fleet/commandsender.h"
#include "shared/fleet/impactpreview.h"

namespace Treewarden {

/// How a rolling action goes on.
struct RollingOptions
{
    int batch = 1; ///< instances at once
    qint64 settle = 3'000; ///< ms that an instance must stay alive before the next one
    bool isForced = false; ///< also the last living instance, and those in maintenance
    qint64 verification = 90'000; ///< ms that an instance has to come back
};

/// One instance of a rolling action.
struct RollingStep
{
    enum class Stage {
        Waiting, ///< for its turn
        Skipped, ///< `sentence` says why
        Underway, ///< its command was sent
        Returning, ///< done; its own check is not alive yet
        Settling, ///< alive, but not for long enough
        Done,
        Failed, ///< `sentence` says why
    };

    ActionTarget target;
    Stage stage = Stage::Waiting;
    QString sentence;
    qint64 since = 0; ///< steady ms of the stage
    qint64 done = 0; ///< steady ms when its command was done
    bool isVerifiable = false, isVerified = false; ///< by its own check
    qint64 took = 0; ///< ms from its command to its end

    bool isAway() const
    {
        return stage == Stage::Underway || stage == Stage::Returning || stage == Stage::Settling;
    }
};

/// An action on every instance of a role, some at a time, as a state machine without commands or
/// clocks of its own. Instances that died come first: if one does not come back, nothing that lives
/// was touched. Servers that are not alive, and what is in maintenance or unknown, are skipped. It
/// stops at the first failure or silence, and before what would leave a role of any tree with less
/// than it needs.
class RollingAction
{
public:
    RollingAction(const FleetState &state, const PaasTree &tree, const QString &role,
                  const QString &action, const RollingOptions &options, Now steady, qint64 now);

    const QList<RollingStep> &steps() const { return m_steps; }

    const QString &action() const { return m_action; }

    /// The instances that it will act on.
    QList<ActionTarget> targets() const;

    /// Takes the state and the time into account; gives the targets whose command is to be sent
    /// now. To be called after each change, and every now and then.
    QList<ActionTarget> advance(const FleetState &state, qint64 now);
    /// What is known of the command for `target`.
    void take(const ActionTarget &target, const SentCommand &command);
    /// Ends it after what is under way.
    void cancel();

    /// Nothing is under way and nothing will be.
    bool isOver() const;

    bool isCancelled() const { return m_isCancelled; }

    /// Everything was done, but for what was skipped.
    bool isSuccessful() const;

    /// Why it stopped early, a sentence; empty when it did not.
    const QString &stopReason() const { return m_stopReason; }

private:
    using Stage = RollingStep::Stage;

    void plan(const FleetState &state, const PaasRole &role, qint64 now);
    void enter(RollingStep &step, Stage stage, const QString &sentence = {});
    void fail(RollingStep &step, const QString &sentence);
    void follow(RollingStep &step, const FleetState &state, qint64 now);
    std::optional<Health> healthOf(const FleetState &state, const ActionTarget &target,
                                   qint64 now) const;
    QList<ActionTarget> away() const;

    QString m_role, m_action;
    RollingOptions m_options;
    Now m_steady;
    QList<RollingStep> m_steps;
    QList<qint64> m_sent; ///< steady ms, by step
    QString m_stopReason;
    bool m_isCancelled = false;
};

} // namespace Treewarden
