// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treeplace.h"

#include <QHash>
#include <QObject>

#include <functional>

class QMenu;

namespace Treewarden {

class FleetSource;
class TreeChangesPanel;
class TreeEdit;
class TreeEditBar;
class TreeForm;
class TreeGraph;
class TreeList;
class TreeModel;
class TreePalette;

/// The edit mode of the service tree's page: ties the tree that is changed to the widgets that show
/// it and that change it. The page puts those in their places.
class TreeEditor : public QObject
{
    Q_OBJECT
public:
    TreeEditor(TreeEdit &edit, FleetSource &source, TreeModel &model, TreeList &list,
               TreeGraph &graph, QWidget *page);

    TreeEditBar *bar() const { return m_bar; }

    TreePalette *palette() const { return m_palette; }

    TreeForm *form() const { return m_form; }

    TreeChangesPanel *panel() const { return m_panel; }

    TreeEdit &edit() const { return m_edit; }

    bool isEditing() const;
    /// True while `tree` is the one that is edited.
    bool isEditing(const QString &tree) const;

    void begin(const QString &tree);
    /// What is chosen on the page.
    void setPlace(const TreePlace &place);
    /// Leaves the edit mode; asks first when something would be lost.
    void finish();
    /// True when nothing would be lost. Else it asks, and does `then` when that may be.
    bool mayLeave(const std::function<void()> &then);

    /// Shows the tree again instead of a list of changes.
    void closePanel() { show(Shown::Tree); }

    /// Asks, then removes a tree from Redis.
    void removeTree(const QString &tree);
    /// The verbs of what is chosen.
    void fillMenu(QMenu &menu);

Q_SIGNALS:
    void editingChanged();
    /// The tree has other content; the node of this key is to be chosen, if any.
    void treeChanged(const QString &key);
    /// What is chosen gets this key with the change that follows.
    void keyChanging(const QString &key);
    /// Of several that are chosen those that move get other keys with the change that follows.
    void keysChanging(const QHash<QString, QString> &keys);
    /// The list of changes stands instead of the tree.
    void panelToggled(bool isShown);

private:
    enum class Shown { Tree, Preview, Comparison };

    void connectParts();
    void addShortcuts();
    void takeChange();
    void show(Shown shown);
    void toggle(Shown shown, bool isOn);
    void fillPanel();
    void make(const QList<TreeChange> &changes, const QString &chooseAfter = {});
    void tellMoved(const QList<TreeChange> &changes);
    void add(const TreeDrag &drag);
    void shift(int by);
    void remove();
    void openAddition();
    QList<TreePlace> places() const;
    void fillMoves(QMenu &menu, const QList<TreePlace> &nodes);
    static QString keyOf(const PaasTree &tree, const TreePlace &place);
    void finishWriting();

    TreeEdit &m_edit;
    FleetSource &m_source;
    TreeModel &m_model;
    TreeList &m_list;
    TreeGraph &m_graph;
    QWidget *m_page;
    TreeEditBar *m_bar;
    TreePalette *m_palette;
    TreeForm *m_form;
    TreeChangesPanel *m_panel;
    TreePlace m_place;
    Shown m_shown = Shown::Tree;
    bool m_wasEditing = false;
    bool m_isAsking = false;
    QString m_chooseAfter;
    std::function<void()> m_then; ///< when a save that was asked for is done
};

} // namespace Treewarden
