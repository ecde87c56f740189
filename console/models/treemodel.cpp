// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treemodel.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/grouptext.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct TreeModel::Node
{
    Kind kind = Kind::Tree;
    Node *parent = nullptr;
    int row = 0;
    int order = 0; ///< as the tree names it
    qsizetype place = 0; ///< of a role in its tree
    Nodes children;
    QString key, tree, group, role, ip, instance, title;
    Health health = Health::Unknown;
    int alive = 0, total = 0;
    qint64 since = 0;
};

TreeModel::TreeModel(FleetSource &source, QObject *parent)
    : QAbstractItemModel(parent)
    , m_source(source)
    , m_root(std::make_unique<Node>())
    , m_flushing(100ms, [this] { flush(); })
{
    connect(&source, &FleetSource::reset, this, &TreeModel::rebuild);
    connect(&source, &FleetSource::treesChanged, this, &TreeModel::rebuild);
    connect(&source, &FleetSource::maintenanceChanged, this, &TreeModel::refresh);
    for (const auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved}) {
        connect(&source, signal, this, [this](const QString &ip) {
            const auto trees = m_treesByIp.constFind(ip);
            if (trees == m_treesByIp.cend())
                return;
            m_dirty |= *trees;
            m_changedIps.insert(ip);
            m_flushing.ask();
        });
    }
    rebuild();
}

TreeModel::~TreeModel() = default;

void TreeModel::rebuild()
{
    beginResetModel();
    m_isBuilding = m_areAllChanged = true;
    m_root = std::make_unique<Node>();
    m_treesByIp.clear();
    for (const PaasTree &tree : m_source.state().trees)
        adopt(*m_root, makeTree(isEdited(tree.id) ? *m_edited : tree));
    if (m_edited && !m_source.state().trees.contains(m_edited->id))
        adopt(*m_root, makeTree(*m_edited));
    for (const auto &tree : m_root->children)
        update(*tree);
    m_isBuilding = m_areAllChanged = false;
    m_dirty.clear();
    m_changedIps.clear();
    endResetModel();
    Q_EMIT updated();
}

void TreeModel::setEdited(const std::optional<PaasTree> &tree)
{
    if (!tree && !m_edited)
        return;
    m_edited = tree;
    rebuild();
}

const PaasTree *TreeModel::tree(const QString &id) const
{
    if (isEdited(id))
        return &*m_edited;
    const auto found = m_source.state().trees.constFind(id);
    return found == m_source.state().trees.cend() ? nullptr : &*found;
}

TreeModel::Node *TreeModel::adopt(Node &parent, std::unique_ptr<Node> child)
{
    child->parent = &parent;
    child->row = child->order = int(parent.children.size());
    parent.children.push_back(std::move(child));
    return parent.children.back().get();
}

std::unique_ptr<TreeModel::Node> TreeModel::makeTree(const PaasTree &tree)
{
    auto top = std::make_unique<Node>();
    top->key = top->tree = tree.id;
    top->title = oneLine(tree.title.isEmpty() ? tree.id : tree.title, 64);
    QHash<QString, Node *> groups;
    QSet<QString> seen;
    for (const PaasRole &role : tree.roles) {
        Node *&group = groups[role.group];
        if (role.group.isEmpty())
            group = top.get();
        if (!group) {
            auto made = std::make_unique<Node>();
            made->kind = Kind::Group;
            made->tree = tree.id;
            made->group = role.group;
            made->key = tree.id + u"//"_s + role.group;
            made->title = oneLine(groupText(role.group), 64);
            group = adopt(*top, std::move(made));
        }
        Node *made = adopt(*group, makeRole(tree, role));
        made->place = &role - tree.roles.constData();
        if (seen.contains(role.role))
            renameKeys(*made, made->key + u'@' + role.group); // it stands in another group too
        seen.insert(role.role);
    }
    return top;
}

void TreeModel::renameKeys(Node &role, const QString &key)
{
    for (const auto &child : role.children)
        child->key = key + child->key.mid(role.key.size());
    role.key = key;
}

std::unique_ptr<TreeModel::Node> TreeModel::makeRole(const PaasTree &tree, const PaasRole &role)
{
    auto node = std::make_unique<Node>();
    node->kind = Kind::Role;
    node->tree = tree.id;
    node->role = role.role;
    node->group = role.group;
    node->key = tree.id + u'/' + role.role;
    node->title = roleTitle(role);
    for (const PaasInstance &instance : role.instances) {
        auto leaf = std::make_unique<Node>();
        leaf->kind = Kind::Instance;
        leaf->tree = tree.id;
        leaf->role = role.role;
        leaf->group = role.group;
        leaf->ip = instance.ip;
        leaf->instance = instance.instance;
        leaf->key = node->key + u'/' + instance.ip + u'/' + instance.instance;
        leaf->title = serviceName(role.role, instance.instance);
        adopt(*node, std::move(leaf));
        m_treesByIp[instance.ip].insert(tree.id);
    }
    return node;
}

void TreeModel::refresh()
{
    for (const auto &tree : m_root->children)
        m_dirty.insert(tree->tree);
    m_areAllChanged = true;
    m_flushing.doNow();
}

void TreeModel::flush()
{
    const QSet<QString> dirty = std::exchange(m_dirty, {});
    for (const auto &tree : m_root->children) {
        if (dirty.contains(tree->tree))
            update(*tree);
    }
    m_changedIps.clear();
    m_areAllChanged = false;
    if (!dirty.isEmpty())
        Q_EMIT updated();
}

void TreeModel::update(Node &top)
{
    const PaasTree *tree = this->tree(top.tree);
    if (!tree)
        return;
    for (const auto &child : top.children) {
        if (child->kind == Kind::Role) {
            updateRole(*tree, *child);
            continue;
        }
        for (const auto &role : child->children)
            updateRole(*tree, *role);
        rollUp(*child);
    }
    rollUp(top);
    set(top, treeHealth(m_source.state(), *tree, m_source.now()), top.alive, top.total, 0);
}

void TreeModel::updateRole(const PaasTree &tree, Node &node)
{
    const PaasRole *role = node.place < tree.roles.size() ? &tree.roles[node.place] : nullptr;
    if (!role || role->role != node.role || role->group != node.group)
        return; // another tree: it is built anew soon
    const RoleHealth health = roleHealth(m_source.state(), tree, *role, m_source.now());
    for (const auto &instance : node.children)
        if (m_areAllChanged || m_changedIps.contains(instance->ip))
            updateInstance(*role, *instance);
    if (!isEdited(tree.id))
        sortInstances(node);
    set(node, health.health, health.alive, health.total, 0);
}

void TreeModel::updateInstance(const PaasRole &role, Node &node)
{
    const FleetState &state = m_source.state();
    const Health health = instanceHealth(state, role, {node.ip, node.instance}, m_source.now());
    qint64 since = 0;
    if (const auto server = state.servers.constFind(node.ip); server != state.servers.cend()) {
        if (!server->alive.value_or(false))
            since = server->since;
        else if (const auto service = server->services.constFind({node.role, node.instance});
                 service != server->services.cend())
            since = service->state.since;
    }
    set(node, health, health == Health::Alive, 1, since);
}

/// Those that are not alive first, otherwise as the tree names them. What is selected or expanded
/// stays so.
void TreeModel::sortInstances(Node &role)
{
    const auto before = [](const std::unique_ptr<Node> &a, const std::unique_ptr<Node> &b) {
        return a->health != b->health ? a->health > b->health : a->order < b->order;
    };
    if (std::is_sorted(role.children.begin(), role.children.end(), before))
        return;
    const QList<QPersistentModelIndex> parents{m_isBuilding ? QModelIndex() : indexOf(&role)};
    if (!m_isBuilding)
        Q_EMIT layoutAboutToBeChanged(parents);
    std::sort(role.children.begin(), role.children.end(), before);
    for (size_t i = 0; i < role.children.size(); ++i)
        role.children[i]->row = int(i);
    if (m_isBuilding)
        return;
    for (const QModelIndex &old : persistentIndexList()) {
        if (const Node *node = nodeOf(old); node->parent == &role)
            changePersistentIndex(old, indexOf(node, old.column()));
    }
    Q_EMIT layoutChanged(parents);
}

/// The worst of the children; those without any instance don't count.
void TreeModel::rollUp(Node &parent)
{
    std::optional<Health> worst;
    int alive = 0, total = 0;
    for (const auto &child : parent.children) {
        alive += child->alive;
        total += child->total;
        if (child->total > 0)
            worst = std::max(worst.value_or(child->health), child->health);
    }
    set(parent, worst.value_or(Health::Unknown), alive, total, 0);
}

void TreeModel::set(Node &node, Health health, int alive, int total, qint64 since)
{
    const bool isSame = node.health == health && node.alive == alive && node.total == total
        && node.since == since;
    node.health = health;
    node.alive = alive;
    node.total = total;
    node.since = since;
    // Ages grow although nothing changed.
    if (!m_isBuilding && (!isSame || since > 0))
        Q_EMIT dataChanged(indexOf(&node), indexOf(&node, ColumnCount - 1));
}

QModelIndex TreeModel::indexOf(const Node *node, int column) const
{
    return node == m_root.get() || !node ? QModelIndex() : createIndex(node->row, column, node);
}

const TreeModel::Node *TreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<const Node *>(index.constInternalPointer()) : m_root.get();
}

QModelIndex TreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (parent.column() > 0 || row < 0 || column < 0 || column >= ColumnCount)
        return {};
    const Node *node = nodeOf(parent);
    return size_t(row) < node->children.size() ? indexOf(node->children[size_t(row)].get(), column)
                                               : QModelIndex();
}

QModelIndex TreeModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(nodeOf(child)->parent) : QModelIndex();
}

int TreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int TreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant TreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(node, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter
                   | (index.column() == AliveColumn || index.column() == SinceColumn
                          ? Qt::AlignRight
                          : Qt::AlignLeft));
    case HealthRole:
        return int(node.health);
    case KindRole:
        return int(node.kind);
    case KeyRole:
        return node.key;
    case TreeRole:
        return node.tree;
    case RoleRole:
        return node.role;
    case IpRole:
        return node.ip;
    case InstanceRole:
        return node.instance;
    case GroupRole:
        return node.group;
    default:
        return {};
    }
}

QVariant TreeModel::text(const Node &node, int column) const
{
    const bool isInstance = node.kind == Kind::Instance;
    switch (column) {
    case NameColumn:
        return node.title;
    case StateColumn:
        return node.kind != Kind::Instance && node.total == 0 ? u"–"_s : healthText(node.health);
    case AliveColumn:
        return isInstance     ? QString()
            : node.total == 0 ? u"–"_s
                              : aliveText(node.alive, node.total);
    case ServerColumn:
        return isInstance ? serverText(m_source.state(), node.ip) : QString();
    case SinceColumn:
        return !isInstance   ? QString()
            : node.since > 0 ? formatDuration(m_source.now() - node.since)
                             : u"–"_s;
    default:
        return {};
    }
}

Qt::ItemFlags TreeModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (!index.isValid() || !m_edited)
        return flags;
    const Node &node = *nodeOf(index);
    const bool isDragged
        = isEdited(node.tree) && (node.kind == Kind::Role || node.kind == Kind::Instance);
    return isDragged ? flags | Qt::ItemIsDragEnabled : flags;
}

QVariant TreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(
            Qt::AlignVCenter
            | (section == AliveColumn || section == SinceColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case StateColumn:
        return tr("State");
    case AliveColumn:
        return tr("Alive");
    case ServerColumn:
        return tr("Server");
    case SinceColumn:
        return tr("Since");
    default:
        return {};
    }
}

QModelIndex TreeModel::indexOfTree(const QString &id) const
{
    return indexOfKey(id);
}

QModelIndex TreeModel::indexOfKey(const QString &key) const
{
    const auto search = [&](const auto &self, const Node &node) -> const Node * {
        for (const auto &child : node.children) {
            if (child->key == key)
                return child.get();
            if (const Node *found = self(self, *child))
                return found;
        }
        return nullptr;
    };
    return indexOf(search(search, *m_root));
}

TreePlace treePlaceOf(const QModelIndex &index)
{
    TreePlace place;
    place.kind = TreePlace::Kind(index.data(TreeModel::KindRole).toInt());
    place.role
        = {index.data(TreeModel::RoleRole).toString(), index.data(TreeModel::GroupRole).toString()};
    place.instance = {index.data(TreeModel::IpRole).toString(),
                      index.data(TreeModel::InstanceRole).toString()};
    return place;
}

} // namespace Treewarden
