// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/impactpreview.h"

#include "shared/core/textformat.h"
#include "shared/fleet/commandtarget.h"
#include "shared/fleet/fleettext.h"
#include "shared/fleet/reasontext.h"

#include <algorithm>
#include <array>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

bool covers(const ActionTarget &target, const PaasRole &role, const PaasInstance &instance)
{
    if (target.ip != instance.ip)
        return false;
    return target.service.role == systemRole
        || target.service == ServiceId{role.role, instance.instance};
}

bool isAnyCovering(const QList<ActionTarget> &targets, const PaasRole &role,
                   const PaasInstance &instance)
{
    return std::any_of(targets.begin(), targets.end(),
                       [&](const ActionTarget &target) { return covers(target, role, instance); });
}

int needed(const PaasRole &role)
{
    return std::max(role.least, 1);
}

/// How many living instances of the role the worst `atOnce` of the targets carry.
int mostTaken(const FleetState &state, const PaasRole &role, const QList<ActionTarget> &targets,
              int atOnce, qint64 now)
{
    QList<int> weights;
    for (const ActionTarget &target : targets) {
        int weight = 0;
        for (const PaasInstance &instance : role.instances) {
            weight += covers(target, role, instance)
                && instanceHealth(state, role, instance, now) == Health::Alive;
        }
        weights << weight;
    }
    std::sort(weights.begin(), weights.end(), std::greater<>());
    const qsizetype count
        = atOnce > 0 ? std::min<qsizetype>(atOnce, weights.size()) : weights.size();
    int taken = 0;
    for (qsizetype i = 0; i < count; ++i)
        taken += weights[i];
    // Targets may overlap: a service and its server.
    const int all = livingWithout(state, role, {}, now) - livingWithout(state, role, targets, now);
    return std::min(taken, all);
}

QString nameOf(const RoleImpact &impact)
{
    return oneLine(impact.tree + u'/' + (impact.title.isEmpty() ? impact.role : impact.title), 130);
}

QString impactSentence(const RoleImpact &impact)
{
    const QString left = QString::number(impact.aliveWhile), now = QString::number(impact.alive);
    QString sentence;
    if (impact.kind == RoleImpact::Kind::GoesDown && impact.aliveWhile == 0)
        sentence = FleetText::tr("%1 goes down: none of its %2 living instances is left")
                       .arg(nameOf(impact), now);
    else if (impact.kind == RoleImpact::Kind::GoesDown)
        sentence = FleetText::tr("%1 goes down: %2 of %3 living instances are left, it needs %4")
                       .arg(nameOf(impact), left, now, QString::number(impact.least));
    else if (impact.kind == RoleImpact::Kind::LosesRedundancy)
        sentence = FleetText::tr("%1 loses its redundancy: %2 of %3 living instances are left")
                       .arg(nameOf(impact), left, now);
    else if (impact.alive == 0)
        sentence = FleetText::tr("%1 has no living instance to lose").arg(nameOf(impact));
    else
        sentence = FleetText::tr("%1 goes on with %2 of %3 living instances")
                       .arg(nameOf(impact), left, now);
    if (impact.kind != RoleImpact::Kind::GoesOn && !impact.dependants.isEmpty())
        sentence
            += FleetText::tr("; needed by %1").arg(oneLine(impact.dependants.join(u", "_s), 300));
    return sentence;
}

RoleImpact::Kind kindOf(const RoleImpact &impact)
{
    if (impact.aliveWhile >= impact.alive)
        return RoleImpact::Kind::GoesOn;
    if (impact.aliveWhile < impact.least)
        return RoleImpact::Kind::GoesDown;
    return impact.aliveWhile == impact.least ? RoleImpact::Kind::LosesRedundancy
                                             : RoleImpact::Kind::GoesOn;
}

RoleImpact impactOn(const FleetState &state, const PaasTree &tree, const PaasRole &role, int taken,
                    qint64 now)
{
    RoleImpact impact;
    impact.tree = tree.id;
    impact.role = role.role;
    impact.title = role.title;
    impact.total = int(role.instances.size());
    impact.alive = roleHealth(state, tree, role, now).alive;
    impact.least = needed(role);
    impact.aliveWhile = impact.alive - taken;
    impact.kind = kindOf(impact);
    impact.dependants = dependantsOf(tree, role.role);
    impact.sentence = impactSentence(impact);
    return impact;
}

} // namespace

bool mayInterrupt(QStringView action)
{
    static constexpr std::array<QStringView, 5> harmless{u"start", u"reload", u"refresh", u"ping",
                                                         u"status"};
    return std::find(harmless.begin(), harmless.end(), action) == harmless.end();
}

Impact previewImpact(const FleetState &state, const QList<ActionTarget> &targets,
                     QStringView action, int atOnce, qint64 now)
{
    Impact impact;
    for (const PaasTree &tree : state.trees) {
        for (const PaasRole &role : tree.roles) {
            const bool isTouched = std::any_of(role.instances.begin(), role.instances.end(),
                                               [&](const PaasInstance &instance) {
                                                   return isAnyCovering(targets, role, instance);
                                               });
            if (!isTouched)
                continue;
            const int taken
                = mayInterrupt(action) ? mostTaken(state, role, targets, atOnce, now) : 0;
            impact.roles << impactOn(state, tree, role, taken, now);
        }
    }
    std::stable_sort(impact.roles.begin(), impact.roles.end(),
                     [](const RoleImpact &a, const RoleImpact &b) { return a.kind > b.kind; });
    return impact;
}

int livingWithout(const FleetState &state, const PaasRole &role, const QList<ActionTarget> &taken,
                  qint64 now)
{
    return int(std::count_if(role.instances.begin(), role.instances.end(),
                             [&](const PaasInstance &instance) {
                                 return !isAnyCovering(taken, role, instance)
                                     && instanceHealth(state, role, instance, now) == Health::Alive;
                             }));
}

QString takingTooMuch(const FleetState &state, const ActionTarget &target,
                      const QList<ActionTarget> &taken, qint64 now)
{
    for (const PaasTree &tree : state.trees) {
        for (const PaasRole &role : tree.roles) {
            const int before = livingWithout(state, role, taken, now);
            const int after = livingWithout(state, role, taken + QList{target}, now);
            if (after == before || after >= needed(role))
                continue;
            const QString name = tree.id + u'/' + role.role;
            return after == 0
                ? FleetText::tr("%1 is the last living instance of %2")
                      .arg(serviceText(state, target.ip, target.service), name)
                : FleetText::tr(
                      "%1 would leave %2 with %3 living instances of the %4 that it needs")
                      .arg(serviceText(state, target.ip, target.service), name,
                           QString::number(after), QString::number(needed(role)));
        }
    }
    return {};
}

QStringList dependantsOf(const PaasTree &tree, const QString &role)
{
    QStringList found, wanted{role};
    while (!wanted.isEmpty()) {
        const QString needed = wanted.takeFirst();
        for (const PaasRole &other : tree.roles) {
            if (!other.needs.contains(needed) || found.contains(other.role) || other.role == role)
                continue;
            found << other.role;
            wanted << other.role;
        }
    }
    return found;
}

} // namespace Treewarden
