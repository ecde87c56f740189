// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/confighistory.h"

#include "shared/core/json.h"
#include "shared/protocol/keys.h"

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

} // namespace

RedisAnswer<QList<ConfigVersion>> readConfigHistory(RedisSession &redis, const QString &ip)
{
    const auto reply = redis.request(
        {"LRANGE", Keys::serverConfigHistory(ip), QByteArray::number(-Keys::historyLength), "-1"});
    if (!reply)
        return reply.failure();
    QList<ConfigVersion> versions;
    for (const QByteArray &json : reply->toList()) {
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

} // namespace Treewarden
