// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treebranches.h"

#include "console/models/treemodel.h"

#include <QItemSelectionModel>
#include <QTreeView>

namespace Treewarden {

TreeBranches::TreeBranches(QTreeView &view)
    : QObject(&view)
    , m_view(view)
{
}

template<typename Visit>
void TreeBranches::walk(const QModelIndex &parent, const Visit &visit) const
{
    const QAbstractItemModel *model = m_view.model();
    for (int row = 0; row < model->rowCount(parent); ++row) {
        const QModelIndex index = model->index(row, 0, parent);
        visit(index);
        walk(index, visit);
    }
}

void TreeBranches::remember()
{
    m_open.clear();
    m_seen.clear();
    m_isKnown = m_view.model()->rowCount() > 0;
    walk({}, [this](const QModelIndex &index) {
        if (!index.model()->hasChildren(index))
            return;
        const QString key = index.data(TreeModel::KeyRole).toString();
        m_seen.insert(key);
        if (m_view.isExpanded(index))
            m_open.insert(key);
    });
    m_selected.clear();
    const QModelIndexList rows = m_view.selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        const QString key = row.data(TreeModel::KeyRole).toString();
        m_selected.insert(m_renamed.value(key, key));
    }
    m_renamed.clear();
}

void TreeBranches::restoreSelection() const
{
    if (m_selected.size() < 2)
        return;
    QItemSelection selection;
    walk({}, [&](const QModelIndex &index) {
        if (m_selected.contains(index.data(TreeModel::KeyRole).toString()))
            selection.select(index, index);
    });
    m_view.selectionModel()->select(selection,
                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void TreeBranches::forget()
{
    m_isKnown = false;
    m_selected.clear();
    m_renamed.clear();
}

void TreeBranches::restore()
{
    walk({}, [this](const QModelIndex &index) {
        if (!index.model()->hasChildren(index))
            return;
        const QString key = index.data(TreeModel::KeyRole).toString();
        const auto kind = TreeModel::Kind(index.data(TreeModel::KindRole).toInt());
        const bool isSick = Health(index.data(TreeModel::HealthRole).toInt()) != Health::Alive;
        const bool isOpen = m_isKnown && m_seen.contains(key)
            ? m_open.contains(key)
            : kind != TreeModel::Kind::Role || isSick || m_isKnown;
        m_view.setExpanded(index, isOpen);
    });
}

} // namespace Treewarden
