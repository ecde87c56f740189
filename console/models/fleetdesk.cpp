// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetdesk.h"

#include "console/models/fleettext.h"
#include "console/models/treedetails.h"
#include "console/models/watchersource.h"
#include "shared/core/textformat.h"
#include "shared/fleet/commandsender.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/fleet/impactpreview.h"
#include "shared/fleet/maintenancewriter.h"
#include "shared/fleet/rollingrunner.h"
#include "shared/trust/signingkey.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

/// So long after its command was done a service is waited for here; its agent gives up earlier.
constexpr auto longestAwaiting = 120s;

CommandProgress progressOf(const QString &id, const SentCommand &sent)
{
    CommandProgress progress;
    progress.id = id;
    progress.detail = sent.sentence;
    switch (sent.stage) {
    case SentCommand::Stage::Preparing:
    case SentCommand::Stage::Sending:
    case SentCommand::Stage::Unsure:
        progress.stage = CommandProgress::Stage::Sending;
        return progress;
    case SentCommand::Stage::Waiting:
        progress.stage = CommandProgress::Stage::Sent;
        return progress;
    case SentCommand::Stage::Refused:
        progress.stage = CommandProgress::Stage::NotSent;
        return progress;
    case SentCommand::Stage::NoAnswer:
        progress.stage = CommandProgress::Stage::NoAnswer;
        return progress;
    case SentCommand::Stage::Underway:
    case SentCommand::Stage::Ended:
        break;
    }
    const CommandMessage told
        = sent.verification ? *sent.verification : sent.state.value_or(CommandMessage());
    progress.stage = CommandProgress::Stage::Told;
    progress.state = told.state;
    progress.detail = told.detail;
    progress.took = told.took;
    progress.isKeyKnown = told.state != CommandState::Refused || !told.key.isEmpty();
    progress.isAwaited = sent.isAwaitingVerification();
    return progress;
}

QList<ActionTarget> targetsOf(const QList<CommandOrder> &orders)
{
    QList<ActionTarget> targets;
    for (const CommandOrder &order : orders)
        targets.append({order.ip, order.service});
    return targets;
}

/// The state that the role has at the worst moment.
Health healthAfter(const RoleImpact &impact, Health before)
{
    if (impact.aliveWhile >= impact.alive)
        return before;
    return impact.kind == RoleImpact::Kind::GoesDown ? Health::Died : Health::Degraded;
}

RollingTurn::State turnState(RollingStep::Stage stage, bool isOver)
{
    switch (stage) {
    case RollingStep::Stage::Waiting:
        return isOver ? RollingTurn::State::Left : RollingTurn::State::Waiting;
    case RollingStep::Stage::Skipped:
        return RollingTurn::State::Skipped;
    case RollingStep::Stage::Underway:
    case RollingStep::Stage::Returning:
        return RollingTurn::State::Acting;
    case RollingStep::Stage::Settling:
        return RollingTurn::State::Settling;
    case RollingStep::Stage::Done:
        return RollingTurn::State::Done;
    case RollingStep::Stage::Failed:
        return RollingTurn::State::Failed;
    }
    return RollingTurn::State::Waiting;
}

QList<MaintenanceTarget> maintenanceTargets(const QStringList &keys)
{
    QList<MaintenanceTarget> targets;
    for (const QString &key : keys) {
        if (const auto target = MaintenanceTarget::parse(key))
            targets << *target;
    }
    return targets;
}

} // namespace

FleetDesk::FleetDesk(WatcherSource &source, Clock clock, QObject *parent)
    : ActionDesk(parent)
    , m_source(source)
    , m_clock(std::move(clock))
{
    connect(&source, &WatcherSource::leaving, this, &FleetDesk::detach);
    connect(&source, &WatcherSource::watching, this, &FleetDesk::attach);
    if (source.watcher())
        attach();
}

FleetDesk::~FleetDesk() = default;

void FleetDesk::attach()
{
    m_sender = std::make_unique<CommandSender>(m_source.watcher()->connection(), m_clock);
    m_sender->follow(*m_source.watcher());
    connect(m_sender.get(), &CommandSender::changed, this, &FleetDesk::tell);
}

void FleetDesk::detach()
{
    if (m_runner) {
        m_rolling.isRunning = false;
        m_rolling.outcome
            = tr("Another Redis is watched now: what becomes of it is not seen here.");
        Q_EMIT rollingChanged();
    }
    m_runner.reset();
    m_sender.reset();
    m_awaited.clear();
    const QSet<QString> open = std::exchange(m_open, {});
    for (const QString &id : open) {
        CommandProgress progress;
        progress.id = id;
        progress.stage = CommandProgress::Stage::NoAnswer;
        progress.detail = tr("another Redis is watched now: what becomes of it is not seen here");
        Q_EMIT progressed(progress);
    }
}

QString FleetDesk::send(const CommandOrder &order, const SigningKey &key)
{
    if (!m_sender)
        return {};
    const QString id = m_sender->send(order, key);
    m_open.insert(id);
    return id;
}

void FleetDesk::tell(const QString &id)
{
    CommandProgress progress = progressOf(id, m_sender->command(id));
    if (progress.isAwaited && !m_awaited.contains(id)) {
        m_awaited.insert(id, m_clock.steady());
        QTimer::singleShot(longestAwaiting, m_sender.get(), [this, id] { tell(id); });
    }
    if (!progress.isAwaited) {
        m_awaited.remove(id);
    } else if (m_clock.steady() - m_awaited.value(id)
               >= std::chrono::milliseconds(longestAwaiting).count()) {
        progress.isAwaited = false;
        progress.state = CommandState::Unverified;
        progress.detail = tr("nobody has told that it is alive");
    }
    if (progress.isOver())
        m_open.remove(id);
    Q_EMIT progressed(progress);
}

ActionImpact FleetDesk::impactOf(const QList<CommandOrder> &orders, int atOnce) const
{
    ActionImpact shown;
    if (orders.isEmpty())
        return shown;
    const FleetState &state = m_source.state();
    const qint64 now = m_source.now();
    const Impact impact
        = previewImpact(state, targetsOf(orders), orders.first().action, atOnce, now);
    if (impact.takesDown())
        shown.sentence = impact.roles.first().sentence;
    qsizetype roles = 0;
    QStringList trees;
    for (const RoleImpact &role : impact.roles) {
        const auto tree = state.trees.constFind(role.tree);
        const PaasRole *known = tree == state.trees.cend() ? nullptr : findRole(*tree, role.role);
        if (!known)
            continue;
        const Health before = roleHealth(state, *tree, *known, now).health;
        shown.lines.append(
            {role.tree, role.role, before, healthAfter(role, before),
             tr("%1 of %2 left, %3 needed").arg(role.aliveWhile).arg(role.total).arg(role.least)});
        if (!trees.contains(role.tree)) {
            trees << role.tree;
            roles += tree->roles.size();
        }
        if (role.kind != RoleImpact::Kind::GoesDown)
            continue;
        for (const QString &dependant : role.dependants) {
            const PaasRole *other = findRole(*tree, dependant);
            if (!other)
                continue;
            const Health own = roleHealth(state, *tree, *other, now).health;
            shown.lines.append({role.tree, dependant, own, std::max(own, Health::Degraded),
                                tr("needs %1").arg(roleTitle(*known))});
        }
    }
    shown.untouched = int(qMax<qsizetype>(0, roles - shown.lines.size()));
    return shown;
}

RollingPlan FleetDesk::plan(const QString &tree, const QString &role, const QString &action) const
{
    RollingPlan plan;
    plan.tree = tree;
    plan.role = role;
    plan.action = action;
    const auto found = m_source.state().trees.constFind(tree);
    if (found == m_source.state().trees.cend())
        return plan;
    const RollingAction rolling(m_source.state(), *found, role, action, {}, m_clock.steady,
                                m_source.now());
    for (const RollingStep &step : rolling.steps()) {
        const PaasInstance instance{step.target.ip, step.target.service.instance};
        if (step.stage == RollingStep::Stage::Skipped)
            plan.skipped.append({instance, step.sentence});
        else
            plan.instances << instance;
    }
    return plan;
}

bool FleetDesk::roll(const RollingPlan &plan, const SigningKey &key)
{
    const auto tree = m_source.state().trees.constFind(plan.tree);
    if (m_rolling.isRunning || !m_sender || tree == m_source.state().trees.cend())
        return false;
    RollingOptions options;
    options.batch = plan.batch;
    options.settle = std::chrono::milliseconds(plan.settling).count();
    m_rolling = {};
    m_rolling.plan = plan;
    m_rolling.isRunning = true;
    m_runner = std::make_unique<RollingRunner>(*m_source.watcher(), *m_sender, key,
                                               RollingAction(m_source.state(), *tree, plan.role,
                                                             plan.action, options, m_clock.steady,
                                                             m_source.now()),
                                               plan.reason, m_clock);
    connect(m_runner.get(), &RollingRunner::changed, this, &FleetDesk::showRolling);
    connect(m_runner.get(), &RollingRunner::finished, this, &FleetDesk::showRolling);
    m_runner->start();
    return true;
}

void FleetDesk::stopRolling()
{
    if (!m_runner || !m_rolling.isRunning)
        return;
    m_rolling.isStopping = true;
    m_runner->cancel();
}

void FleetDesk::showRolling()
{
    const RollingAction &action = m_runner->action();
    const bool isOver = action.isOver();
    m_rolling.turns.clear();
    for (const RollingStep &step : action.steps()) {
        QString note = step.sentence;
        if (step.stage == RollingStep::Stage::Underway)
            note = tr("under way");
        else if (step.stage == RollingStep::Stage::Returning)
            note = tr("waiting until it is alive");
        else if (step.stage == RollingStep::Stage::Settling)
            note = tr("alive, it settles");
        else if (step.stage == RollingStep::Stage::Done)
            note = tr("done after %1").arg(formatDuration(step.took));
        m_rolling.turns.append(
            {{step.target.ip, step.target.service.instance}, turnState(step.stage, isOver), note});
    }
    m_rolling.isRunning = !isOver;
    if (isOver) {
        const QString count
            = tr("%1 of %2 done.").arg(m_rolling.doneCount()).arg(m_rolling.wantedCount());
        m_rolling.outcome = count;
        if (!action.stopReason().isEmpty())
            m_rolling.outcome += u' ' + tr("It ended there: %1").arg(action.stopReason());
        else if (action.isCancelled())
            m_rolling.outcome += u' ' + tr("It was stopped.");
    }
    Q_EMIT rollingChanged();
}

void FleetDesk::startMaintenance(const QStringList &keys, const Maintenance &maintenance)
{
    write(startMaintenanceCommand(maintenanceTargets(keys), maintenance, m_source.now()));
}

void FleetDesk::endMaintenance(const QStringList &keys, const QString &by)
{
    write(endMaintenanceCommand(maintenanceTargets(keys), by, {}, m_source.now()));
}

void FleetDesk::write(const RedisConnection::Words &command)
{
    RedisConnection *connection = m_source.connection();
    if (!connection) {
        Q_EMIT maintenanceFailed(tr("No Redis is configured."));
        return;
    }
    connection->command(
        command, this,
        [this](const RedisReply &reply) {
            if (!reply.isOk())
                Q_EMIT maintenanceFailed(
                    tr("The maintenance was not written: %1").arg(oneLine(reply.error)));
        },
        RedisConnection::Queueing::Never);
}

} // namespace Treewarden
