// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/serverconfig.h"

#include "shared/config/alertsparser.h"
#include "shared/config/checkparser.h"
#include "shared/config/configfields.h"
#include "shared/config/configtext.h"
#include "shared/config/controlledparser.h"
#include "shared/config/duplicatekeys.h"
#include "shared/config/intervalsparser.h"
#include "shared/config/probeparameters.h"
#include "shared/config/scheduleparser.h"
#include "shared/config/servicesparser.h"
#include "shared/core/json.h"

#include <QJsonArray>
#include <QSet>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumBytes = 4 << 20, maximumPingHosts = 64;

/// Reads one configuration; each member function reads one field of the hash.
class ServerConfigReader
{
public:
    ServerConfigReader(const QString &ip, const QHash<QByteArray, QByteArray> &hash,
                       ConfigReader reader)
        : m_ip(ip)
        , m_hash(hash)
        , m_reader(reader)
    {
    }

    ParsedConfig read()
    {
        m_config.fields = m_hash;
        if (isSizeSane()) {
            readServices();
            readControlled();
            readSchedule();
            if (const auto intervals = objectField("intervals"))
                m_config.intervals = parseIntervals(*intervals, m_issues);
            readPing();
            jsonField("logs");
            if (m_reader != ConfigReader::Server)
                readAlerts();
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
            m_issues.error({},
                           ConfigText::tr("the configuration of %1 has %2 bytes, more than the %3 "
                                          "that are read: shorten it")
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
        auto value = parseJsonValue(text, ConfigText::tr("this field"), maximumBytes);
        if (!value) {
            m_issues.error(path, value.error().text);
            return std::nullopt;
        }
        for (const QString &duplicate : duplicateKeys(text, path))
            m_issues.error(
                duplicate,
                ConfigText::tr("stands twice, and only the last would count; delete one"));
        return *value;
    }

    std::optional<QJsonObject> objectField(const QByteArray &name)
    {
        const auto value = jsonField(name);
        if (!value)
            return std::nullopt;
        if (!value->isObject()) {
            m_issues.error(QString::fromLatin1(name), ConfigText::tr("must be an object: {…}"));
            return std::nullopt;
        }
        return value->toObject();
    }

    void readServices()
    {
        if (const auto services = objectField("services"))
            m_config.services = parseServices(*services, m_ip, m_protectedRoles, m_issues);
    }

    void readControlled()
    {
        if (const auto controlled = objectField("controlled")) {
            checkControlled(*controlled, m_protectedRoles, m_issues);
            m_config.controlled = *controlled;
        }
    }

    /// After services and controlled, which it is held against.
    void readSchedule()
    {
        const auto value = jsonField("schedule");
        if (value && !value->isArray()) {
            m_issues.error(u"schedule"_s,
                           ConfigText::tr("must be a list of entries: "
                                          "[{\"id\":…,\"cron\":…,\"role\":…,\"instance\":…,"
                                          "\"action\":…}]"));
        } else if (value) {
            m_config.schedule = parseSchedule(
                value->toArray(), {m_config.controlled, m_protectedRoles, m_config.services},
                m_issues);
        }
    }

    void readPing()
    {
        const auto value = jsonField("ping");
        if (!value)
            return;
        const QJsonArray hosts = value->toArray();
        if (!value->isArray() || hosts.size() > maximumPingHosts) {
            m_issues.error(u"ping"_s,
                           ConfigText::tr("must be a list of at most %1 hosts: [\"10.0.0.1\"]")
                               .arg(maximumPingHosts));
            return;
        }
        for (qsizetype i = 0; i < hosts.size(); ++i) {
            const QString host = hosts[i].toString();
            if (isHostName(host))
                m_config.ping << host;
            else
                m_issues.error(
                    u"ping.%1"_s.arg(i),
                    ConfigText::tr("must be an address or a host name such as \"10.0.0.1\""));
        }
        m_config.ping.removeDuplicates();
    }

    /// The field was anybody's before rules had a shape: what is no list is let be.
    void readAlerts()
    {
        const auto value = jsonField("alerts");
        if (value && !value->isArray()) {
            m_issues.warning(u"alerts"_s,
                             ConfigText::tr("is no list of rules, so nothing is judged; write "
                                            "[{\"name\":\"cpu\",\"metric\":\"cpu\","
                                            "\"above\":90}]"));
        } else if (value) {
            m_config.alerts = parseAlerts(value->toArray(), m_issues);
        }
    }

    void readTexts()
    {
        m_config.machineId = QString::fromUtf8(m_hash.value("machine_id")).trimmed();
        if (m_config.machineId.size() > 64)
            m_issues.error(
                u"machine_id"_s,
                ConfigText::tr("must be at most 64 characters: the content of /etc/machine-id"));
        if (m_hash.contains("version")) {
            bool isNumber = false;
            m_config.version = m_hash.value("version").left(20).toLongLong(&isNumber);
            if (!isNumber || m_config.version < 0)
                m_issues.error(u"version"_s, ConfigText::tr("must be a whole number of 0 or more"));
        }
        for (const QByteArray &name : m_hash.keys()) {
            if (!knownConfigFields().contains(QString::fromUtf8(name)))
                m_issues.unknownField({}, QString::fromUtf8(name), knownConfigFields());
        }
    }

    QString m_ip;
    const QHash<QByteArray, QByteArray> &m_hash;
    ConfigReader m_reader;
    ServerConfig m_config;
    QSet<QString> m_protectedRoles;
    ConfigIssues m_issues;
};

} // namespace

ParsedConfig parseServerConfig(const QString &ip, const QHash<QByteArray, QByteArray> &hash,
                               ConfigReader reader)
{
    return ServerConfigReader(ip, hash, reader).read();
}

} // namespace Treewarden
