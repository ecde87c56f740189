// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/paastree.h"
#include "shared/core/result.h"

namespace Treewarden {

/// Which role of a tree is meant: one may stand in several groups.
struct RolePlace
{
    QString role, group;

    friend bool operator==(const RolePlace &, const RolePlace &) = default;
};

inline RolePlace placeOf(const PaasRole &role)
{
    return {role.role, role.group};
}

/// One change of a service tree, told by names and not by numbers of lines: the same change can be
/// made to another version of the tree.
struct TreeChange
{
    enum class Kind {
        SetTitle, ///< of the tree: `was`, `text`
        AddRole, ///< `content`, behind the other roles of its group
        RemoveRole, ///< `content` is what it was
        RenameRole, ///< its id becomes `text`; the needs of others follow
        SetRoleTitle, ///< `was`, `text`
        SetLeast, ///< `wasLeast`, `least`
        MoveRole, ///< to the group `text`, behind the others
        RenameGroup, ///< the group `was` becomes `text`
        AddNeed, ///< `text`
        RemoveNeed, ///< `text`
        AddInstance, ///< `instance`, at `position`
        RemoveInstance, ///< `instance`
        MoveInstance, ///< `instance` from `role` to `target`, at `position`
        OrderRoles, ///< as `places` stand
        OrderInstances, ///< of `role`, as `instances` stand
    };

    Kind kind = Kind::SetTitle;
    RolePlace role, target;
    QString text, was;
    PaasInstance instance;
    int position = -1; ///< among the instances, -1: behind them
    int least = 1, wasLeast = 1;
    PaasRole content;
    QList<RolePlace> places;
    QList<PaasInstance> instances;

    friend bool operator==(const TreeChange &, const TreeChange &) = default;
};

/// The tree with the change made, the same tree where it is so already; or why that cannot be, a
/// sentence. What comes out keeps all rules of parsePaasTree().
Result<PaasTree> changed(PaasTree tree, const TreeChange &change);
/// One after another: all of them, or the sentence of the first that cannot be.
Result<PaasTree> changed(PaasTree tree, const QList<TreeChange> &changes);

/// The role that is meant, or nullptr.
const PaasRole *roleAt(const PaasTree &tree, const RolePlace &place);
/// What a role with this id is called in the tree; known roles have a title of their own.
QString titleOf(const PaasTree &tree, const QString &role);
/// Ids of the roles that need this one.
QStringList needersOf(const PaasTree &tree, const QString &role);
/// Groups in the order in which they stand first; one may be empty.
QStringList groupsOf(const PaasTree &tree);
/// The way along `needs` from one role to another, both included; empty when there is none.
QStringList wayOfNeeds(const PaasTree &tree, const QString &from, const QString &to);

} // namespace Treewarden
