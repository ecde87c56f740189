// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleettext.h"
#include "console/models/treechangetext.h"
#include "console/models/treeplace.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleetstate.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The file's texts under one heading for translators.
struct DropText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::TreeDrag)
};

/// One drop; each member function knows one kind of thing that is dragged.
struct TreeDrop
{
    const PaasTree &tree;
    const FleetState &state;
    const TreeDrag &drag;
    const TreePlace &place;
    DropSide side;

    using Changes = Result<QList<TreeChange>>;

    bool isOnGroup() const { return place.kind == TreePlace::Kind::Group; }

    bool isOnRole() const
    {
        return place.kind == TreePlace::Kind::Role || place.kind == TreePlace::Kind::Instance;
    }

    /// Where a new instance stands in the role, -1: behind the others.
    int instancePosition() const
    {
        const PaasRole *role = roleAt(tree, place.role);
        if (!role || place.kind != TreePlace::Kind::Instance)
            return -1;
        const auto at = int(role->instances.indexOf(place.instance));
        return at < 0 ? -1 : at + (side == DropSide::Above ? 0 : 1);
    }

    Changes newRole() const
    {
        const std::optional<QString> group
            = place.kind == TreePlace::Kind::Tree ? std::nullopt : std::optional(place.role.group);
        const PaasRole role = freshRole(drag.role, group);
        return QList<TreeChange>{
            {.kind = TreeChange::Kind::AddRole, .role = placeOf(role), .content = role}};
    }

    /// The role of the tree that services with this role's id belong to, near the drop.
    const PaasRole *roleFor(const QString &id) const
    {
        if (isOnRole())
            return roleAt(tree, place.role);
        const auto found
            = std::find_if(tree.roles.begin(), tree.roles.end(), [&](const PaasRole &role) {
                  return role.role == id && (!isOnGroup() || role.group == place.role.group);
              });
        return found == tree.roles.end() ? nullptr : &*found;
    }

    Changes service() const
    {
        const PaasRole *role = roleFor(drag.role);
        if (!role) {
            PaasRole made = freshRole(drag.role,
                                      isOnGroup() ? std::optional(place.role.group) : std::nullopt);
            made.instances = {drag.instance};
            return QList<TreeChange>{
                {.kind = TreeChange::Kind::AddRole, .role = placeOf(made), .content = made}};
        }
        if (role->role != drag.role)
            return Error{DropText::tr("%1 on %2 is no instance of %3.")
                             .arg(serviceName(drag.role, drag.instance.instance),
                                  serverText(state, drag.instance.ip), roleTitle(*role))};
        if (role->instances.contains(drag.instance))
            return Error{DropText::tr("%1 stands in %2 already.")
                             .arg(instanceText(drag.instance, state), roleTitle(*role))};
        return QList<TreeChange>{{.kind = TreeChange::Kind::AddInstance,
                                  .role = placeOf(*role),
                                  .instance = drag.instance,
                                  .position = instancePosition()}};
    }

    /// All services of the server that the role is made of.
    Changes server() const
    {
        const PaasRole *role = isOnRole() ? roleAt(tree, place.role) : nullptr;
        const auto known = state.servers.constFind(drag.instance.ip);
        if (!role)
            return Error{DropText::tr("Drop a server on a role.")};
        if (known == state.servers.cend())
            return Error{
                DropText::tr("The server %1 is not enrolled.").arg(oneLine(drag.instance.ip, 64))};
        QList<TreeChange> changes;
        for (const FleetService &one : known->services) {
            const PaasInstance instance{known->ip, one.id.instance};
            if (one.id.role == role->role && !role->instances.contains(instance))
                changes << TreeChange{.kind = TreeChange::Kind::AddInstance,
                                      .role = placeOf(*role),
                                      .instance = instance};
        }
        if (changes.isEmpty())
            return Error{DropText::tr("%1 has no other service %2.")
                             .arg(serverText(state, known->ip), oneLine(role->role, 64))};
        return changes;
    }

    Changes instance() const
    {
        if (!isOnRole())
            return Error{DropText::tr("Drop an instance on a role.")};
        const PaasRole *role = roleAt(tree, place.role);
        if (!role)
            return QList<TreeChange>();
        int position = instancePosition();
        if (drag.node.role == place.role) {
            const auto from = int(role->instances.indexOf(drag.node.instance));
            if (place.kind == TreePlace::Kind::Role || from < 0)
                return QList<TreeChange>();
            position -= position > from; // it leaves its own place first
        } else if (role->instances.contains(drag.node.instance)) {
            return Error{DropText::tr("%1 stands in %2 already.")
                             .arg(instanceText(drag.node.instance, state), roleTitle(*role))};
        }
        return QList<TreeChange>{{.kind = TreeChange::Kind::MoveInstance,
                                  .role = drag.node.role,
                                  .target = place.role,
                                  .instance = drag.node.instance,
                                  .position = position}};
    }

    /// Into another group, or beside another role of its own.
    Changes role() const
    {
        if (place.kind == TreePlace::Kind::Tree)
            return Error{DropText::tr("Drop a role on a group or between roles.")};
        QList<TreeChange> changes;
        RolePlace moved = drag.node.role;
        if (moved.group != place.role.group) {
            changes << TreeChange{.kind = TreeChange::Kind::MoveRole,
                                  .role = moved,
                                  .text = place.role.group,
                                  .was = moved.group};
            moved.group = place.role.group;
        }
        if (place.kind != TreePlace::Kind::Role || side == DropSide::On || moved == place.role)
            return changes;
        QList<RolePlace> places;
        for (const PaasRole &one : tree.roles) {
            if (placeOf(one) == drag.node.role)
                continue;
            if (placeOf(one) == place.role && side == DropSide::Above)
                places << moved;
            places << placeOf(one);
            if (placeOf(one) == place.role && side == DropSide::Below)
                places << moved;
        }
        changes << TreeChange{.kind = TreeChange::Kind::OrderRoles, .places = places};
        return changes;
    }
};

} // namespace

Result<QList<TreeChange>> dropOf(const PaasTree &tree, const FleetState &state,
                                 const TreeDrag &drag, const TreePlace &place, DropSide side)
{
    const TreeDrop drop{tree, state, drag, place, side};
    switch (drag.kind) {
    case TreeDrag::Kind::NewRole:
        return drop.newRole();
    case TreeDrag::Kind::Service:
        return drop.service();
    case TreeDrag::Kind::Server:
        return drop.server();
    case TreeDrag::Kind::Node:
        break;
    }
    if (drag.node.kind == TreePlace::Kind::Instance)
        return drop.instance();
    if (drag.node.kind == TreePlace::Kind::Role)
        return drop.role();
    return Error{DropText::tr("Only roles and instances can be dragged.")};
}

} // namespace Treewarden
