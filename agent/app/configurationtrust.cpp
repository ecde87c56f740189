// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/configurationtrust.h"

#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QDebug>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestKept = 16 << 20;

qint64 versionOf(const ConfigFields &fields)
{
    return fields.value("version").left(20).toLongLong();
}

} // namespace

ConfigurationTrust::Stamp ConfigurationTrust::Stamp::of(const QString &path)
{
    const QFileInfo file(path);
    return file.exists() ? Stamp{file.lastModified().toMSecsSinceEpoch(), file.size()} : Stamp{};
}

ConfigurationTrust::ConfigurationTrust(Places places, QString ip)
    : m_places(std::move(places))
    , m_ip(std::move(ip))
{
}

Result<bool> ConfigurationTrust::read()
{
    const Stamp keysStamp = Stamp::of(m_places.trustedKeys),
                policyStamp = Stamp::of(m_places.policy);
    if (keysStamp == m_keysStamp && policyStamp == m_policyStamp)
        return false;
    auto keys
        = m_places.trustedKeys.isEmpty() ? TrustedKeys() : TrustedKeys::read(m_places.trustedKeys);
    if (!keys)
        return keys.error();
    auto policy = m_places.policy.isEmpty() ? Policy() : Policy::read(m_places.policy);
    if (!policy)
        return policy.error();
    m_keys = std::move(*keys);
    m_policy = std::move(*policy);
    m_keysStamp = keysStamp;
    m_policyStamp = policyStamp;
    readKept();
    return true;
}

Result<void> ConfigurationTrust::judge(const ConfigFields &fields) const
{
    if (!isRequired())
        return {};
    const auto signer = verifyConfig(m_ip, fields, m_keys);
    if (!signer)
        return signer.error();
    const qint64 version = versionOf(fields), used = versionOf(m_kept);
    if (m_kept.isEmpty() || version > used || fields == m_kept)
        return {};
    if (version < used)
        return Error{u"the configuration of %1 has version %2, and version %3 was in use: somebody "
                     u"put an old one back; save the wanted one again under a higher version with "
                     u"treewarden config set %1 --base %3"_s.arg(m_ip)
                         .arg(version)
                         .arg(used)};
    return Error{
        u"the configuration of %1 has version %2 like the one in use, but says something "
        u"else: save it again under a higher version with treewarden config set %1 --base %2"_s
            .arg(m_ip)
            .arg(version)};
}

bool ConfigurationTrust::mayRunText(const ConfigFields &fields) const
{
    return m_policy.allowsShell && isRequired() && bool(verifyConfig(m_ip, fields, m_keys));
}

QString ConfigurationTrust::keptPath() const
{
    return m_places.stateDirectory + u"/verified-"_s + m_ip;
}

void ConfigurationTrust::keep(const ConfigFields &fields)
{
    if (!isRequired() || fields == m_kept)
        return;
    m_kept = fields;
    QJsonObject texts;
    for (auto it = fields.cbegin(); it != fields.cend(); ++it)
        texts.insert(QString::fromUtf8(it.key()), QString::fromLatin1(it->toBase64()));
    QSaveFile file(keptPath());
    if (!QDir().mkpath(m_places.stateDirectory) || !file.open(QIODevice::WriteOnly)
        || file.write(compactJson(texts)) < 0 || !file.commit())
        qWarning().noquote()
            << u"cannot write %1: %2; after a restart an older configuration would not be known as "
               u"one, so make the state folder writable (or set [agent] state_dir)"_s.arg(
                   oneLine(file.fileName()), file.errorString());
}

/// Reads what an earlier run kept. What nobody signed whom this server trusts today is nothing.
void ConfigurationTrust::readKept()
{
    QFile file(keptPath());
    m_kept.clear();
    if (!isRequired() || !file.open(QIODevice::ReadOnly))
        return;
    const auto texts = parseJsonObject(file.read(longestKept), file.fileName(), longestKept);
    ConfigFields fields;
    const QJsonObject object = texts ? *texts : QJsonObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        fields.insert(it.key().toUtf8(), QByteArray::fromBase64(it->toString().toLatin1()));
    if (const auto signer = verifyConfig(m_ip, fields, m_keys))
        m_kept = fields;
    else
        qWarning().noquote() << u"%1 is left out: %2"_s.arg(oneLine(file.fileName()),
                                                            signer.error().text);
}

} // namespace Treewarden
