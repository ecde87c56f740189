// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treeplace.h"

#include "console/models/fleettext.h"
#include "console/models/treechangetext.h"
#include "shared/protocol/role.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct RemovalText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::TreePlace)
};

/// The roles that go with a node: of a group all of its own.
QList<PaasRole> rolesGoing(const PaasTree &tree, const TreePlace &place)
{
    QList<PaasRole> roles;
    for (const PaasRole &role : tree.roles) {
        if (place.kind == TreePlace::Kind::Group ? role.group == place.role.group
                                                 : placeOf(role) == place.role)
            roles << role;
    }
    return roles;
}

/// The roles that stay but lose a need, as pairs of role and need.
QList<std::pair<PaasRole, QString>> needsLost(const PaasTree &tree, const QList<PaasRole> &going)
{
    const auto goes = [&](const PaasRole &role) {
        return std::any_of(going.begin(), going.end(),
                           [&](const PaasRole &one) { return placeOf(one) == placeOf(role); });
    };
    QStringList left;
    for (const PaasRole &role : tree.roles) {
        if (!goes(role))
            left << role.role;
    }
    QList<std::pair<PaasRole, QString>> lost;
    for (const PaasRole &role : tree.roles) {
        for (const QString &need : role.needs) {
            if (!left.contains(need))
                lost.append({role, need});
        }
    }
    return lost;
}

std::optional<TreeChange> shiftInstance(const PaasTree &tree, const TreePlace &place, int by)
{
    const PaasRole *role = roleAt(tree, place.role);
    const qsizetype at = role ? role->instances.indexOf(place.instance) : -1;
    if (at < 0 || at + by < 0 || at + by >= role->instances.size())
        return std::nullopt;
    QList<PaasInstance> instances = role->instances;
    instances.swapItemsAt(at, at + by);
    return TreeChange{
        .kind = TreeChange::Kind::OrderInstances, .role = place.role, .instances = instances};
}

/// Changes places with the next role of the same group in this direction.
std::optional<TreeChange> shiftRole(const PaasTree &tree, const RolePlace &place, int by)
{
    QList<RolePlace> places;
    for (const PaasRole &role : tree.roles)
        places << placeOf(role);
    const qsizetype at = places.indexOf(place);
    for (qsizetype i = at + by; at >= 0 && i >= 0 && i < places.size(); i += by) {
        if (places[i].group != place.group)
            continue;
        places.swapItemsAt(at, i);
        return TreeChange{.kind = TreeChange::Kind::OrderRoles, .places = places};
    }
    return std::nullopt;
}

std::optional<TreeChange> shiftGroup(const PaasTree &tree, const QString &group, int by)
{
    QStringList groups = groupsOf(tree);
    const qsizetype at = groups.indexOf(group);
    if (at < 0 || at + by < 0 || at + by >= groups.size())
        return std::nullopt;
    groups.swapItemsAt(at, at + by);
    QList<RolePlace> places;
    for (const QString &one : std::as_const(groups)) {
        for (const PaasRole &role : tree.roles) {
            if (role.group == one)
                places << placeOf(role);
        }
    }
    return TreeChange{.kind = TreeChange::Kind::OrderRoles, .places = places};
}

} // namespace

ActionScope scopeOf(const PaasTree &tree, const TreePlace &place)
{
    const PaasRole *role = roleAt(tree, place.role);
    if (!role)
        return {{}, tree.id, {}};
    ActionScope target;
    const bool isRole = place.kind == TreePlace::Kind::Role;
    for (const PaasInstance &instance : role->instances) {
        if (isRole || instance == place.instance)
            target.places.append({instance.ip, {role->role, instance.instance}});
    }
    if (isRole && !target.isEmpty()) {
        target.tree = tree.id;
        target.role = role->role;
    }
    return target;
}

QList<TreeChange> removalOf(const PaasTree &tree, const TreePlace &place)
{
    if (place.kind == TreePlace::Kind::Tree)
        return {};
    if (place.kind == TreePlace::Kind::Instance)
        return {{.kind = TreeChange::Kind::RemoveInstance,
                 .role = place.role,
                 .instance = place.instance}};
    QList<TreeChange> changes;
    const QList<PaasRole> going = rolesGoing(tree, place);
    for (const auto &[role, need] : needsLost(tree, going))
        changes << TreeChange{
            .kind = TreeChange::Kind::RemoveNeed, .role = placeOf(role), .text = need};
    for (const PaasRole &role : going)
        changes << TreeChange{
            .kind = TreeChange::Kind::RemoveRole, .role = placeOf(role), .content = role};
    return changes;
}

QString removalQuestion(const PaasTree &tree, const TreePlace &place)
{
    if (place.kind == TreePlace::Kind::Instance || place.kind == TreePlace::Kind::Tree)
        return {};
    const QList<PaasRole> going = rolesGoing(tree, place);
    QStringList needers;
    for (const auto &[role, need] : needsLost(tree, going)) {
        const bool goes = std::any_of(going.begin(), going.end(), [&](const PaasRole &one) {
            return placeOf(one) == placeOf(role);
        });
        if (!goes && !needers.contains(roleTitle(role)))
            needers << roleTitle(role);
    }
    const bool isGroup = place.kind == TreePlace::Kind::Group;
    const QString name = isGroup ? groupTitle(place.role.group)
        : going.isEmpty()        ? QString()
                                 : roleTitle(going.first());
    QString question;
    if (isGroup && going.size() > 1)
        question
            = RemovalText::tr("All %1 roles of %2 leave the tree.").arg(going.size()).arg(name);
    if (!needers.isEmpty())
        question += (question.isEmpty() ? QString() : u" "_s)
            + RemovalText::tr("%1 is needed by %2. They would not need it any more.")
                  .arg(name, needers.mid(0, 5).join(u", "_s));
    return question;
}

std::optional<TreeChange> shiftOf(const PaasTree &tree, const TreePlace &place, int by)
{
    switch (place.kind) {
    case TreePlace::Kind::Instance:
        return shiftInstance(tree, place, by);
    case TreePlace::Kind::Role:
        return shiftRole(tree, place.role, by);
    case TreePlace::Kind::Group:
        return shiftGroup(tree, place.role.group, by);
    case TreePlace::Kind::Tree:
        break;
    }
    return std::nullopt;
}

PaasRole freshRole(const QString &id, const std::optional<QString> &group)
{
    const Role *known = findRole(id);
    return {id, group.value_or(known ? known->group : QString()), known ? known->title : id, {}, 1,
            {}};
}

} // namespace Treewarden
