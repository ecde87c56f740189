// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/servicesparser.h"

#include "shared/config/checkparser.h"
#include "shared/config/configtext.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumServices = 2000;

/// Reads the roles of one server.
class ServicesParser
{
public:
    ServicesParser(const QString &ip, ConfigIssues &issues)
        : m_ip(ip)
        , m_issues(issues)
    {
    }

    /// True when the role is protected as a whole.
    bool readRole(const QString &role, const QJsonObject &instances, const QString &path)
    {
        const QString commonName = allInstances.toString();
        QJsonObject common;
        if (instances.contains(commonName))
            common = readInstance(instances[commonName], memberPath(path, commonName))
                         .value_or(QJsonObject());
        for (auto instance = instances.begin(); instance != instances.end(); ++instance) {
            if (instance.key() == commonName)
                continue;
            const QString instancePath = memberPath(path, instance.key());
            if (!isValidName(instance.key())) {
                m_issues.error(
                    instancePath,
                    ConfigText::tr("is no name of an instance: use 1 to 64 of A-Z a-z 0-9 _ . -"));
                continue;
            }
            if (const auto own = readInstance(instance.value(), instancePath))
                addService({role, instance.key()}, *own, common, instancePath);
        }
        return common[u"protected"_s].toBool();
    }

    QList<ServiceDefinition> takeServices()
    {
        if (m_services.size() > maximumServices) {
            m_issues.error(
                u"services"_s,
                ConfigText::tr("has %1 services, more than the %2 that one server may have")
                    .arg(m_services.size())
                    .arg(maximumServices));
        }
        std::sort(
            m_services.begin(), m_services.end(),
            [](const ServiceDefinition &a, const ServiceDefinition &b) { return a.id < b.id; });
        return std::move(m_services);
    }

private:
    /// The object of one instance with its field names checked; nothing when it is none.
    std::optional<QJsonObject> readInstance(const QJsonValue &value, const QString &path)
    {
        if (!value.isObject()) {
            m_issues.error(path,
                           ConfigText::tr("must be an object: {\"alive\":{\"probe\":\"auto\"}}"));
            return std::nullopt;
        }
        const QJsonObject object = value.toObject();
        static const QStringList known{u"alive"_s, u"workload"_s, u"protected"_s};
        for (const QString &name : object.keys()) {
            if (!known.contains(name))
                m_issues.unknownField(path, name, known);
        }
        if (object.contains(u"protected"_s) && !object[u"protected"_s].isBool())
            m_issues.error(memberPath(path, u"protected"_s),
                           ConfigText::tr("must be true or false"));
        return object;
    }

    void addService(const ServiceId &id, const QJsonObject &own, const QJsonObject &common,
                    const QString &path)
    {
        const auto check = [&](const QString &kind) -> std::optional<Check> {
            const QJsonValue value = own.contains(kind) ? own[kind] : common[kind];
            if (value.isUndefined())
                return std::nullopt;
            return parseCheck(value, memberPath(path, kind), {id, m_ip}, m_issues);
        };
        if (!own.contains(u"alive"_s) && !common.contains(u"alive"_s)) {
            m_issues.warning(
                memberPath(path, u"alive"_s),
                ConfigText::tr("missing, so the service stays unknown; write {\"probe\":\"…\"}"));
        }
        const bool isProtected = common[u"protected"_s].toBool() || own[u"protected"_s].toBool();
        m_services << ServiceDefinition{id, check(u"alive"_s), check(u"workload"_s), isProtected};
    }

    QString m_ip;
    ConfigIssues &m_issues;
    QList<ServiceDefinition> m_services;
};

} // namespace

QList<ServiceDefinition> parseServices(const QJsonObject &services, const QString &ip,
                                       QSet<QString> &protectedRoles, ConfigIssues &issues)
{
    ServicesParser parser(ip, issues);
    for (auto role = services.begin(); role != services.end(); ++role) {
        const QString path = memberPath(u"services"_s, role.key());
        if (!isValidName(role.key()))
            issues.error(path,
                         ConfigText::tr("is no name of a role: use 1 to 64 of A-Z a-z 0-9 _ . -"));
        else if (!role->isObject())
            issues.error(path,
                         ConfigText::tr(
                             "must be an object: {\"default\":{\"alive\":{\"probe\":\"auto\"}}}"));
        else if (parser.readRole(role.key(), role->toObject(), path))
            protectedRoles.insert(role.key());
    }
    return parser.takeServices();
}

} // namespace Treewarden
