// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treechangetext.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/grouptext.h"

#include <QCoreApplication>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct ChangeText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::TreeChange)
};

QString shownTitle(const QString &text)
{
    return oneLine(text, 60);
}

QString roleChangeText(const TreeChange &change, const PaasTree &tree, const QString &role,
                       const FleetState &state)
{
    switch (change.kind) {
    case TreeChange::Kind::RenameRole:
        return ChangeText::tr("The role %1 becomes %2")
            .arg(shownTitle(change.role.role), shownTitle(change.text));
    case TreeChange::Kind::SetRoleTitle:
        return ChangeText::tr("%1 is called '%2' now", "a role's id, its title")
            .arg(shownTitle(change.role.role), shownTitle(change.text));
    case TreeChange::Kind::SetLeast:
        return ChangeText::tr("%1: at least %2 must live, before it was %3")
            .arg(role)
            .arg(change.least)
            .arg(change.wasLeast);
    case TreeChange::Kind::MoveRole:
        return ChangeText::tr("%1 moves from %2 to %3", "a role, groups")
            .arg(role, groupTitle(change.role.group), groupTitle(change.text));
    case TreeChange::Kind::AddNeed:
        return ChangeText::tr("%1 needs %2 now").arg(role, titleOf(tree, change.text));
    case TreeChange::Kind::RemoveNeed:
        return ChangeText::tr("%1 does not need %2 any more").arg(role, titleOf(tree, change.text));
    case TreeChange::Kind::AddInstance:
        return ChangeText::tr("%1 joins %2", "an instance, a role")
            .arg(instanceText(change.instance, state), role);
    case TreeChange::Kind::RemoveInstance:
        return ChangeText::tr("%1 leaves %2", "an instance, a role")
            .arg(instanceText(change.instance, state), role);
    case TreeChange::Kind::MoveInstance:
        return change.role == change.target
            ? ChangeText::tr("%1 has another place in %2", "an instance, a role")
                  .arg(instanceText(change.instance, state), role)
            : ChangeText::tr("%1 moves from %2 to %3", "an instance, roles")
                  .arg(instanceText(change.instance, state), role,
                       titleOf(tree, change.target.role));
    case TreeChange::Kind::OrderInstances:
        return ChangeText::tr("The instances of %1 have another order").arg(role);
    default:
        return {};
    }
}

} // namespace

QString groupTitle(const QString &group)
{
    return group.isEmpty() ? ChangeText::tr("no group") : oneLine(groupText(group), 60);
}

QString instanceText(const PaasInstance &instance, const FleetState &state)
{
    const QString server = serverText(state, instance.ip);
    return instance.instance == u"default" ? server
                                           : ChangeText::tr("%1 on %2", "an instance, a server")
                                                 .arg(shownTitle(instance.instance), server);
}

QString changeText(const TreeChange &change, const PaasTree &tree, const FleetState &state)
{
    switch (change.kind) {
    case TreeChange::Kind::SetTitle:
        return ChangeText::tr("The tree is called '%1' now").arg(shownTitle(change.text));
    case TreeChange::Kind::AddRole:
        return ChangeText::tr("The role %1 is new in %2", "a role, a group")
            .arg(roleTitle(change.content), groupTitle(change.content.group));
    case TreeChange::Kind::RemoveRole:
        return ChangeText::tr("The role %1 leaves %2", "a role, a group")
            .arg(roleTitle(change.content), groupTitle(change.role.group));
    case TreeChange::Kind::RenameGroup:
        return ChangeText::tr("The group %1 is called '%2' now")
            .arg(groupTitle(change.was), shownTitle(change.text));
    case TreeChange::Kind::OrderRoles:
        return ChangeText::tr("The roles have another order");
    default:
        break;
    }
    const PaasRole *role = roleAt(tree, change.role);
    return roleChangeText(change, tree, role ? roleTitle(*role) : titleOf(tree, change.role.role),
                          state);
}

} // namespace Treewarden
