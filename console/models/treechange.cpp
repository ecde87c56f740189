// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treechange.h"

#include "console/models/fleettext.h"
#include "console/models/treerules.h"
#include "shared/core/textformat.h"
#include "shared/fleet/grouptext.h"
#include "shared/protocol/role.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct ChangeFault
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::TreeChange)
};

using ChangeKind = TreeChange::Kind;

qsizetype rolePosition(const PaasTree &tree, const RolePlace &place)
{
    for (qsizetype i = 0; i < tree.roles.size(); ++i) {
        if (tree.roles[i].role == place.role && tree.roles[i].group == place.group)
            return i;
    }
    return -1;
}

Error noSuchRole(const PaasTree &tree, const RolePlace &place)
{
    return {
        ChangeFault::tr("There is no %1 in this place any more.").arg(titleOf(tree, place.role))};
}

/// Behind the last role of its group, or at the end.
void insertRole(PaasTree &tree, const PaasRole &role)
{
    qsizetype at = tree.roles.size();
    for (qsizetype i = 0; i < tree.roles.size(); ++i) {
        if (tree.roles[i].group == role.group)
            at = i + 1;
    }
    tree.roles.insert(at, role);
}

void insertInstance(PaasRole &role, const PaasInstance &instance, int position)
{
    const bool isInside = position >= 0 && position < role.instances.size();
    role.instances.insert(isInside ? qsizetype(position) : role.instances.size(), instance);
}

bool hasRole(const PaasTree &tree, const QString &id)
{
    return std::any_of(tree.roles.begin(), tree.roles.end(),
                       [&](const PaasRole &role) { return role.role == id; });
}

Result<void> removeRole(PaasTree &tree, const RolePlace &place)
{
    const qsizetype at = rolePosition(tree, place);
    if (at < 0)
        return {};
    PaasTree without = tree;
    without.roles.removeAt(at);
    if (const QStringList needers = needersOf(without, place.role);
        !needers.isEmpty() && !hasRole(without, place.role)) {
        QStringList titles;
        for (const QString &needer : needers.mid(0, 5))
            titles << titleOf(tree, needer);
        return Error{ChangeFault::tr("%1 is needed by %2: take these needs out first.")
                         .arg(titleOf(tree, place.role), titles.join(u", "_s))};
    }
    tree = without;
    return {};
}

void renameRole(PaasTree &tree, qsizetype at, const QString &id)
{
    const QString was = std::exchange(tree.roles[at].role, id);
    if (hasRole(tree, was))
        return;
    for (PaasRole &other : tree.roles) {
        if (!other.needs.contains(was))
            continue;
        other.needs.replace(other.needs.indexOf(was), id);
        other.needs.removeDuplicates();
    }
}

Result<void> moveInstance(PaasTree &tree, qsizetype from, const TreeChange &change)
{
    const qsizetype to = rolePosition(tree, change.target);
    if (to < 0)
        return noSuchRole(tree, change.target);
    const bool isHere = tree.roles[from].instances.contains(change.instance);
    if (!isHere && tree.roles[to].instances.contains(change.instance))
        return {};
    if (!isHere)
        return Error{ChangeFault::tr("%1 %2 does not stand in %3 any more.")
                         .arg(change.instance.ip, oneLine(change.instance.instance, 64),
                              roleTitle(tree.roles[from]))};
    tree.roles[from].instances.removeAll(change.instance);
    insertInstance(tree.roles[to], change.instance, change.position);
    return {};
}

/// Those that have a rank, by it, in the places where they stand together now; the others stay.
template<typename T>
void sortRanked(QList<T> &list, const QList<int> &ranks)
{
    QList<qsizetype> places;
    QList<std::pair<int, T>> ranked;
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (ranks[i] < 0)
            continue;
        places << i;
        ranked.append({ranks[i], list[i]});
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    for (qsizetype i = 0; i < places.size(); ++i)
        list[places[i]] = ranked[i].second;
}

void orderRoles(PaasTree &tree, const QList<RolePlace> &places)
{
    QHash<std::pair<QString, QString>, int> rankOf;
    for (const RolePlace &place : places)
        rankOf.insert({place.role, place.group}, int(rankOf.size()));
    QList<int> ranks;
    for (const PaasRole &role : std::as_const(tree.roles))
        ranks << rankOf.value({role.role, role.group}, -1);
    sortRanked(tree.roles, ranks);
}

void orderInstances(PaasRole &role, const QList<PaasInstance> &instances)
{
    QHash<std::pair<QString, QString>, int> rankOf;
    for (const PaasInstance &instance : instances)
        rankOf.insert({instance.ip, instance.instance}, int(rankOf.size()));
    QList<int> ranks;
    for (const PaasInstance &instance : std::as_const(role.instances))
        ranks << rankOf.value({instance.ip, instance.instance}, -1);
    sortRanked(role.instances, ranks);
}

/// A change of one role that stands at `at`.
Result<void> changeRole(PaasTree &tree, qsizetype at, const TreeChange &change)
{
    PaasRole &role = tree.roles[at];
    switch (change.kind) {
    case ChangeKind::RenameRole:
        renameRole(tree, at, change.text);
        break;
    case ChangeKind::SetRoleTitle:
        role.title = change.text;
        break;
    case ChangeKind::SetLeast:
        role.least = change.least;
        break;
    case ChangeKind::MoveRole:
        if (role.group != change.text) {
            PaasRole moved = tree.roles.takeAt(at);
            moved.group = change.text;
            insertRole(tree, moved);
        }
        break;
    case ChangeKind::AddNeed:
        if (!role.needs.contains(change.text))
            role.needs << change.text;
        break;
    case ChangeKind::RemoveNeed:
        role.needs.removeAll(change.text);
        break;
    case ChangeKind::AddInstance:
        if (!role.instances.contains(change.instance))
            insertInstance(role, change.instance, change.position);
        break;
    case ChangeKind::RemoveInstance:
        role.instances.removeAll(change.instance);
        break;
    case ChangeKind::MoveInstance:
        return moveInstance(tree, at, change);
    case ChangeKind::OrderInstances:
        orderInstances(role, change.instances);
        break;
    default:
        break;
    }
    return {};
}

Result<void> makeChange(PaasTree &tree, const TreeChange &change)
{
    switch (change.kind) {
    case ChangeKind::SetTitle:
        tree.title = change.text;
        return {};
    case ChangeKind::AddRole: {
        const PaasRole *present = roleAt(tree, placeOf(change.content));
        if (!present || *present != change.content)
            insertRole(tree, change.content);
        return {};
    }
    case ChangeKind::RemoveRole:
        return removeRole(tree, change.role);
    case ChangeKind::RenameGroup:
        for (PaasRole &role : tree.roles) {
            if (role.group == change.was)
                role.group = change.text;
        }
        return {};
    case ChangeKind::OrderRoles:
        orderRoles(tree, change.places);
        return {};
    default:
        break;
    }
    const qsizetype at = rolePosition(tree, change.role);
    return at < 0 ? Result<void>(noSuchRole(tree, change.role)) : changeRole(tree, at, change);
}

/// faultOf() of a tree that had none before, by looking only where the change was made.
QString faultAfter(const PaasTree &tree, const TreeChange &change)
{
    switch (change.kind) {
    case ChangeKind::SetTitle:
        return faultOf({tree.id, tree.title, 0, {}});
    case ChangeKind::RemoveRole:
    case ChangeKind::RemoveNeed:
    case ChangeKind::RemoveInstance:
    case ChangeKind::OrderRoles:
    case ChangeKind::OrderInstances:
        return {};
    case ChangeKind::AddNeed:
        return structureFaultOf(tree);
    default:
        break;
    }
    QList<RolePlace> places{change.role, change.target, placeOf(change.content)};
    if (change.kind == ChangeKind::MoveRole)
        places << RolePlace{change.role.role, change.text};
    if (change.kind == ChangeKind::RenameRole)
        places << RolePlace{change.text, change.role.group};
    for (const PaasRole &role : tree.roles) {
        const bool isMeant = change.kind == ChangeKind::RenameGroup
            ? role.group == change.text
            : places.contains(placeOf(role));
        if (const QString fault = isMeant ? roleFaultOf(role) : QString(); !fault.isEmpty())
            return fault;
    }
    return structureFaultOf(tree);
}

} // namespace

Result<PaasTree> changed(PaasTree tree, const TreeChange &wanted)
{
    if (const auto done = makeChange(tree, wanted); !done)
        return done.error();
    if (const QString fault = faultAfter(tree, wanted); !fault.isEmpty())
        return Error{fault};
    return tree;
}

Result<PaasTree> changed(PaasTree tree, const QList<TreeChange> &changes)
{
    for (const TreeChange &one : changes) {
        auto next = changed(std::move(tree), one);
        if (!next)
            return next.error();
        tree = std::move(*next);
    }
    return tree;
}

const PaasRole *roleAt(const PaasTree &tree, const RolePlace &place)
{
    const qsizetype at = rolePosition(tree, place);
    return at < 0 ? nullptr : &tree.roles[at];
}

QString titleOf(const PaasTree &tree, const QString &role)
{
    for (const PaasRole &one : tree.roles) {
        if (one.role == role)
            return roleTitle(one);
    }
    const Role *known = findRole(role);
    return known ? known->title : oneLine(role, 64);
}

QStringList needersOf(const PaasTree &tree, const QString &role)
{
    QStringList needers;
    for (const PaasRole &one : tree.roles) {
        if (one.needs.contains(role) && !needers.contains(one.role))
            needers << one.role;
    }
    return needers;
}

QStringList groupsOf(const PaasTree &tree)
{
    QStringList groups;
    for (const PaasRole &role : tree.roles) {
        if (!groups.contains(role.group))
            groups << role.group;
    }
    return groups;
}

QStringList wayOfNeeds(const PaasTree &tree, const QString &from, const QString &to)
{
    QHash<QString, QStringList> needs;
    for (const PaasRole &role : tree.roles)
        needs[role.role] += role.needs;
    QHash<QString, QString> cameFrom{{from, {}}};
    QStringList next{from};
    for (qsizetype i = 0; i < next.size(); ++i) {
        if (next[i] == to) {
            QStringList way{to};
            while (way.first() != from)
                way.prepend(cameFrom[way.first()]);
            return way;
        }
        for (const QString &need : needs.value(next[i])) {
            if (!cameFrom.contains(need)) {
                cameFrom.insert(need, next[i]);
                next << need;
            }
        }
    }
    return {};
}

} // namespace Treewarden
