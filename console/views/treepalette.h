// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treepalettemodel.h"
#include "console/views/card.h"

class QListView;

namespace Treewarden {

class FilterField;
class SegmentedChoice;
class TonedLabel;

/// Beside a tree that is edited: roles, servers and services to drag into it. Enter or a double
/// click puts one where the tree's own choice is.
class TreePalette : public Card
{
    Q_OBJECT
public:
    explicit TreePalette(FleetSource &source, QWidget *parent = nullptr);

    /// The tree that it is for, and the role whose services come first.
    void setTree(const PaasTree &tree, const QString &role);
    /// Brings roles or services to the front, ready to be filtered.
    void open(TreePaletteModel::Content content);

    QListView *list() const { return m_list; }

Q_SIGNALS:
    void chosen(const Treewarden::TreeDrag &drag);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void showMore();

    TreePaletteModel m_model;
    SegmentedChoice *m_choice;
    FilterField *m_filter;
    QListView *m_list;
    TonedLabel *m_more;
    PaasTree m_tree;
    QString m_role;
};

} // namespace Treewarden
