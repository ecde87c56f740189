// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treepalettemodel.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/treechangetext.h"
#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/protocol/role.h"
#include "shared/protocol/serviceid.h"

#include <QJsonArray>
#include <QMimeData>
#include <QSet>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

TreePaletteModel::TreePaletteModel(FleetSource &source, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(source)
{
    for (const auto signal : {&FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(&source, signal, this, [this] { m_ips.clear(); });
    connect(&source, &FleetSource::reset, this, [this] { m_ips.clear(); });
}

void TreePaletteModel::setContent(Content content)
{
    m_content = content;
    refresh();
}

void TreePaletteModel::setFilter(const QString &text)
{
    m_filter = text.trimmed();
    refresh();
}

void TreePaletteModel::setTree(const PaasTree &tree, const QString &role)
{
    m_tree = tree;
    m_role = role;
    refresh();
}

void TreePaletteModel::refresh()
{
    m_hidden = 0;
    QList<Entry> entries = m_content == Content::Roles ? roleEntries() : serviceEntries();
    if (entries == m_entries)
        return;
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

bool TreePaletteModel::matches(const QString &text) const
{
    return m_filter.isEmpty() || text.contains(m_filter, Qt::CaseInsensitive);
}

/// The original's tree: its groups with their roles.
QList<TreePaletteModel::Entry> TreePaletteModel::roleEntries() const
{
    QList<Entry> entries;
    QString group;
    const QList<PaasRole> roles = paasTemplate({}, {}).roles;
    for (const PaasRole &role : roles) {
        if (!matches(role.title) && !matches(role.role) && !matches(groupTitle(role.group)))
            continue;
        if (role.group != group)
            entries.append({groupTitle(role.group), {}, std::nullopt, false});
        group = role.group;
        const TreeDrag drag{
            TreeDrag::Kind::NewRole, role.role, {}, {TreePlace::Kind::Role, placeOf(role), {}}};
        entries.append({role.title, role.role, drag, roleAt(m_tree, placeOf(role)) != nullptr});
    }
    return entries;
}

/// Servers with their services; those of the wanted role first.
QList<TreePaletteModel::Entry> TreePaletteModel::serviceEntries()
{
    QSet<std::pair<QString, ServiceId>> used;
    for (const PaasRole &role : std::as_const(m_tree.roles)) {
        for (const PaasInstance &instance : role.instances)
            used.insert({instance.ip, {role.role, instance.instance}});
    }
    const FleetState &state = m_source.state();
    if (m_ips.isEmpty()) {
        m_ips = state.servers.keys();
        std::sort(m_ips.begin(), m_ips.end(), ipLessThan);
    }
    QList<Entry> first, others;
    for (const QString &ip : std::as_const(m_ips)) {
        const auto found = state.servers.constFind(ip);
        if (found == state.servers.cend())
            continue;
        const FleetServer &server = *found;
        const QString name = serverText(state, ip);
        const bool isFull = others.size() >= mostEntries;
        if (!isFull && (matches(name) || matches(ip)))
            others.append({name, ip, TreeDrag{TreeDrag::Kind::Server, {}, {ip, {}}, {}}, false});
        for (const FleetService &service : server.services) {
            if (isFull && m_filter.isEmpty() && service.id.role != m_role) {
                ++m_hidden;
                continue;
            }
            const QString text = serviceName(service.id.role, service.id.instance);
            if (!matches(text) && !matches(name) && !matches(ip))
                continue;
            QList<Entry> &list = service.id.role == m_role ? first : others;
            if (list.size() >= mostEntries) {
                ++m_hidden;
                continue;
            }
            list.append(
                {text, name,
                 TreeDrag{TreeDrag::Kind::Service, service.id.role, {ip, service.id.instance}, {}},
                 used.contains({ip, service.id})});
        }
    }
    std::stable_partition(first.begin(), first.end(),
                          [](const Entry &entry) { return !entry.isUsed; });
    if (!first.isEmpty() && !others.isEmpty())
        others.prepend({tr("Other services"), {}, std::nullopt, false});
    first += others;
    if (first.size() > mostEntries) {
        m_hidden += first.size() - mostEntries;
        first.resize(mostEntries);
    }
    return first;
}

std::optional<TreeDrag> TreePaletteModel::dragOf(const QModelIndex &index) const
{
    return index.isValid() ? m_entries.value(index.row()).drag : std::nullopt;
}

int TreePaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant TreePaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case Qt::AccessibleTextRole:
        return entry.note.isEmpty() ? entry.text : tr("%1, %2").arg(entry.text, entry.note);
    case NoteRole:
        return entry.note;
    case UsedRole:
        return entry.isUsed;
    case HeadingRole:
        return !entry.drag.has_value();
    default:
        return {};
    }
}

Qt::ItemFlags TreePaletteModel::flags(const QModelIndex &index) const
{
    if (!dragOf(index))
        return index.isValid() ? Qt::ItemIsEnabled : Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled
        | Qt::ItemNeverHasChildren;
}

QStringList TreePaletteModel::mimeTypes() const
{
    return {treeDragFormat()};
}

QMimeData *TreePaletteModel::mimeData(const QModelIndexList &indexes) const
{
    const auto drag = dragOf(indexes.value(0));
    if (!drag)
        return nullptr;
    auto *data = new QMimeData;
    data->setData(treeDragFormat(), toBytes(*drag));
    return data;
}

static QJsonObject nodeJson(const TreePlace &node)
{
    return {{u"kind"_s, int(node.kind)},
            {u"role"_s, node.role.role},
            {u"group"_s, node.role.group},
            {u"ip"_s, node.instance.ip},
            {u"instance"_s, node.instance.instance}};
}

static std::optional<TreePlace> nodeOf(const QJsonObject &json)
{
    const qint64 kind = jsonInteger(json[u"kind"_s]).value_or(-1);
    if (kind < 0 || kind > qint64(TreePlace::Kind::Instance))
        return std::nullopt;
    return TreePlace{TreePlace::Kind(kind),
                     {json[u"role"_s].toString(), json[u"group"_s].toString()},
                     {json[u"ip"_s].toString(), json[u"instance"_s].toString()}};
}

QString treeDragFormat()
{
    return u"application/x-treewarden-tree"_s;
}

QByteArray toBytes(const TreeDrag &drag)
{
    QJsonArray nodes{nodeJson(drag.node)};
    for (const TreePlace &other : drag.others)
        nodes.append(nodeJson(other));
    return compactJson({{u"kind"_s, int(drag.kind)},
                        {u"role"_s, drag.role},
                        {u"ip"_s, drag.instance.ip},
                        {u"instance"_s, drag.instance.instance},
                        {u"nodes"_s, nodes}});
}

std::optional<TreeDrag> parseTreeDrag(const QByteArray &bytes)
{
    const auto object = parseJsonObject(bytes, treeDragFormat(), 1 << 20);
    const qint64 kind = object ? jsonInteger((*object)[u"kind"_s]).value_or(-1) : -1;
    if (kind < 0 || kind > qint64(TreeDrag::Kind::Node))
        return std::nullopt;
    QList<TreePlace> nodes;
    const QJsonArray given = (*object)[u"nodes"_s].toArray();
    for (const QJsonValue &one : given) {
        const auto node = nodeOf(one.toObject());
        if (!node)
            return std::nullopt;
        nodes << *node;
    }
    if (nodes.isEmpty())
        return std::nullopt;
    const auto text = [&](QStringView name) { return (*object)[name].toString(); };
    return TreeDrag{TreeDrag::Kind(kind),
                    text(u"role"),
                    {text(u"ip"), text(u"instance")},
                    nodes.first(),
                    nodes.mid(1)};
}

} // namespace Treewarden
