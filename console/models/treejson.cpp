// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treejson.h"

#include "shared/core/ipaddress.h"
#include "shared/core/json.h"

#include <QHash>
#include <QJsonArray>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

using FieldsByName = QHash<QString, QJsonObject>;

/// `fields` without those that are known, for what is written is known anew.
QJsonObject withoutKnown(QJsonObject fields, const QStringList &known)
{
    for (const QString &name : known)
        fields.remove(name);
    return fields;
}

void addAll(QJsonObject &object, const QJsonObject &fields)
{
    for (auto field = fields.begin(); field != fields.end(); ++field)
        object.insert(field.key(), field.value());
}

QString instanceKey(const QString &role, const PaasInstance &instance)
{
    return role + u'\n' + instance.ip + u'\n' + instance.instance;
}

/// The unknown fields of a stored text.
struct UnknownFields
{
    QJsonObject tree;
    FieldsByName roles; ///< by role and group, and by role alone
    FieldsByName instances; ///< by role, ip and instance
};

void readInstances(const QString &role, const QJsonArray &list, UnknownFields &unknown)
{
    for (const QJsonValue &value : list) {
        const QJsonObject object = value.toObject();
        const QJsonObject rest = withoutKnown(object, {u"ip"_s, u"instance"_s});
        const auto ip = canonicalIp(object[u"ip"_s].toString());
        if (!rest.isEmpty() && ip)
            unknown.instances.insert(
                instanceKey(role, {*ip, object[u"instance"_s].toString(u"default"_s)}), rest);
    }
}

UnknownFields readUnknown(const QByteArray &stored)
{
    UnknownFields unknown;
    const auto object = parseJsonObject(stored, u"paas"_s, 4 << 20);
    if (!object)
        return unknown;
    unknown.tree = withoutKnown(
        *object, {u"id"_s, u"title"_s, u"version"_s, u"roles"_s, u"signer"_s, u"signature"_s});
    for (const QJsonValue &value : (*object)[u"roles"_s].toArray()) {
        const QJsonObject role = value.toObject();
        const QString id = role[u"role"_s].toString();
        const QJsonObject rest = withoutKnown(
            role, {u"role"_s, u"group"_s, u"title"_s, u"needs"_s, u"least"_s, u"instances"_s});
        unknown.roles.insert(id + u'\n' + role[u"group"_s].toString(), rest);
        if (!unknown.roles.contains(id))
            unknown.roles.insert(id, rest);
        readInstances(id, role[u"instances"_s].toArray(), unknown);
    }
    return unknown;
}

QJsonObject roleObject(const PaasRole &role, const UnknownFields &unknown)
{
    QJsonObject object
        = unknown.roles.value(role.role + u'\n' + role.group, unknown.roles.value(role.role));
    QJsonArray instances;
    for (const PaasInstance &instance : role.instances) {
        QJsonObject place = unknown.instances.value(instanceKey(role.role, instance));
        place.insert(u"ip"_s, instance.ip);
        place.insert(u"instance"_s, instance.instance);
        instances.append(place);
    }
    addAll(object,
           {{u"role"_s, role.role},
            {u"group"_s, role.group},
            {u"title"_s, role.title},
            {u"needs"_s, QJsonArray::fromStringList(role.needs)},
            {u"instances"_s, instances}});
    if (role.least != 1)
        object.insert(u"least"_s, role.least);
    return object;
}

} // namespace

QByteArray treeJson(const PaasTree &tree, const QByteArray &stored)
{
    const UnknownFields unknown = readUnknown(stored);
    QJsonObject object = unknown.tree;
    QJsonArray roles;
    for (const PaasRole &role : tree.roles)
        roles.append(roleObject(role, unknown));
    addAll(object,
           {{u"id"_s, tree.id},
            {u"title"_s, tree.title},
            {u"version"_s, tree.version},
            {u"roles"_s, roles}});
    return compactJson(object);
}

} // namespace Treewarden
