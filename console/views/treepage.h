// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treefilter.h"
#include "console/models/treemodel.h"
#include "console/views/page.h"

#include <QSet>
#include <QTimer>

class QComboBox;
class QStackedWidget;
class QTreeView;

namespace Treewarden {

class ActionBar;
class ActionCentre;
class EmptyState;
class FilterField;
class HealthBadge;
class PageHeader;
class TonedLabel;
class SegmentedChoice;
class TreeGraph;
class TreeInspector;

/// The service tree of a PaaS: its roles and where they run, with their states, and beside it what
/// one of them needs and is needed by.
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

    QString tree() const { return m_filter.tree(); }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeTools();
    QWidget *makeGraphTools();
    void addActions(ActionCentre &actions);
    void showView();
    void makeList();
    void chooseTree(const QString &id);
    void choose(const QString &key);
    void showTrees();
    void showStates();
    void showDetails();
    void activate(const QModelIndex &index);
    void rememberExpanded();
    void expandWhatMatters();
    QString currentKey() const;

    ActionBar *m_bar = nullptr;
    TreeModel m_model;
    TreeFilter m_filter;
    PageHeader *m_header;
    HealthBadge *m_badge;
    QComboBox *m_chooser;
    FilterField *m_find;
    TonedLabel *m_version;
    QStackedWidget *m_content;
    QTreeView *m_list;
    TreeGraph *m_graph;
    QStackedWidget *m_views; ///< list, graph
    SegmentedChoice *m_view;
    QWidget *m_graphTools;
    TreeInspector *m_inspector;
    QWidget *m_tools, *m_body;
    EmptyState *m_empty;
    QString m_key; ///< of the chosen node
    QSet<QString> m_expanded; ///< kept over rebuilds of the model
    bool m_hasExpanded = false;
    QTimer m_ages;
};

} // namespace Treewarden
