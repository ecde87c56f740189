// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pacedwork.h"
#include "console/models/treeplace.h"
#include "shared/fleet/fleetstate.h"

#include <QAbstractItemModel>
#include <QSet>

#include <memory>
#include <vector>

namespace Treewarden {

class FleetSource;

/// All service trees: PaaS → group → role → instance, each with its state rolled up. Roles and
/// groups stand in the order of their tree, instances that are not alive before the others. Changes
/// are collected and told ten times a second.
class TreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, StateColumn, AliveColumn, ServerColumn, SinceColumn, ColumnCount };
    enum class Kind { Tree, Group, Role, Instance }; ///< as TreePlace::Kind

    enum Role {
        HealthRole = Qt::UserRole, ///< int of Health
        KindRole, ///< int of Kind
        KeyRole, ///< names the node over all rebuilds: "dev", "dev/mysql",
                 ///< "dev/mysql/10.0.0.7/3306"
        TreeRole, ///< id of the PaaS
        RoleRole, ///< id of the role, of roles and instances
        IpRole, ///< of instances
        InstanceRole, ///< of instances
        GroupRole, ///< of groups, roles and instances, as the tree has it
    };

    explicit TreeModel(FleetSource &source, QObject *parent = nullptr);
    ~TreeModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// Of a tree that is edited, roles and instances can be dragged.
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

    QModelIndex indexOfTree(const QString &id) const;
    /// The node with this KeyRole, or an invalid index.
    QModelIndex indexOfKey(const QString &key) const;
    /// Shows this tree instead of the source's one with its id; nothing: the source's own again.
    /// Its instances stand in the tree's order.
    void setEdited(const std::optional<PaasTree> &tree);
    /// The tree as it is shown, or nullptr.
    const PaasTree *tree(const QString &id) const;
    /// Rolls up anew what time alone changes (the end of a maintenance).
    void refresh();
    /// How many roles of a tree have instances, but not all of them alive.
    int sickRoles(const QString &tree) const;

    /// While nobody watches, changes only gather.
    void setWatched(bool isWatched);
    /// To the trees of now, for who asks for a node without watching.
    void catchUp();

Q_SIGNALS:
    /// States were rolled up anew, or the trees are others. Ages grow without being told by
    /// dataChanged(): who shows them draws them anew.
    void updated();

private:
    struct Node;
    using Nodes = std::vector<std::unique_ptr<Node>>;

    void rebuild();

    bool isEdited(const QString &tree) const { return m_edited && m_edited->id == tree; }

    std::unique_ptr<Node> makeTree(const PaasTree &tree);
    std::unique_ptr<Node> makeRole(const PaasTree &tree, const PaasRole &role);
    static void renameKeys(Node &role, const QString &key);
    Node *adopt(Node &parent, std::unique_ptr<Node> child);
    void look();
    void lookAtAll();
    bool updateInstance(const PaasRole &role, Node &instance);
    void rollUpTree(Node &tree);
    void rollUpRole(const PaasTree &tree, Node &role);
    void sortRoles(const QSet<Node *> &roles);
    void rollUp(Node &parent);
    void set(Node &node, Health health, int alive, int total);
    void tellRows(const Node &role, QList<int> rows);
    const PaasRole *roleOf(const Node &node) const;
    QModelIndex indexOf(const Node *node, int column = NameColumn) const;
    const Node *nodeOf(const QModelIndex &index) const;
    QVariant text(const Node &node, int column) const;

    FleetSource &m_source;
    std::unique_ptr<Node> m_root;
    QHash<QString, QList<Node *>> m_instancesByIp;
    std::optional<PaasTree> m_edited;
    QSet<QString> m_changedIps; ///< servers that are to be looked at again
    PacedWork m_looking, m_rebuilding;
    bool m_isBuilding = false; ///< inside a reset nothing else is told
};

/// Which node of its tree an index of the model, or of a model on top of it, shows.
TreePlace treePlaceOf(const QModelIndex &index);

} // namespace Treewarden
