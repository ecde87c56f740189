// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/signedconfig.h"

#include "shared/core/textformat.h"

#include <QtEndian>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

void appendCounted(QByteArray &bytes, const QByteArray &text)
{
    const quint32 length = qToBigEndian(quint32(text.size()));
    bytes.append(reinterpret_cast<const char *>(&length), sizeof length);
    bytes.append(text);
}

} // namespace

QByteArray configSignatureBytes(const QString &ip, const ConfigFields &fields)
{
    ConfigFields covered = fields;
    covered.remove("signature");
    covered.insert("ip", ip.toUtf8());
    QList<QByteArray> names = covered.keys();
    std::sort(names.begin(), names.end());
    QByteArray bytes("treewarden-config-v1\0", 21);
    for (const QByteArray &name : names) {
        appendCounted(bytes, name);
        appendCounted(bytes, covered.value(name));
    }
    return bytes;
}

void signConfig(const QString &ip, ConfigFields &fields, const SigningKey &key)
{
    fields.insert("signer", key.id().toLatin1());
    fields.insert("signature", key.sign(configSignatureBytes(ip, fields)).toBase64());
}

Result<TrustedKey> verifyConfig(const QString &ip, const ConfigFields &fields,
                                const TrustedKeys &keys)
{
    if (!fields.contains("signature"))
        return Error{u"the configuration of %1 is not signed, and this server trusts only signed "
                     u"ones: sign it with "
                     "treewarden config sign %1 --key FILE"_s.arg(ip)};
    const QString signer = oneLine(QString::fromUtf8(fields.value("signer").left(64)), 40);
    const TrustedKey *key = keys.find(signer);
    if (!key)
        return Error{
            u"the configuration of %1 is signed with the key '%2', which this server does not "
            u"trust: add its "
            "line to the server's trusted-keys, or sign it with a key that stands there"_s.arg(
                ip, signer)};
    if (!key->allowsConfiguring())
        return Error{u"the configuration of %1 is signed with the key %2 (%3), which may not "
                     u"configure: add 'configure' "
                     "to its actions= in the server's trusted-keys"_s.arg(ip, key->name, signer)};
    const auto signature = decodeBase64(fields.value("signature"), PublicKey::signatureSize);
    // A field of the name that stands for the address would make two configurations of one
    // signature.
    const bool isAmbiguous = fields.contains("ip");
    if (!signature || isAmbiguous
        || !key->key.verifies(configSignatureBytes(ip, fields), *signature))
        return Error{u"the configuration of %1 was changed after %2 (%3) had signed it: look who "
                     u"wrote it, and sign it again "
                     "with treewarden config sign %1 --key FILE"_s.arg(ip, key->name, signer)};
    return *key;
}

} // namespace Treewarden
