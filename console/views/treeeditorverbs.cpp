// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the tree that a TreeEditor edits.
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/treechangetext.h"
#include "console/models/treedetails.h"
#include "console/models/treeedit.h"
#include "console/models/treeseveral.h"
#include "console/views/leavequestion.h"
#include "console/views/treeeditbar.h"
#include "console/views/treeeditor.h"
#include "console/views/treeform.h"
#include "console/views/treelist.h"
#include "console/views/treepalette.h"
#include "shared/core/textformat.h"
#include "shared/fleet/grouptext.h"

#include <QMenu>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

/// TreeModel::KeyRole of a node.
QString TreeEditor::keyOf(const PaasTree &tree, const TreePlace &place)
{
    if (place.kind == TreePlace::Kind::Tree)
        return tree.id;
    if (place.kind == TreePlace::Kind::Group)
        return tree.id + u"//"_s + place.role.group;
    QString key = tree.id + u'/' + place.role.role;
    const PaasRole *first = findRole(tree, place.role.role);
    if (first && first->group != place.role.group)
        key += u'@' + place.role.group; // the first one of its name has the short key
    return place.kind == TreePlace::Kind::Role
        ? key
        : key + u'/' + place.instance.ip + u'/' + place.instance.instance;
}

void TreeEditor::make(const QList<TreeChange> &changes, const QString &chooseAfter)
{
    m_chooseAfter = chooseAfter;
    tellMoved(changes);
    const auto made = m_edit.make(changes);
    m_chooseAfter.clear();
    if (!made)
        return m_bar->say(made.error().text, Health::Died);
    const TreeChange &last = changes.isEmpty() ? TreeChange() : changes.last();
    // It may be meant, but a service of another role is watched by nobody.
    if (last.kind == TreeChange::Kind::MoveInstance && last.role.role != last.target.role)
        m_bar->say(tr("%1 counts as %2 now: its server must be configured to watch it as that.")
                       .arg(instanceText(last.instance, m_source.state()),
                            titleOf(m_edit.tree(), last.target.role)),
                   Health::Maintenance);
}

void TreeEditor::tellMoved(const QList<TreeChange> &changes)
{
    const QList<TreePlace> nodes = places();
    const auto next = Treewarden::changed(m_edit.tree(), changes);
    if (nodes.size() < 2 || !next || m_edit.isSaving())
        return;
    QHash<QString, QString> keys;
    for (const TreePlace &node : nodes)
        keys.insert(keyOf(m_edit.tree(), node), keyOf(*next, placeAfter(node, changes)));
    Q_EMIT keysChanging(keys);
}

/// As if it was dropped on what is chosen.
void TreeEditor::add(const TreeDrag &drag)
{
    if (!isEditing())
        return;
    TreePlace place = m_place;
    if (drag.kind == TreeDrag::Kind::NewRole)
        place = {}; // into its own group
    const bool isOther = drag.kind == TreeDrag::Kind::Service && place.role.role != drag.role;
    const auto changes = dropOf(m_edit.tree(), m_source.state(), drag,
                                isOther ? TreePlace() : place, DropSide::On);
    if (!changes)
        return m_bar->say(changes.error().text, Health::Died);
    const TreeChange last = changes->isEmpty() ? TreeChange() : changes->last();
    const auto next = Treewarden::changed(m_edit.tree(), *changes);
    const bool isNewRole = next && last.kind == TreeChange::Kind::AddRole;
    make(*changes, isNewRole ? keyOf(*next, {TreePlace::Kind::Role, last.role, {}}) : QString());
}

void TreeEditor::shift(int by)
{
    if (!isEditing())
        return;
    if (const auto change = shiftOf(m_edit.tree(), m_place, by))
        make({*change});
}

/// All that is selected in the list; what is chosen in the graph.
QList<TreePlace> TreeEditor::places() const
{
    const QList<TreePlace> selected = m_list.isVisible() ? m_list.places() : QList<TreePlace>();
    return selected.size() > 1 ? selected : QList<TreePlace>{m_place};
}

void TreeEditor::remove()
{
    if (!isEditing())
        return;
    const QList<TreeChange> changes = removalOf(m_edit.tree(), places());
    const QString question = removalQuestion(m_edit.tree(), places());
    if (changes.isEmpty())
        return;
    if (question.isEmpty())
        return make(changes);
    askToRemove(m_page, tr("Remove it from the tree?"), question, tr("Remove"),
                [this, changes] { make(changes); });
}

void TreeEditor::openAddition()
{
    if (!isEditing())
        return;
    m_palette->open(m_place.role.role.isEmpty() ? TreePaletteModel::Content::Roles
                                                : TreePaletteModel::Content::Services);
}

void TreeEditor::removeTree(const QString &tree)
{
    const auto found = m_source.state().trees.constFind(tree);
    if (found == m_source.state().trees.cend())
        return;
    askToRemove(m_page, tr("Remove the service tree %1?").arg(oneLine(tree, 64)),
                tr("Its %1 roles and what they need are forgotten, with all earlier versions. "
                   "Servers and services go on as they are.")
                    .arg(found->roles.size()),
                tr("Remove tree"), [this, tree] { m_edit.remove(tree); });
}

void TreeEditor::fillMenu(QMenu &menu)
{
    const auto add = [&](const QString &text, const QKeySequence &keys, auto action) {
        QAction *entry = menu.addAction(text, this, action);
        entry->setShortcut(keys);
        entry->setShortcutVisibleInContextMenu(true);
        return entry;
    };
    const PaasRole *role = roleAt(m_edit.tree(), m_place.role);
    const QList<TreePlace> nodes = places();
    const bool isOne = nodes.size() == 1;
    const bool isNode = !isOne || m_place.kind != TreePlace::Kind::Tree;
    add(role ? tr("Add instance…") : tr("Add role…"), QKeySequence(u"Ins"_s),
        [this] { openAddition(); });
    if (isOne && m_place.kind != TreePlace::Kind::Instance)
        add(tr("Rename"), QKeySequence(u"F2"_s), [this] { m_form->startRenaming(); });
    if (role)
        fillMoves(menu, nodes);
    add(tr("Move up"), QKeySequence(u"Alt+Up"_s), [this] {
        shift(-1);
    })->setEnabled(isOne && shiftOf(m_edit.tree(), m_place, -1).has_value());
    add(tr("Move down"), QKeySequence(u"Alt+Down"_s), [this] {
        shift(1);
    })->setEnabled(isOne && shiftOf(m_edit.tree(), m_place, 1).has_value());
    menu.addSeparator();
    add(tr("Remove"), QKeySequence(u"Del"_s), [this] { remove(); })->setEnabled(isNode);
}

/// To which group roles can go, or to which role instances.
void TreeEditor::fillMoves(QMenu &menu, const QList<TreePlace> &nodes)
{
    const TreePlace::Kind kind = nodes.first().kind;
    const bool isOneKind = std::all_of(nodes.begin(), nodes.end(),
                                       [kind](const TreePlace &node) { return node.kind == kind; });
    if (!isOneKind || (kind != TreePlace::Kind::Instance && kind != TreePlace::Kind::Role))
        return;
    const auto stands = [&](auto isThere) {
        return std::all_of(nodes.begin(), nodes.end(),
                           [&](const TreePlace &node) { return isThere(node.role); });
    };
    const auto addTarget = [&](QMenu *targets, QString title, const TreePlace &target) {
        targets->addAction(title.replace(u'&', u"&&"_s), this, [this, nodes, target] {
            if (const auto changes
                = moveOf(m_edit.tree(), m_source.state(), nodes, target, DropSide::On))
                make(*changes);
            else
                m_bar->say(changes.error().text, Health::Died);
        });
    };
    QMenu *targets = menu.addMenu(kind == TreePlace::Kind::Instance ? tr("Move to role")
                                                                    : tr("Move to group"));
    if (kind == TreePlace::Kind::Instance) {
        for (const PaasRole &other : m_edit.tree().roles) {
            if (!stands([&](const RolePlace &role) { return role == placeOf(other); }))
                addTarget(targets, roleTitle(other), {TreePlace::Kind::Role, placeOf(other), {}});
        }
    } else {
        for (const QString &group : groupsOf(m_edit.tree())) {
            if (!stands([&](const RolePlace &role) { return role.group == group; }))
                addTarget(targets, groupTitle(group), {TreePlace::Kind::Group, {{}, group}, {}});
        }
    }
    targets->setEnabled(!targets->isEmpty());
}

} // namespace Treewarden
