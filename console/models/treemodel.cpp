// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treemodel.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/grouptext.h"
#include "shared/fleet/rolecount.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostRuns = 20; ///< of changed rows, that are told one by one

} // namespace

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
    RoleCount count; ///< of a role
    bool isHeard = false; ///< of an instance
};

TreeModel::TreeModel(FleetSource &source, QObject *parent)
    : QAbstractItemModel(parent)
    , m_source(source)
    , m_root(std::make_unique<Node>())
    , m_looking(100ms, [this] { look(); })
    , m_rebuilding(0ms, [this] { rebuild(); })
{
    connect(&source, &FleetSource::reset, this,
            [this] { m_rebuilding.doIn(pauseUntil(0, m_source.state().servers.size())); });
    connect(&source, &FleetSource::treesChanged, this, &TreeModel::rebuild);
    connect(&source, &FleetSource::maintenanceChanged, this, &TreeModel::refresh);
    for (const auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved}) {
        connect(&source, signal, this, [this](const QString &ip) {
            if (!m_instancesByIp.contains(ip))
                return;
            m_changedIps.insert(ip);
            m_looking.ask();
        });
    }
    rebuild();
}

TreeModel::~TreeModel() = default;

void TreeModel::rebuild()
{
    beginResetModel();
    m_isBuilding = true;
    m_instancesByIp.clear();
    m_changedIps.clear();
    m_root = std::make_unique<Node>();
    for (const PaasTree &tree : m_source.state().trees)
        adopt(*m_root, makeTree(isEdited(tree.id) ? *m_edited : tree));
    if (m_edited && !m_source.state().trees.contains(m_edited->id))
        adopt(*m_root, makeTree(*m_edited));
    lookAtAll();
    m_isBuilding = false;
    endResetModel();
    Q_EMIT updated();
}

void TreeModel::setWatched(bool isWatched)
{
    m_rebuilding.setHeld(!isWatched);
    m_looking.setHeld(!isWatched);
}

void TreeModel::catchUp()
{
    const bool isHeld = m_rebuilding.isHeld();
    m_rebuilding.setHeld(false);
    m_rebuilding.setHeld(isHeld);
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
        m_instancesByIp[instance.ip] << adopt(*node, std::move(leaf));
        node->count.add(Health::Unknown, false);
    }
    return node;
}

void TreeModel::refresh()
{
    m_changedIps.clear();
    lookAtAll();
    m_looking.doNow();
    Q_EMIT updated();
}

/// At the instances on the servers that changed; what stands above them follows.
void TreeModel::look()
{
    const QSet<QString> ips = std::exchange(m_changedIps, {});
    if (ips.isEmpty())
        return;
    QHash<Node *, QList<int>> changed;
    QSet<Node *> roles, trees;
    for (const QString &ip : ips) {
        for (Node *instance : m_instancesByIp.value(ip)) {
            const PaasRole *role = roleOf(*instance->parent);
            if (!role || !updateInstance(*role, *instance))
                continue;
            changed[instance->parent] << instance->row;
            roles << instance->parent;
            Node *top = instance->parent;
            while (top->kind != Kind::Tree)
                top = top->parent;
            trees << top;
        }
    }
    for (auto it = changed.cbegin(); it != changed.cend(); ++it)
        tellRows(*it.key(), it.value());
    sortRoles(roles);
    for (Node *tree : std::as_const(trees))
        rollUpTree(*tree);
    Q_EMIT updated();
}

void TreeModel::lookAtAll()
{
    QSet<Node *> roles;
    const auto lookAt = [&](const auto &self, Node &node) -> void {
        const PaasRole *role = node.kind == Kind::Role ? roleOf(node) : nullptr;
        QList<int> changed;
        for (const auto &child : node.children) {
            if (child->kind != Kind::Instance)
                self(self, *child);
            else if (role && updateInstance(*role, *child))
                changed << child->row;
        }
        if (changed.isEmpty())
            return;
        tellRows(node, changed);
        roles << &node;
    };
    for (const auto &tree : m_root->children)
        lookAt(lookAt, *tree);
    sortRoles(roles);
    for (const auto &tree : m_root->children)
        rollUpTree(*tree);
}

void TreeModel::rollUpTree(Node &top)
{
    const PaasTree *tree = this->tree(top.tree);
    if (!tree)
        return;
    for (const auto &child : top.children) {
        if (child->kind == Kind::Role) {
            rollUpRole(*tree, *child);
            continue;
        }
        for (const auto &role : child->children)
            rollUpRole(*tree, *role);
        rollUp(*child);
    }
    rollUp(top);
    if (isInMaintenance(m_source.state(), u"paas/"_s + tree->id, m_source.now()))
        set(top, Health::Maintenance, top.alive, top.total);
}

/// What the source's tree says of a role, or nullptr when that is another one by now: then it is
/// built anew soon.
const PaasRole *TreeModel::roleOf(const Node &node) const
{
    const PaasTree *tree = this->tree(node.tree);
    const PaasRole *role
        = tree && node.place < tree->roles.size() ? &tree->roles[node.place] : nullptr;
    return role && role->role == node.role && role->group == node.group ? role : nullptr;
}

void TreeModel::rollUpRole(const PaasTree &tree, Node &node)
{
    const PaasRole *role = roleOf(node);
    if (!role)
        return;
    const bool isExcused = isInMaintenance(m_source.state(), tree, *role, m_source.now());
    set(node, isExcused ? Health::Maintenance : node.count.health(role->least), node.count.alive,
        node.count.total);
}

/// Tells whether it is another one than before.
bool TreeModel::updateInstance(const PaasRole &role, Node &node)
{
    const FleetState &state = m_source.state();
    const PaasInstance instance{node.ip, node.instance};
    const Health health = instanceHealth(state, role, instance, m_source.now());
    const bool isNowHeard = isHeard(state, instance, health);
    qint64 since = 0;
    if (const auto server = state.servers.constFind(node.ip); server != state.servers.cend()) {
        if (!server->alive.value_or(false))
            since = server->since;
        else if (const auto service = server->services.constFind({node.role, node.instance});
                 service != server->services.cend())
            since = service->state.since;
    }
    node.total = 1;
    if (health == node.health && isNowHeard == node.isHeard && since == node.since)
        return false;
    node.parent->count.add(node.health, node.isHeard, -1);
    node.parent->count.add(health, isNowHeard);
    node.health = health;
    node.alive = health == Health::Alive;
    node.isHeard = isNowHeard;
    node.since = since;
    return true;
}

/// Neighbours together; when there are many, all between the first and the last at once: a view
/// looks for every one of them.
void TreeModel::tellRows(const Node &role, QList<int> rows)
{
    if (m_isBuilding)
        return;
    std::sort(rows.begin(), rows.end());
    QList<std::pair<int, int>> runs;
    for (const int row : std::as_const(rows)) {
        if (!runs.isEmpty() && (runs.last().second + 1 >= row || runs.size() > mostRuns))
            runs.last().second = row;
        else
            runs.append({row, row});
    }
    if (runs.size() > mostRuns)
        runs = {{rows.first(), rows.last()}};
    const QModelIndex parent = indexOf(&role);
    for (const auto &[first, last] : std::as_const(runs))
        Q_EMIT dataChanged(index(first, 0, parent), index(last, ColumnCount - 1, parent));
}

/// Those that are not alive first, otherwise as the tree names them. What is selected or expanded
/// stays so. All roles at once: a view lays out everything anew.
void TreeModel::sortRoles(const QSet<Node *> &roles)
{
    const auto before = [](const std::unique_ptr<Node> &a, const std::unique_ptr<Node> &b) {
        return a->health != b->health ? a->health > b->health : a->order < b->order;
    };
    QSet<const Node *> moved;
    QList<QPersistentModelIndex> parents;
    for (Node *role : roles) {
        if (isEdited(role->tree)
            || std::is_sorted(role->children.begin(), role->children.end(), before))
            continue;
        moved << role;
        if (!m_isBuilding)
            parents << indexOf(role);
    }
    if (moved.isEmpty())
        return;
    if (!m_isBuilding)
        Q_EMIT layoutAboutToBeChanged(parents);
    for (Node *role : roles) {
        if (!moved.contains(role))
            continue;
        std::sort(role->children.begin(), role->children.end(), before);
        for (size_t i = 0; i < role->children.size(); ++i)
            role->children[i]->row = int(i);
    }
    if (m_isBuilding)
        return;
    for (const QModelIndex &old : persistentIndexList()) {
        if (const Node *node = nodeOf(old); moved.contains(node->parent))
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
    set(parent, worst.value_or(Health::Unknown), alive, total);
}

void TreeModel::set(Node &node, Health health, int alive, int total)
{
    if (node.health == health && node.alive == alive && node.total == total)
        return;
    node.health = health;
    node.alive = alive;
    node.total = total;
    if (!m_isBuilding)
        Q_EMIT dataChanged(indexOf(&node), indexOf(&node, ColumnCount - 1));
}

int TreeModel::sickRoles(const QString &tree) const
{
    int sick = 0;
    const auto count = [&sick](const auto &self, const Node &node) -> void {
        sick += node.kind == Kind::Role && node.total > 0 && node.health != Health::Alive;
        if (node.kind != Kind::Role)
            for (const auto &child : node.children)
                self(self, *child);
    };
    if (const QModelIndex top = indexOfTree(tree); top.isValid())
        count(count, *nodeOf(top));
    return sick;
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
            if (child->kind == Kind::Role && !key.startsWith(child->key))
                continue; // none of its instances
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
