// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treeseveral.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostQuestions = 5;

/// Some changes after each other, and the tree as it then is.
struct TreeSteps
{
    PaasTree tree;
    QList<TreeChange> changes;

    Result<void> add(const QList<TreeChange> &more)
    {
        const auto next = changed(tree, more);
        if (!next)
            return next.error();
        tree = *next;
        changes += more;
        return {};
    }
};

} // namespace

ActionScope scopeOf(const PaasTree &tree, const QList<TreePlace> &places)
{
    if (places.size() == 1)
        return scopeOf(tree, places.first());
    ActionScope scope;
    for (const TreePlace &place : places) {
        const QList<ActionTarget> targets = scopeOf(tree, place).places;
        for (const ActionTarget &target : targets) {
            if (!scope.places.contains(target))
                scope.places.append(target);
        }
    }
    return scope;
}

TreePlace placeAfter(TreePlace place, const QList<TreeChange> &changes)
{
    for (const TreeChange &change : changes) {
        const bool isOfRole = place.role == change.role;
        switch (change.kind) {
        case TreeChange::Kind::MoveInstance:
            if (isOfRole && place.kind == TreePlace::Kind::Instance
                && place.instance == change.instance)
                place.role = change.target;
            break;
        case TreeChange::Kind::MoveRole:
            if (isOfRole)
                place.role.group = change.text;
            break;
        case TreeChange::Kind::RenameRole:
            if (isOfRole)
                place.role.role = change.text;
            break;
        case TreeChange::Kind::RenameGroup:
            if (place.role.group == change.was)
                place.role.group = change.text;
            break;
        default:
            break;
        }
    }
    return place;
}

QList<TreeChange> removalOf(const PaasTree &tree, const QList<TreePlace> &places)
{
    TreeSteps steps{tree, {}};
    for (const TreePlace &place : places) {
        if (!steps.add(removalOf(steps.tree, place)))
            return {};
    }
    return steps.changes;
}

QString removalQuestion(const PaasTree &tree, const QList<TreePlace> &places)
{
    TreeSteps steps{tree, {}};
    QStringList questions;
    for (const TreePlace &place : places) {
        const QString question = removalQuestion(steps.tree, place);
        if (!question.isEmpty())
            questions << question;
        if (!steps.add(removalOf(steps.tree, place)))
            break;
    }
    return questions.mid(0, mostQuestions).join(u'\n')
        + (questions.size() > mostQuestions ? u"\n…"_s : QString());
}

Result<QList<TreeChange>> moveOf(const PaasTree &tree, const FleetState &state,
                                 const QList<TreePlace> &nodes, const TreePlace &place,
                                 DropSide side)
{
    TreeSteps steps{tree, {}};
    QList<TreePlace> order = nodes;
    if (side == DropSide::Below)
        std::reverse(order.begin(), order.end()); // each goes directly below the place
    for (const TreePlace &node : std::as_const(order)) {
        if (node == place)
            continue;
        const auto changes
            = dropOf(steps.tree, state, {TreeDrag::Kind::Node, {}, {}, node}, place, side);
        if (!changes)
            return changes.error();
        if (const auto made = steps.add(*changes); !made)
            return made.error();
    }
    return steps.changes;
}

} // namespace Treewarden
