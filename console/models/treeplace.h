// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionscope.h"
#include "console/models/treechange.h"

#include <optional>

namespace Treewarden {

struct FleetState;

/// One node of a tree that is edited.
struct TreePlace
{
    enum class Kind { Tree, Group, Role, Instance };

    Kind kind = Kind::Tree;
    RolePlace role; ///< of a group only its group
    PaasInstance instance;

    friend bool operator==(const TreePlace &, const TreePlace &) = default;
};

/// What can be acted on there: an instance, a role with all its instances, or the whole tree.
ActionScope scopeOf(const PaasTree &tree, const TreePlace &place);

/// Takes the node out, with everything below it and with what others need of it.
QList<TreeChange> removalOf(const PaasTree &tree, const TreePlace &place);
/// What a removal takes along, a question; empty where nothing has to be asked.
QString removalQuestion(const PaasTree &tree, const TreePlace &place);

/// The node one place up (-1) or down (1) among its like; nothing where it can't go further.
std::optional<TreeChange> shiftOf(const PaasTree &tree, const TreePlace &place, int by);

/// The role of this id as the original's tree has it, or a bare one; `group` instead of its own
/// when it is given.
PaasRole freshRole(const QString &id, const std::optional<QString> &group = {});

/// Something that is dragged into a tree, or inside it.
struct TreeDrag
{
    enum class Kind { NewRole, Service, Server, Node };

    Kind kind = Kind::Node;
    QString role; ///< id of a new role or of a service's role
    PaasInstance instance; ///< of a service; of a server only the ip
    TreePlace node;
    QList<TreePlace> others; ///< further nodes that come along

    friend bool operator==(const TreeDrag &, const TreeDrag &) = default;
};

enum class DropSide { On, Above, Below };

/// What a drop means, or why it is refused: a sentence.
Result<QList<TreeChange>> dropOf(const PaasTree &tree, const FleetState &state,
                                 const TreeDrag &drag, const TreePlace &place, DropSide side);

} // namespace Treewarden
