// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fixeddesk.h"

#include "shared/trust/signingkey.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

QString FixedDesk::send(const CommandOrder &order, const SigningKey &key)
{
    orders << order;
    signers << key.name();
    return u"order-%1"_s.arg(orders.size() - 1);
}

ActionImpact FixedDesk::impactOf(const QList<CommandOrder> &, int) const
{
    return impact;
}

RollingPlan FixedDesk::plan(const QString &tree, const QString &role, const QString &action) const
{
    RollingPlan plan = planned;
    plan.tree = tree;
    plan.role = role;
    plan.action = action;
    return plan;
}

bool FixedDesk::roll(const RollingPlan &plan, const SigningKey &)
{
    if (m_rolling.isRunning)
        return false;
    m_rolling = {};
    m_rolling.plan = plan;
    m_rolling.isRunning = true;
    for (const PaasInstance &instance : plan.instances)
        m_rolling.turns.append({instance, RollingTurn::State::Waiting, {}});
    Q_EMIT rollingChanged();
    return true;
}

void FixedDesk::stopRolling()
{
    ++stops;
    m_rolling.isStopping = true;
    Q_EMIT rollingChanged();
}

void FixedDesk::startMaintenance(const QStringList &keys, const Maintenance &wanted)
{
    maintenanceKeys = keys;
    maintenance = wanted;
}

void FixedDesk::endMaintenance(const QStringList &keys, const QString &)
{
    maintenanceKeys = keys;
    ++ends;
}

void FixedDesk::tell(int index, CommandState state, const QString &detail, qint64 took,
                     bool isAwaited)
{
    CommandProgress progress;
    progress.id = u"order-%1"_s.arg(index);
    progress.stage = CommandProgress::Stage::Told;
    progress.state = state;
    progress.detail = detail;
    progress.took = took;
    progress.isAwaited = isAwaited;
    Q_EMIT progressed(progress);
}

void FixedDesk::setRolling(const RollingProgress &rolling)
{
    m_rolling = rolling;
    Q_EMIT rollingChanged();
}

} // namespace Treewarden
