// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treefilter.h"
#include "console/models/treemodel.h"
#include "console/views/page.h"
#include "shared/fleet/fleetrollup.h"

#include <QTimer>

class QComboBox;
class QHBoxLayout;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace Treewarden {

class ActionBar;
class ActionCentre;
class EmptyState;
class FilterField;
class HealthBadge;
class NewTreeForm;
class PageHeader;
class TonedLabel;
class SegmentedChoice;
class TreeBranches;
class TreeEditor;
class TreeGraph;
class TreeInspector;
class TreeList;

/// The service tree of a PaaS: its roles and where they run, with their states, and beside it what
/// one of them needs and is needed by. With actions the tree can be edited (TreeEditor).
class TreePage : public Page
{
    Q_OBJECT
public:
    explicit TreePage(FleetSource &source, ActionCentre *actions = nullptr,
                      QWidget *parent = nullptr);

    /// `what` is the id of a PaaS, or of a role in it: "dev", "dev/mysql".
    void open(const QString &what) override;
    QVariantMap place() const override;
    void setPlace(const QVariantMap &place) override;

    /// The chosen instance, or the chosen role with all its instances.
    ActionScope actionTarget() const override;

    bool mayLeave(const std::function<void()> &then) override;

    QString tree() const { return m_filter.tree(); }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeTools();
    void makeBody();
    void addActions(ActionCentre &actions);
    void addEditor(ActionCentre &actions);
    void addEditButtons();
    void openMenu(ActionCentre &actions, const QPoint &place);
    void showEditing();
    void openNewTree();
    void makeNewTree(PaasTree tree, bool isFromFleet);
    void leaveTree(const QString &id);
    bool mayLeave(const std::function<void()> &then, const QString &tree);
    void showEmpty();
    QStringList treeIds() const;
    QString versionText(const PaasTree &tree) const;
    void showView();
    void makeList();
    void chooseTree(const QString &id);
    void choose(const QString &key);
    void showTrees();
    void showStates();
    void showDetails();
    void openRole(const QString &role);
    const FleetRollup &rollupOf(const PaasTree &tree);
    void activate(const QModelIndex &index);
    QString currentKey() const;
    QString nearestKey(QString key) const;

    ActionBar *m_bar = nullptr;
    TreeModel m_model;
    TreeFilter m_filter;
    FleetRollup m_editedRollup;
    PageHeader *m_header;
    HealthBadge *m_badge;
    QComboBox *m_chooser;
    FilterField *m_find;
    TonedLabel *m_version;
    QStackedWidget *m_content;
    TreeList *m_list;
    TreeBranches *m_branches;
    TreeGraph *m_graph;
    QStackedWidget *m_views; ///< list, graph
    SegmentedChoice *m_view;
    QWidget *m_graphTools;
    TreeInspector *m_inspector;
    QWidget *m_tools, *m_body;
    QHBoxLayout *m_columns; ///< palette, tree, inspector
    QVBoxLayout *m_side; ///< fields, inspector
    TreeEditor *m_editor = nullptr;
    NewTreeForm *m_newTree = nullptr;
    QPushButton *m_edit = nullptr, *m_more = nullptr;
    EmptyState *m_empty;
    QString m_key; ///< of the chosen node
    QTimer m_ages;
};

} // namespace Treewarden
