// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/configversions.h"

#include "shared/core/json.h"
#include "shared/fleet/fleettext.h"
#include "shared/protocol/keys.h"

#include <QJsonArray>
#include <QSet>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

std::optional<ConfigVersion> readVersion(const QByteArray &json)
{
    const auto entry = parseJsonObject(json, u"the history"_s, 16 << 20);
    if (!entry)
        return std::nullopt;
    const auto version = jsonInteger((*entry)[u"version"_s]);
    if (!version)
        return std::nullopt;
    ConfigVersion result{*version,
                         jsonInteger((*entry)[u"timestamp"_s]).value_or(0),
                         (*entry)[u"by"_s].toString(),
                         (*entry)[u"signer"_s].toString(),
                         {}};
    const QJsonObject config = (*entry)[u"config"_s].toObject();
    for (auto field = config.begin(); field != config.end(); ++field)
        result.fields.insert(field.key().toUtf8(), field->toString().toUtf8());
    return result;
}

QString whatText(const QJsonValue &what)
{
    return what.isString() ? what.toString() : QString::fromUtf8(compactJson(what.toObject()));
}

void addActions(const QJsonObject &controlled, QStringList &lines)
{
    for (auto role = controlled.begin(); role != controlled.end(); ++role) {
        const QJsonObject instances = role->toObject();
        for (auto instance = instances.begin(); instance != instances.end(); ++instance) {
            const QJsonObject actions = instance->toObject();
            for (auto action = actions.begin(); action != actions.end(); ++action)
                lines << u"%1 of %2:%3 = %4"_s.arg(action.key(), role.key(), instance.key(),
                                                   whatText(*action));
        }
    }
}

void addTextChecks(const ServiceDefinition &service, QStringList &lines)
{
    for (const std::optional<Check> &check : {service.alive, service.workload}) {
        if (const auto *text = check ? std::get_if<TextCheck>(&*check) : nullptr)
            lines << FleetText::tr("check of %1 = %2").arg(service.id.text(), text->text);
    }
}

void addSchedule(const QByteArray &schedule, QStringList &lines)
{
    const auto entries = parseJsonValue(schedule, u"schedule"_s);
    if (schedule.isEmpty() || !entries)
        return;
    for (const auto &entry : entries->toArray())
        lines << FleetText::tr("schedule: %1").arg(whatText(entry));
}

} // namespace

RedisConnection::Words configHistoryWords(const QString &ip)
{
    return {"LRANGE", Keys::serverConfigHistory(ip), QByteArray::number(-Keys::historyLength),
            "-1"};
}

QList<ConfigVersion> readConfigVersions(const RedisValue &reply)
{
    QList<ConfigVersion> versions;
    for (const QByteArray &json : reply.toList()) {
        if (auto version = readVersion(json))
            versions.prepend(std::move(*version));
    }
    return versions;
}

QStringList changedFields(const ConfigFields &older, const ConfigFields &newer)
{
    static const QList<QByteArray> always{"version", "signer", "signature"};
    QStringList names;
    const QSet<QByteArray> all = [&] {
        const QList<QByteArray> keys = older.keys() + newer.keys();
        return QSet<QByteArray>(keys.begin(), keys.end());
    }();
    for (const QByteArray &name : all) {
        const bool isSame = older.contains(name) == newer.contains(name)
            && older.value(name) == newer.value(name);
        if (!isSame && !always.contains(name))
            names << QString::fromUtf8(name);
    }
    names.sort();
    return names;
}

QStringList whatSigningAllows(const ServerConfig &config)
{
    QStringList lines;
    addActions(config.controlled, lines);
    for (const ServiceDefinition &service : config.services)
        addTextChecks(service, lines);
    addSchedule(config.fields.value("schedule"), lines);
    return lines;
}

bool isSignedWith(const SigningKey &key, const QString &ip, const ConfigFields &fields)
{
    const auto keys = TrustedKeys::parse(key.trustedLine(), u"the key"_s);
    return keys && verifyConfig(ip, fields, *keys);
}

} // namespace Treewarden
