// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treebranches.h"

#include "console/models/treemodel.h"

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
        if (model->rowCount(index) == 0)
            continue;
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
        const QString key = index.data(TreeModel::KeyRole).toString();
        m_seen.insert(key);
        if (m_view.isExpanded(index))
            m_open.insert(key);
    });
}

void TreeBranches::restore()
{
    walk({}, [this](const QModelIndex &index) {
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
