// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What TreePage shows of the trees as they stand.
#include "console/models/fleetsource.h"
#include "console/models/treeedit.h"
#include "console/views/actionbar.h"
#include "console/views/emptystate.h"
#include "console/views/healthicon.h"
#include "console/views/newtreeform.h"
#include "console/views/pagetabs.h"
#include "console/views/tonedlabel.h"
#include "console/views/treebranches.h"
#include "console/views/treeeditor.h"
#include "console/views/treegraph.h"
#include "console/views/treeinspector.h"
#include "console/views/treelist.h"
#include "console/views/treepage.h"
#include "shared/core/textformat.h"

#include <QComboBox>
#include <QPushButton>
#include <QStackedWidget>

namespace Treewarden {
using namespace Qt::StringLiterals;

/// The trees or the states of their nodes are others.
void TreePage::showTrees()
{
    const QStringList trees = treeIds();
    const bool isEmpty = trees.isEmpty();
    m_tools->setVisible(!isEmpty);
    m_badge->setVisible(!isEmpty);
    if (m_content->currentWidget() != m_newTree || !m_newTree)
        m_content->setCurrentWidget(isEmpty ? m_empty : m_body);
    showEmpty();
    if (isEmpty) {
        m_filter.setTree({});
        m_chooser->clear();
        return;
    }
    QStringList ids;
    for (int i = 0; i < m_chooser->count(); ++i)
        ids << m_chooser->itemData(i).toString();
    if (ids != trees) {
        m_chooser->clear();
        for (const QString &id : trees)
            m_chooser->addItem(tr("PaaS: %1").arg(oneLine(id, 40)), id);
    }
    if (!trees.contains(m_filter.tree()))
        chooseTree(trees.first());
    if (m_list->currentIndex().isValid())
        showDetails();
    else {
        m_branches->restore();
        choose(m_key);
        m_branches->restoreSelection();
    }
    showStates();
}

void TreePage::showStates()
{
    const PaasTree *tree = m_model.tree(m_filter.tree());
    if (!tree)
        return;
    m_chooser->setCurrentIndex(m_chooser->findData(tree->id));
    const int bad = m_model.sickRoles(tree->id);
    if (m_view->currentIndex() == 1)
        m_graph->setTree(source().state(), rollupOf(*tree), *tree, source().now());
    const auto health = Health(m_model.indexOfTree(tree->id).data(TreeModel::HealthRole).toInt());
    const QString id = oneLine(tree->id, 40);
    m_badge->setHealth(health,
                       bad == 0       ? tr("%1: all roles alive").arg(id)
                           : bad == 1 ? tr("%1: 1 role not alive").arg(id)
                                      : tr("%1: %2 roles not alive").arg(id).arg(bad));
    m_version->setText(versionText(*tree));
    if (m_edit)
        m_edit->setEnabled(source().isLive() && !source().isPast()
                           && !m_editor->edit().isEditing());
}

/// What a tree adds up to; one that is being edited is none of the fleet's yet.
const FleetRollup &TreePage::rollupOf(const PaasTree &tree)
{
    const auto known = source().state().trees.constFind(tree.id);
    if (known != source().state().trees.cend() && &*known == &tree)
        return source().rollup();
    m_editedRollup.rebuild(source().state(), tree, source().now());
    return m_editedRollup;
}

void TreePage::showDetails()
{
    if (m_bar) {
        m_bar->setTarget(actionTarget());
        m_bar->setVisible(!m_bar->target().maintenanceKeys().isEmpty());
        Q_EMIT actionTargetChanged();
    }
    const FleetState &state = source().state();
    const PaasTree *tree = m_model.tree(m_filter.tree());
    const QModelIndex index = m_model.indexOfKey(m_key);
    if (!tree || !index.isValid()) {
        m_inspector->clear();
        return;
    }
    const PaasRole *role = roleAt(*tree, treePlaceOf(index).role);
    if (m_editor)
        m_editor->setPlace(treePlaceOf(index));
    m_graph->setChosen(role ? role->role : QString());
    const QString ip = index.data(TreeModel::IpRole).toString();
    if (role && !ip.isEmpty())
        m_inspector->setDetails(detailsOf(
            state, *role, {ip, index.data(TreeModel::InstanceRole).toString()}, source().now()));
    else if (role)
        m_inspector->setDetails(detailsOf(state, rollupOf(*tree), *tree, *role, source().now()));
    else
        m_inspector->setDetails(detailsOf(rollupOf(*tree), *tree));
}

} // namespace Treewarden
