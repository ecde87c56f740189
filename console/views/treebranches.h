// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>

class QModelIndex;
class QTreeView;

namespace Treewarden {

/// Which branches of a view of a TreeModel are open, and which nodes are selected, kept over resets
/// of the model.
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
    /// Several nodes that were selected before, as far as they are still there; the current one
    /// stays.
    void restoreSelection() const;

    /// With the next reset nodes get other keys.
    void rename(const QHash<QString, QString> &keys) { m_renamed = keys; }

    /// Another tree: nothing was open before.
    void forget();

private:
    template<typename Visit>
    void walk(const QModelIndex &parent, const Visit &visit) const;

    QTreeView &m_view;
    QSet<QString> m_open, m_seen, m_selected; ///< by TreeModel::KeyRole
    QHash<QString, QString> m_renamed; ///< the key that was, and the one that will be
    bool m_isKnown = false;
};

} // namespace Treewarden
