// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace Treewarden {

/// One of the trees of a TreeModel, and of it what matches a text: a node with all above and below
/// it. The order stays the tree's own.
class TreeFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit TreeFilter(QObject *parent = nullptr);

    void setTree(const QString &id);

    const QString &tree() const { return m_tree; }

    void setText(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_tree, m_text;
};

} // namespace Treewarden
