// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/serverconfig.h"

#include "shared/config/checkparser.h"
#include "shared/config/configfields.h"
#include "shared/config/controlledparser.h"
#include "shared/config/duplicatekeys.h"
#include "shared/config/intervalsparser.h"
#include "shared/config/probeparameters.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumBytes = 4 << 20, maximumServices = 2000, maximumPingHosts = 64;

/// Reads one configuration; each member function reads one field of the hash.
class ServerConfigReader
{
public:
    ServerConfigReader(const QString &ip, const QHash<QByteArray, QByteArray> &hash)
        : m_ip(ip)
        , m_hash(hash)
    {
    }

    ParsedConfig read()
    {
        m_config.fields = m_hash;
        if (isSizeSane()) {
            readServices();
            readControlled();
            if (const auto intervals = objectField("intervals"))
                m_config.intervals = parseIntervals(*intervals, m_issues);
            readPing();
            for (const char *name : {"schedule", "logs", "alerts"})
                jsonField(name);
            readTexts();
        }
        const bool isWrong = m_issues.hasErrors();
        return {isWrong ? std::nullopt : std::optional(std::move(m_config)), m_issues.take()};
    }

private:
    bool isSizeSane()
    {
        qsizetype bytes = 0;
        for (auto field = m_hash.begin(); field != m_hash.end(); ++field)
            bytes += field.key().size() + field->size();
        if (bytes > maximumBytes) {
            m_issues.error(
                {},
                u"the configuration of %1 has %2 bytes, more than the %3 that are read: shorten it"_s
                    .arg(m_ip)
                    .arg(bytes)
                    .arg(maximumBytes));
        }
        return bytes <= maximumBytes;
    }

    /// The JSON of the field, or nothing when it is absent or broken, which is told.
    std::optional<QJsonValue> jsonField(const QByteArray &name)
    {
        if (!m_hash.contains(name))
            return std::nullopt;
        const QString path = QString::fromLatin1(name);
        const QByteArray text = m_hash.value(name);
        auto value = parseJsonValue(text, u"this field"_s, maximumBytes);
        if (!value) {
            m_issues.error(path, value.error().text);
            return std::nullopt;
        }
        for (const QString &duplicate : duplicateKeys(text, path))
            m_issues.error(duplicate, u"stands twice, and only the last would count; delete one"_s);
        return *value;
    }

    std::optional<QJsonObject> objectField(const QByteArray &name)
    {
        const auto value = jsonField(name);
        if (!value)
            return std::nullopt;
        if (!value->isObject()) {
            m_issues.error(QString::fromLatin1(name), u"must be an object: {…}"_s);
            return std::nullopt;
        }
        return value->toObject();
    }

    void readServices()
    {
        const auto roles = objectField("services").value_or(QJsonObject());
        for (auto role = roles.begin(); role != roles.end(); ++role) {
            const QString path = memberPath(u"services"_s, role.key());
            if (!isValidName(role.key()))
                m_issues.error(path, u"is no name of a role: use 1 to 64 of A-Z a-z 0-9 _ . -"_s);
            else if (!role->isObject())
                m_issues.error(
                    path, u"must be an object: {\"default\":{\"alive\":{\"probe\":\"auto\"}}}"_s);
            else
                readRole(role.key(), role->toObject(), path);
        }
        if (m_config.services.size() > maximumServices) {
            m_issues.error(u"services"_s,
                           u"has %1 services, more than the %2 that one server may have"_s
                               .arg(m_config.services.size())
                               .arg(maximumServices));
        }
        std::sort(
            m_config.services.begin(), m_config.services.end(),
            [](const ServiceDefinition &a, const ServiceDefinition &b) { return a.id < b.id; });
    }

    void readRole(const QString &role, const QJsonObject &instances, const QString &path)
    {
        const QString commonName = allInstances.toString();
        const QJsonObject common = readShape(instances[commonName], memberPath(path, commonName));
        if (common[u"protected"_s].toBool())
            m_protectedRoles.insert(role);
        for (auto instance = instances.begin(); instance != instances.end(); ++instance) {
            if (instance.key() == commonName)
                continue;
            const QString instancePath = memberPath(path, instance.key());
            if (!isValidName(instance.key())) {
                m_issues.error(instancePath,
                               u"is no name of an instance: use 1 to 64 of A-Z a-z 0-9 _ . -"_s);
                continue;
            }
            const QJsonObject own = readShape(instance.value(), instancePath);
            ServiceDefinition service{{role, instance.key()}, {}, {}, false};
            service.isProtected = common[u"protected"_s].toBool() || own[u"protected"_s].toBool();
            service.alive = readCheck(u"alive"_s, own, common, instancePath, service.id);
            service.workload = readCheck(u"workload"_s, own, common, instancePath, service.id);
            m_config.services << service;
        }
    }

    /// The object of one instance, its own fields checked.
    QJsonObject readShape(const QJsonValue &value, const QString &path)
    {
        if (!value.isObject() && !value.isUndefined()) {
            m_issues.error(path, u"must be an object: {\"alive\":{\"probe\":\"auto\"}}"_s);
            return {};
        }
        const QJsonObject object = value.toObject();
        static const QStringList known{u"alive"_s, u"workload"_s, u"protected"_s};
        for (const QString &name : object.keys()) {
            if (!known.contains(name))
                m_issues.unknownField(path, name, known);
        }
        if (object.contains(u"protected"_s) && !object[u"protected"_s].isBool())
            m_issues.error(memberPath(path, u"protected"_s), u"must be true or false"_s);
        return object;
    }

    /// The instance's own check, else the one that `_` gives to all of the role.
    std::optional<Check> readCheck(const QString &kind, const QJsonObject &own,
                                   const QJsonObject &common, const QString &path,
                                   const ServiceId &id)
    {
        const QString checkPath = memberPath(path, kind);
        const QJsonValue value = own.contains(kind) ? own[kind] : common[kind];
        if (!value.isUndefined())
            return parseCheck(value, checkPath, {id, m_ip}, m_issues);
        if (kind == u"alive"_s)
            m_issues.warning(checkPath,
                             u"missing, so the service stays unknown; write {\"probe\":\"…\"}"_s);
        return std::nullopt;
    }

    void readControlled()
    {
        if (const auto controlled = objectField("controlled")) {
            checkControlled(*controlled, m_protectedRoles, m_issues);
            m_config.controlled = *controlled;
        }
    }

    void readPing()
    {
        const auto value = jsonField("ping");
        if (!value)
            return;
        const QJsonArray hosts = value->toArray();
        if (!value->isArray() || hosts.size() > maximumPingHosts) {
            m_issues.error(
                u"ping"_s,
                u"must be a list of at most %1 hosts: [\"10.0.0.1\"]"_s.arg(maximumPingHosts));
            return;
        }
        for (qsizetype i = 0; i < hosts.size(); ++i) {
            const QString host = hosts[i].toString();
            if (isHostName(host))
                m_config.ping << host;
            else
                m_issues.error(u"ping.%1"_s.arg(i),
                               u"must be an address or a host name such as \"10.0.0.1\""_s);
        }
        m_config.ping.removeDuplicates();
    }

    void readTexts()
    {
        m_config.machineId = QString::fromUtf8(m_hash.value("machine_id")).trimmed();
        if (m_config.machineId.size() > 64)
            m_issues.error(u"machine_id"_s,
                           u"must be at most 64 characters: the content of /etc/machine-id"_s);
        if (m_hash.contains("version")) {
            bool isNumber = false;
            m_config.version = m_hash.value("version").left(20).toLongLong(&isNumber);
            if (!isNumber || m_config.version < 0)
                m_issues.error(u"version"_s, u"must be a whole number of 0 or more"_s);
        }
        for (const QByteArray &name : m_hash.keys()) {
            if (!knownConfigFields().contains(QString::fromUtf8(name)))
                m_issues.unknownField({}, QString::fromUtf8(name), knownConfigFields());
        }
    }

    QString m_ip;
    const QHash<QByteArray, QByteArray> &m_hash;
    ServerConfig m_config;
    QSet<QString> m_protectedRoles;
    ConfigIssues m_issues;
};

} // namespace

ParsedConfig parseServerConfig(const QString &ip, const QHash<QByteArray, QByteArray> &hash)
{
    return ServerConfigReader(ip, hash).read();
}

} // namespace Treewarden
