// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/configstore.h"

#include "agent/executor/safefile.h"
#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QDebug>
#include <QDir>
#include <QFile>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestConfigFile = 16 << 20;
constexpr qsizetype mostAddresses = 16;

QJsonObject toJsonObject(const ConfigFields &fields)
{
    QJsonObject object;
    for (auto field = fields.begin(); field != fields.end(); ++field)
        object[QString::fromUtf8(field.key())] = QString::fromLatin1(field->toBase64());
    return object;
}

ConfigFields fieldsOf(const QJsonObject &object)
{
    ConfigFields fields;
    for (auto field = object.begin(); field != object.end(); ++field)
        fields.insert(field.key().toUtf8(), QByteArray::fromBase64(field->toString().toLatin1()));
    return fields;
}

} // namespace

ConfigStore::ConfigStore(QString folder, QString machineId, LocalRules &rules)
    : m_folder(std::move(folder))
    , m_machineId(std::move(machineId))
    , m_rules(rules)
{
}

QString ConfigStore::pathOf(const QString &ip) const
{
    return m_folder + u"/config-"_s + ip;
}

QStringList ConfigStore::load()
{
    QStringList complaints;
    const QDir folder(m_folder);
    for (const QString &name : folder.entryList({u"config-*"_s}, QDir::Files)) {
        if (!isCanonicalIp(name.section(u'-', 1)))
            continue;
        if (const auto read = readFile(folder.filePath(name)); !read)
            complaints << read.error().text;
    }
    return complaints;
}

Result<void> ConfigStore::readFile(const QString &path)
{
    const auto bytes = readOwnFile(path, longestConfigFile);
    if (!bytes)
        return bytes.error();
    const auto object = parseJsonObject(bytes->value_or(QByteArray()), path, longestConfigFile);
    if (!object)
        return object.error();
    const QString ip = object->value(u"ip").toString();
    if (pathOf(ip) != path)
        return Error{u"%1 is no configuration that was kept here"_s.arg(path)};
    Kept kept;
    kept.fields = fieldsOf(object->value(u"fields").toObject());
    kept.acceptedAt = jsonInteger(object->value(u"accepted")).value_or(0);
    kept.isRetired = object->value(u"retired").toBool();
    const ParsedConfig parsed = parseServerConfig(ip, kept.fields, ConfigReader::Server);
    if (parsed.config) {
        kept.config = *parsed.config;
    } else {
        kept.trouble = u"%1: %2"_s.arg(path, oneLine(parsed.errorText()));
        kept.config.version = kept.fields.value("version").toLongLong();
    }
    m_kept.insert(ip, kept);
    return kept.trouble.isEmpty() ? Result<void>() : Error{kept.trouble};
}

Result<ConfigStore::Kept> ConfigStore::understand(const QString &ip, const ConfigFields &fields)
{
    Kept kept;
    const auto &keys = m_rules.keys();
    if (!keys)
        return keys.error();
    kept.generation = m_rules.keysGeneration();
    kept.signer = verifyConfig(ip, fields, *keys);
    if (!kept.signer)
        return kept.signer.error();
    const ParsedConfig parsed = parseServerConfig(ip, fields, ConfigReader::Server);
    if (!parsed.config)
        return Error{u"the configuration of %1 is wrong: %2"_s.arg(ip, parsed.errorText())};
    kept.fields = fields;
    kept.config = *parsed.config;
    return kept;
}

/// Why a configuration that is signed is not taken all the same; empty when it is.
QString ConfigStore::objection(const QString &ip, const ConfigFields &fields,
                               const Kept &offered) const
{
    const ServerConfig &config = offered.config;
    if (config.machineId.isEmpty())
        return u"the configuration of %1 names no machine_id, so it could be played to any "
               u"server: enrol it with treewarden enrol, or set machine_id"_s.arg(ip);
    if (config.machineId != m_machineId)
        return u"the configuration of %1 is for the machine %2, and this one is %3: another "
               u"server had this address, so enrol this one again"_s.arg(
                   ip, oneLine(config.machineId, 64), m_machineId);
    const auto kept = m_kept.constFind(ip);
    if (kept == m_kept.constEnd()) {
        return m_kept.size() < mostAddresses
            ? QString()
            : u"this server has had %1 addresses: delete config-* of the old ones in %2"_s
                  .arg(m_kept.size())
                  .arg(m_folder);
    }
    if (config.version < kept->config.version)
        return u"the configuration of %1 has the version %2, and this server has had %3: save it "
               u"again with a higher one"_s.arg(ip)
                   .arg(config.version)
                   .arg(kept->config.version);
    if (config.version == kept->config.version && fields != kept->fields)
        return u"the configuration of %1 differs from the one of the same version %2 that this "
               u"server has: save it again with a higher one"_s.arg(ip)
                   .arg(config.version);
    return {};
}

ConfigVerdict ConfigStore::offer(const QString &ip, const ConfigFields &fields, qint64 now)
{
    ConfigVerdict verdict;
    auto offered = understand(ip, fields);
    if (!offered) {
        verdict.detail = offered.error().text;
        return verdict;
    }
    verdict.version = offered->config.version;
    verdict.signer = offered->signer->name;
    verdict.keyId = offered->signer->key.id();
    verdict.detail = objection(ip, fields, *offered);
    if (!verdict.detail.isEmpty())
        return verdict;
    verdict.isAccepted = true;
    const auto kept = m_kept.constFind(ip);
    verdict.isNews = kept == m_kept.constEnd() || kept->isRetired || kept->fields != fields;
    if (!verdict.isNews && currentIp() == ip)
        return verdict;
    // Also where the clock was set back, the one accepted last is the current one.
    const auto current = m_kept.constFind(currentIp());
    offered->acceptedAt
        = current == m_kept.constEnd() ? now : std::max(now, current->acceptedAt + 1);
    if (const auto written = write(ip, *offered); !written) {
        verdict.isAccepted = verdict.isNews = false;
        verdict.detail = written.error().text;
        return verdict;
    }
    m_kept.insert(ip, *offered);
    return verdict;
}

bool ConfigStore::retire(const QString &ip)
{
    const auto kept = m_kept.find(ip);
    if (kept == m_kept.end() || kept->isRetired)
        return false;
    kept->isRetired = true;
    // Not worth an end: what the disk does not take holds until the next start.
    if (const auto written = write(ip, *kept); !written)
        qWarning().noquote() << written.error().text;
    return true;
}

Result<void> ConfigStore::write(const QString &ip, const Kept &kept) const
{
    return replaceFile(pathOf(ip),
                       compactJson({{u"ip"_s, ip},
                                    {u"accepted"_s, kept.acceptedAt},
                                    {u"retired"_s, kept.isRetired},
                                    {u"fields"_s, toJsonObject(kept.fields)}}));
}

const Result<TrustedKey> &ConfigStore::verify(const QString &ip, Kept &kept)
{
    const quint64 generation = m_rules.keysGeneration();
    if (kept.generation != generation) {
        kept.generation = generation;
        const auto &keys = m_rules.keys();
        kept.signer
            = keys ? verifyConfig(ip, kept.fields, *keys) : Result<TrustedKey>(keys.error());
    }
    return kept.signer;
}

Result<const ServerConfig *> ConfigStore::verified(const QString &ip)
{
    const auto kept = m_kept.find(ip);
    if (kept == m_kept.end())
        return Error{u"this server has no signed configuration of %1 yet: sign it with treewarden "
                     u"config sign %1 --key FILE"_s.arg(ip)};
    if (kept->isRetired)
        return Error{
            u"%1 was removed from the fleet: take it in again with treewarden enrol %1"_s.arg(ip)};
    if (!kept->trouble.isEmpty())
        return Error{kept->trouble};
    if (const auto &signer = verify(ip, *kept); !signer)
        return signer.error();
    if (kept->config.machineId != m_machineId)
        return Error{u"the configuration of %1 is for another machine"_s.arg(ip)};
    return &std::as_const(kept->config);
}

TrustedKey ConfigStore::signerOf(const QString &ip)
{
    const auto kept = m_kept.find(ip);
    return kept != m_kept.end() && verify(ip, *kept) ? *kept->signer : TrustedKey();
}

QStringList ConfigStore::addresses() const
{
    QStringList addresses = m_kept.keys();
    addresses.sort();
    return addresses;
}

QString ConfigStore::currentIp() const
{
    QString current;
    qint64 acceptedAt = -1;
    for (auto kept = m_kept.begin(); kept != m_kept.end(); ++kept) {
        if (kept->acceptedAt > acceptedAt) {
            current = kept.key();
            acceptedAt = kept->acceptedAt;
        }
    }
    return current;
}

} // namespace Treewarden
