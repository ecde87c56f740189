// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configbook.h"

#include "console/models/fleetsource.h"
#include "shared/config/controlledparser.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

bool BookedConfig::controls(const ServiceId &service, const QString &action) const
{
    return config && hasAction(config->controlled, service, action);
}

QStringList BookedConfig::actionsOf(const ServiceId &service) const
{
    return config ? controlledActions(config->controlled, service) : QStringList();
}

bool BookedConfig::isProtected(const ServiceId &service) const
{
    if (protectedRoles.contains(service.role))
        return true;
    return config
        && std::any_of(config->services.begin(), config->services.end(),
                       [&](const ServiceDefinition &definition) {
                           return definition.id == service && definition.isProtected;
                       });
}

namespace {

/// The roles of which no instance may be stopped, also those that nobody watches.
QSet<QString> wholeProtectedRoles(const QByteArray &services)
{
    QSet<QString> roles;
    const auto object = parseJsonObject(services, u"services"_s, 4 << 20);
    if (!object)
        return roles;
    for (auto role = object->begin(); role != object->end(); ++role) {
        if (role->toObject().value(allInstances).toObject().value(u"protected").toBool())
            roles << role.key();
    }
    return roles;
}

} // namespace

ConfigBook::ConfigBook(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    connect(&source, &FleetSource::reset, this, &ConfigBook::forgetAll);
    connect(&source, &FleetSource::configChanged, this, [this](const QString &ip) {
        if (m_configs.contains(ip) || m_asked.contains(ip))
            ask(ip);
    });
    connect(&source, &FleetSource::serverRemoved, this, [this](const QString &ip) {
        m_configs.remove(ip);
        m_asked.remove(ip);
    });
}

const BookedConfig *ConfigBook::of(const QString &ip)
{
    const auto found = m_configs.constFind(ip);
    if (found != m_configs.cend())
        return &*found;
    if (!m_asked.contains(ip))
        ask(ip);
    return nullptr;
}

void ConfigBook::ask(const QString &ip)
{
    RedisConnection *connection = m_source.connection();
    if (!connection)
        return;
    m_asked.insert(ip);
    connection->command({"HGETALL", Keys::serverConfig(ip)}, this,
                        [this, ip](const RedisReply &reply) {
                            if (!m_asked.contains(ip))
                                return;
                            if (reply.isOk())
                                take(ip, reply.value.toHash());
                            else
                                m_asked.remove(ip); // the next look asks again
                        });
}

void ConfigBook::take(const QString &ip, const QHash<QByteArray, QByteArray> &fields)
{
    m_asked.remove(ip);
    BookedConfig &booked = m_configs[ip];
    booked = {};
    const ParsedConfig parsed = parseServerConfig(ip, fields);
    booked.config = parsed.config;
    booked.protectedRoles = wholeProtectedRoles(fields.value("services"));
    booked.isSigned = !fields.value("signature").isEmpty();
    if (fields.isEmpty())
        booked.trouble = tr("It has no configuration.");
    else if (!parsed.config)
        booked.trouble = oneLine(parsed.errorText(), 300);
    Q_EMIT changed(ip);
}

/// After a gap nothing is certain; what is looked at is asked for again.
void ConfigBook::forgetAll()
{
    m_asked.clear();
    const QStringList known = m_configs.keys();
    m_configs.clear();
    for (const QString &ip : known)
        Q_EMIT changed(ip);
}

} // namespace Treewarden
