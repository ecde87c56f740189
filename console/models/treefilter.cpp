// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treefilter.h"

#include "console/models/treemodel.h"

namespace Treewarden {

TreeFilter::TreeFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setAutoAcceptChildRows(true);
    setDynamicSortFilter(false);
}

void TreeFilter::setTree(const QString &id)
{
    if (id == m_tree)
        return;
    m_tree = id;
    invalidateFilter();
}

void TreeFilter::setText(const QString &text)
{
    if (text.trimmed() == m_text)
        return;
    m_text = text.trimmed();
    invalidateFilter();
}

bool TreeFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex name = sourceModel()->index(row, TreeModel::NameColumn, parent);
    if (name.data(TreeModel::TreeRole).toString() != m_tree)
        return false;
    if (m_text.isEmpty())
        return true;
    for (const int column :
         {TreeModel::NameColumn, TreeModel::StateColumn, TreeModel::ServerColumn}) {
        if (name.siblingAtColumn(column).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return name.data(TreeModel::IpRole).toString().startsWith(m_text);
}

} // namespace Treewarden
