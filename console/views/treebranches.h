// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSet>

class QModelIndex;
class QTreeView;

namespace Treewarden {

/// Which branches of a view of a TreeModel are open, kept over resets of the model.
class TreeBranches : public QObject
{
    Q_OBJECT
public:
    explicit TreeBranches(QTreeView &view);

    /// Before the model is reset.
    void remember();
    /// What was open before, or at first: all down to the roles, and of those that are not alive
    /// their instances.
    void restore();

    /// Another tree: nothing was open before.
    void forget() { m_isKnown = false; }

private:
    template<typename Visit>
    void walk(const QModelIndex &parent, const Visit &visit) const;

    QTreeView &m_view;
    QSet<QString> m_open, m_seen; ///< by TreeModel::KeyRole
    bool m_isKnown = false;
};

} // namespace Treewarden
