// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/rollingaction.h"

#include "shared/core/textformat.h"
#include "shared/fleet/fleettext.h"
#include "shared/fleet/reasontext.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Why the instance is left out; empty where it is not.
QString skipReason(const FleetState &state, const PaasInstance &instance, Health health,
                   const QString &action, bool isForced)
{
    const auto server = state.servers.constFind(instance.ip);
    if (server == state.servers.cend())
        return FleetText::tr("the server is not enrolled");
    if (!server->alive.value_or(false))
        return FleetText::tr("the server is not alive");
    if (action == u"start"_s && health == Health::Alive)
        return FleetText::tr("it is alive already");
    if (isForced)
        return {};
    if (health == Health::Maintenance)
        return FleetText::tr("it is in maintenance");
    if (health == Health::Unknown)
        return FleetText::tr("nobody knows whether it is alive");
    return {};
}

/// Why a command that is over counts as a failure; empty where it does not.
QString failureOf(const SentCommand &command)
{
    if (command.stage != SentCommand::Stage::Ended)
        return command.sentence;
    if (command.state->state != CommandState::Done)
        return command.state->detail.isEmpty() ? commandStateWord(command.state->state)
                                               : oneLine(command.state->detail);
    const auto &verification = command.verification;
    if (!verification || verification->state != CommandState::Unverified)
        return {};
    return verification->detail.isEmpty() ? FleetText::tr("it did not come back alive")
                                          : oneLine(verification->detail);
}

} // namespace

RollingAction::RollingAction(const FleetState &state, const PaasTree &tree, const QString &role,
                             const QString &action, const RollingOptions &options, Now steady,
                             qint64 now)
    : m_role(role)
    , m_action(action)
    , m_options(options)
    , m_steady(std::move(steady))
{
    for (const PaasRole &entry : tree.roles) {
        if (entry.role == role)
            plan(state, entry, now);
    }
    // Those that died first, otherwise in the order of the tree.
    std::stable_sort(m_steps.begin(), m_steps.end(), [&](const auto &a, const auto &b) {
        const auto isDead = [&](const RollingStep &step) {
            return healthOf(state, step.target, now) == Health::Died;
        };
        return isDead(a) && !isDead(b);
    });
    m_sent.resize(m_steps.size());
}

void RollingAction::plan(const FleetState &state, const PaasRole &role, qint64 now)
{
    for (const PaasInstance &instance : role.instances) {
        RollingStep step{{instance.ip, {role.role, instance.instance}}};
        const bool isKnown
            = std::any_of(m_steps.begin(), m_steps.end(),
                          [&](const RollingStep &known) { return known.target == step.target; });
        if (isKnown)
            continue; // a role may stand in several groups
        const Health health = instanceHealth(state, role, instance, now);
        step.sentence = skipReason(state, instance, health, m_action, m_options.isForced);
        if (!step.sentence.isEmpty())
            step.stage = Stage::Skipped;
        m_steps << step;
    }
}

QList<ActionTarget> RollingAction::targets() const
{
    QList<ActionTarget> targets;
    for (const RollingStep &step : m_steps) {
        if (step.stage != Stage::Skipped)
            targets << step.target;
    }
    return targets;
}

std::optional<Health> RollingAction::healthOf(const FleetState &state, const ActionTarget &target,
                                              qint64 now) const
{
    const auto server = state.servers.constFind(target.ip);
    if (server == state.servers.cend())
        return std::nullopt;
    PaasRole role;
    role.role = target.service.role;
    return instanceHealth(state, role, {target.ip, target.service.instance}, now);
}

void RollingAction::enter(RollingStep &step, Stage stage, const QString &sentence)
{
    step.stage = stage;
    step.sentence = sentence;
    step.since = m_steady();
    const qint64 sent = m_sent[std::distance(m_steps.data(), &step)];
    if (!step.isAway() && sent > 0)
        step.took = step.since - sent;
}

void RollingAction::fail(RollingStep &step, const QString &sentence)
{
    enter(step, Stage::Failed, sentence);
    if (m_stopReason.isEmpty())
        m_stopReason = step.target.text() + u": "_s + sentence;
}

QList<ActionTarget> RollingAction::away() const
{
    QList<ActionTarget> targets;
    for (const RollingStep &step : m_steps) {
        // What failed may be gone for good.
        if (step.isAway() || step.stage == Stage::Failed)
            targets << step.target;
    }
    return targets;
}

QList<ActionTarget> RollingAction::advance(const FleetState &state, qint64 now)
{
    for (RollingStep &step : m_steps)
        follow(step, state, now);
    QList<ActionTarget> wanted;
    qsizetype underway = std::count_if(m_steps.begin(), m_steps.end(),
                                       [](const RollingStep &step) { return step.isAway(); });
    for (qsizetype i = 0; i < m_steps.size(); ++i) {
        RollingStep &step = m_steps[i];
        if (!m_stopReason.isEmpty() || m_isCancelled || underway >= m_options.batch)
            break;
        if (step.stage != Stage::Waiting)
            continue;
        const auto server = state.servers.constFind(step.target.ip);
        if (server == state.servers.cend() || !server->alive.value_or(false)) {
            enter(step, Stage::Skipped, FleetText::tr("the server is not alive"));
            continue;
        }
        const QString tooMuch = mayInterrupt(m_action) && !m_options.isForced
            ? takingTooMuch(state, step.target, away(), now)
            : QString();
        if (!tooMuch.isEmpty()) {
            // Others that are away come back first; with none there is nothing to wait for.
            if (underway == 0)
                m_stopReason = tooMuch;
            break;
        }
        m_sent[i] = m_steady();
        enter(step, Stage::Underway);
        wanted << step.target;
        ++underway;
    }
    return wanted;
}

/// Whether an instance has come back, and has stayed. The fleet's own picture must say so too, else
/// the next one might be the last that lives.
void RollingAction::follow(RollingStep &step, const FleetState &state, qint64 now)
{
    if (step.stage != Stage::Returning && step.stage != Stage::Settling)
        return;
    const auto health = healthOf(state, step.target, now);
    const bool isAlive = health == Health::Alive
        || (m_options.isForced && health != Health::Died && health.has_value());
    const bool isLate = m_steady() - step.done >= m_options.verification;
    if (step.stage == Stage::Settling && health == Health::Died && step.isVerified) {
        fail(step, FleetText::tr("it died again"));
    } else if (step.stage == Stage::Settling && health == Health::Died) {
        enter(step, Stage::Returning); // its restart was noticed late
    } else if (step.stage == Stage::Settling && isAlive) {
        if (m_steady() - step.since >= m_options.settle)
            enter(step, Stage::Done);
    } else if (isAlive && (step.isVerified || !step.isVerifiable || isLate)) {
        enter(step, Stage::Settling);
    } else if (isLate) {
        fail(step,
             FleetText::tr("it did not come back alive within %1")
                 .arg(formatDuration(m_options.verification)));
    }
}

void RollingAction::take(const ActionTarget &target, const SentCommand &command)
{
    const auto step = std::find_if(m_steps.begin(), m_steps.end(), [&](const RollingStep &known) {
        return known.target == target;
    });
    if (step == m_steps.end() || !step->isAway() || !command.isOver())
        return;
    if (const QString failure = failureOf(command); !failure.isEmpty())
        return fail(*step, failure);
    step->isVerifiable = command.isVerifiable;
    step->isVerified = command.verification.has_value();
    if (step->stage != Stage::Underway)
        return;
    step->done = m_steady();
    enter(*step, isEndingAction(target.service, m_action) ? Stage::Done : Stage::Returning);
}

void RollingAction::cancel()
{
    m_isCancelled = true;
}

bool RollingAction::isOver() const
{
    const bool isStopped = m_isCancelled || !m_stopReason.isEmpty();
    return std::none_of(m_steps.begin(), m_steps.end(), [isStopped](const RollingStep &step) {
        return step.isAway() || (step.stage == Stage::Waiting && !isStopped);
    });
}

bool RollingAction::isSuccessful() const
{
    return isOver() && m_stopReason.isEmpty()
        && std::none_of(m_steps.begin(), m_steps.end(), [](const RollingStep &step) {
               return step.stage == Stage::Waiting || step.stage == Stage::Failed;
           });
}

} // namespace Treewarden
