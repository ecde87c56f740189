// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/paastree.h"

#include "shared/config/configtext.h"
#include "shared/config/duplicatekeys.h"
#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/protocol/role.h"
#include "shared/protocol/serviceid.h"

#include <QJsonArray>
#include <QSet>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestTree = 4 << 20, mostRoles = PaasLimits::roles,
                    mostInstances = PaasLimits::instances, longestTitle = PaasLimits::title;

/// Reads one tree; each member function reads one level of it.
class PaasTreeReader
{
public:
    explicit PaasTreeReader(const QString &expectedId)
        : m_expectedId(expectedId)
    {
    }

    ParsedPaasTree read(const QByteArray &json)
    {
        const auto object = parseJsonObject(json, ConfigText::tr("the tree"), longestTree);
        if (!object)
            return {std::nullopt, {{ConfigIssue::Severity::Error, {}, object.error().text}}};
        for (const QString &path : duplicateKeys(json, {}))
            m_issues.error(
                path, ConfigText::tr("stands twice, and only the last would count; delete one"));
        readTree(*object);
        checkNeeds();
        const bool isWrong = m_issues.hasErrors();
        return {isWrong ? std::nullopt : std::optional(std::move(m_tree)), m_issues.take()};
    }

private:
    void warnUnknown(const QJsonObject &object, const QStringList &known, const QString &path)
    {
        for (const QString &name : object.keys()) {
            if (!known.contains(name))
                m_issues.unknownField(path, name, known);
        }
    }

    /// The text of a member that may be absent.
    QString readText(const QJsonObject &object, const QString &name, const QString &path,
                     const QString &fallback)
    {
        if (!object.contains(name))
            return fallback;
        const QJsonValue value = object[name];
        if (!value.isString() || value.toString().size() > longestTitle)
            m_issues.error(
                memberPath(path, name),
                ConfigText::tr("must be a text of at most %1 characters").arg(longestTitle));
        return value.toString();
    }

    void readTree(const QJsonObject &object)
    {
        warnUnknown(object, {u"id"_s, u"title"_s, u"version"_s, u"roles"_s}, {});
        m_tree.id
            = object.value(u"id"_s).toString(object.contains(u"id"_s) ? QString() : m_expectedId);
        if (!isValidName(m_tree.id))
            m_issues.error(
                u"id"_s,
                ConfigText::tr("must name the platform: use 1 to 64 of A-Z a-z 0-9 _ . -"));
        else if (!m_expectedId.isEmpty() && m_tree.id != m_expectedId)
            m_issues.error(u"id"_s,
                           ConfigText::tr("is '%1', but this is to be '%2'; make them the same")
                               .arg(m_tree.id, m_expectedId));
        m_tree.title = readText(object, u"title"_s, {}, m_tree.id);
        if (object.contains(u"version"_s)) {
            m_tree.version = jsonInteger(object[u"version"_s]).value_or(-1);
            if (m_tree.version < 0)
                m_issues.error(u"version"_s, ConfigText::tr("must be a whole number of 0 or more"));
        }
        const QJsonArray roles = object[u"roles"_s].toArray();
        if (!object[u"roles"_s].isArray() || roles.size() > mostRoles) {
            m_issues.error(
                u"roles"_s,
                ConfigText::tr(
                    "must be a list of at most %1 roles: [{\"role\":\"nginx\",\"instances\":[…]}]")
                    .arg(mostRoles));
            return;
        }
        for (qsizetype i = 0; i < roles.size(); ++i)
            readRole(roles[i], u"roles.%1"_s.arg(i));
    }

    void readRole(const QJsonValue &value, const QString &path)
    {
        const QJsonObject object = value.toObject();
        if (!value.isObject()) {
            m_issues.error(
                path, ConfigText::tr("must be an object: {\"role\":\"nginx\",\"instances\":[…]}"));
            return;
        }
        warnUnknown(object,
                    {u"role"_s, u"group"_s, u"title"_s, u"needs"_s, u"least"_s, u"instances"_s},
                    path);
        PaasRole role;
        role.role = object[u"role"_s].toString();
        if (!isValidName(role.role)) {
            m_issues.error(memberPath(path, u"role"_s),
                           ConfigText::tr("must name the role: use 1 to 64 of A-Z a-z 0-9 _ . -"));
            role.role.clear();
        }
        const Role *known = findRole(role.role);
        role.group = readText(object, u"group"_s, path, known ? known->group : QString());
        role.title = readText(object, u"title"_s, path, known ? known->title : role.role);
        for (const PaasRole &earlier : m_tree.roles) {
            if (!role.role.isEmpty() && earlier.role == role.role && earlier.group == role.group)
                m_issues.error(
                    path,
                    ConfigText::tr(
                        "the role %1 stands twice in the group '%2'; put its instances together")
                        .arg(role.role, oneLine(role.group, 60)));
        }
        readNeeds(object, path, role);
        readInstances(object, path, role);
        readLeast(object, path, role);
        m_tree.roles << role;
    }

    void readNeeds(const QJsonObject &object, const QString &path, PaasRole &role)
    {
        const QString needsPath = memberPath(path, u"needs"_s);
        if (object.contains(u"needs"_s) && !object[u"needs"_s].isArray())
            m_issues.error(needsPath, ConfigText::tr("must be a list of roles: [\"apache\"]"));
        for (const QJsonValue &need : object[u"needs"_s].toArray()) {
            if (isValidName(need.toString()))
                role.needs << need.toString();
            else
                m_issues.error(needsPath,
                               ConfigText::tr("must name roles: use 1 to 64 of A-Z a-z 0-9 _ . -"));
        }
        role.needs.removeDuplicates();
    }

    void readLeast(const QJsonObject &object, const QString &path, PaasRole &role)
    {
        if (!object.contains(u"least"_s))
            return;
        const qint64 least = jsonInteger(object[u"least"_s]).value_or(0);
        if (least < 1 || least > mostInstances) {
            m_issues.error(
                memberPath(path, u"least"_s),
                ConfigText::tr(
                    "must be a whole number of 1 or more: how many instances must live"));
            return;
        }
        role.least = int(least);
        if (!role.instances.isEmpty() && least > role.instances.size()) {
            m_issues.warning(memberPath(path, u"least"_s),
                             ConfigText::tr("asks for %1 living instances of %2, so the role shows "
                                            "died; lower it or add instances")
                                 .arg(least)
                                 .arg(role.instances.size()));
        }
    }

    void readInstances(const QJsonObject &object, const QString &path, PaasRole &role)
    {
        const QString listPath = memberPath(path, u"instances"_s);
        const QJsonArray list = object[u"instances"_s].toArray();
        if (object.contains(u"instances"_s) && !object[u"instances"_s].isArray())
            m_issues.error(
                listPath,
                ConfigText::tr("must be a list: [{\"ip\":\"10.0.0.7\",\"instance\":\"default\"}]"));
        m_instances += list.size();
        if (m_instances > mostInstances) {
            m_issues.error(
                listPath,
                ConfigText::tr("brings the tree above %1 instances; split it").arg(mostInstances));
            return;
        }
        QSet<QString> seen;
        for (qsizetype i = 0; i < list.size(); ++i) {
            const auto instance = readInstance(list[i], memberPath(listPath, QString::number(i)));
            if (!instance)
                continue;
            const QString place = instance->ip + u' ' + instance->instance;
            if (seen.contains(place))
                m_issues.error(memberPath(listPath, QString::number(i)),
                               ConfigText::tr("%1 stands twice; delete one").arg(place));
            seen.insert(place);
            role.instances << *instance;
        }
    }

    std::optional<PaasInstance> readInstance(const QJsonValue &value, const QString &path)
    {
        const QJsonObject object = value.toObject();
        warnUnknown(object, {u"ip"_s, u"instance"_s}, path);
        const auto ip = canonicalIp(object[u"ip"_s].toString());
        const QString name
            = object.contains(u"instance"_s) ? object[u"instance"_s].toString() : u"default"_s;
        if (!ip)
            m_issues.error(memberPath(path, u"ip"_s),
                           ConfigText::tr("must be the address of a server such as \"10.0.0.7\""));
        if (!isValidName(name) || name == allInstances) {
            m_issues.error(memberPath(path, u"instance"_s),
                           ConfigText::tr("must name the instance as the server's configuration "
                                          "does, such as \"default\""));
            return std::nullopt;
        }
        return ip ? std::optional(PaasInstance{*ip, name}) : std::nullopt;
    }

    void checkNeeds()
    {
        QMap<QString, QStringList> graph;
        for (const PaasRole &role : std::as_const(m_tree.roles))
            graph[role.role] += role.needs;
        for (qsizetype i = 0; i < m_tree.roles.size(); ++i) {
            for (const QString &need : std::as_const(m_tree.roles[i].needs)) {
                if (!graph.contains(need)) {
                    m_issues.error(
                        u"roles.%1.needs"_s.arg(i),
                        ConfigText::tr(
                            "%1 needs %2, which is no role of this tree; add it or take it out")
                            .arg(m_tree.roles[i].role, need));
                }
            }
        }
        QSet<QString> done;
        for (const QString &role : graph.keys())
            findCycles(role, graph, {}, done);
    }

    /// Walks what `role` needs; `way` is how it was reached. Each cycle is told once.
    void findCycles(const QString &role, const QMap<QString, QStringList> &graph, QStringList way,
                    QSet<QString> &done)
    {
        if (const qsizetype start = way.indexOf(role); start >= 0) {
            m_issues.error(
                u"roles"_s,
                ConfigText::tr(
                    "%1 is a cycle: a role can't need itself; take one of these needs out")
                    .arg((way.mid(start) << role).join(u" → "_s)));
            return;
        }
        if (done.contains(role))
            return;
        way << role;
        for (const QString &need : graph.value(role))
            findCycles(need, graph, way, done);
        done.insert(role);
    }

    QString m_expectedId;
    PaasTree m_tree;
    qsizetype m_instances = 0;
    ConfigIssues m_issues;
};

} // namespace

ParsedPaasTree parsePaasTree(const QByteArray &json, const QString &id)
{
    return PaasTreeReader(id).read(json);
}

QByteArray toJson(const PaasTree &tree)
{
    JsonWriter writer(1024);
    writer.beginObject()
        .member(u"id", tree.id)
        .member(u"title", tree.title)
        .member(u"version", tree.version);
    writer.key(u"roles").beginArray();
    for (const PaasRole &role : tree.roles) {
        writer.beginObject()
            .member(u"role", role.role)
            .member(u"group", role.group)
            .member(u"title", role.title);
        writer.key(u"needs").beginArray();
        for (const QString &need : role.needs)
            writer.value(need);
        writer.endArray();
        if (role.least != 1)
            writer.member(u"least", role.least);
        writer.key(u"instances").beginArray();
        for (const PaasInstance &instance : role.instances)
            writer.beginObject()
                .member(u"ip", instance.ip)
                .member(u"instance", instance.instance)
                .endObject();
        writer.endArray().endObject();
    }
    writer.endArray().endObject();
    return writer.takeBytes();
}

PaasTree paasTemplate(const QString &id, const QString &title)
{
    PaasTree tree{id, title, 0, {}};
    const QString webServer = u"Web server"_s;
    for (const Role &role : knownRoles()) {
        // The original's tree names what serves; gmond is known because its servers run it.
        if (role.id == u"gmond"_s)
            continue;
        if (role.group == webServer)
            tree.roles << PaasRole{u"nginx"_s, webServer, u"Nginx"_s, {}, 1, {}};
        tree.roles << PaasRole{role.id, role.group, role.title, {}, 1, {}};
    }
    return tree;
}

} // namespace Treewarden
