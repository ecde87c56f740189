// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/publickey.h"

#include <sodium.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

static_assert(PublicKey::size == crypto_sign_PUBLICKEYBYTES);
static_assert(PublicKey::signatureSize == crypto_sign_BYTES);

namespace {

const unsigned char *unsignedBytes(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

} // namespace

Result<void> prepareCryptography()
{
    if (sodium_init() < 0)
        return Error{
            u"libsodium could not start: the kernel gives this process no random numbers"_s};
    return {};
}

std::optional<QByteArray> decodeBase64(const QByteArray &text, qsizetype maximumBytes)
{
    if (text.size() > maximumBytes * 4 / 3 + 4)
        return std::nullopt;
    const auto decoded
        = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    // Whatever decodes to the same bytes under another text is none of ours.
    if (!decoded || (*decoded).size() > maximumBytes || (*decoded).toBase64() != text)
        return std::nullopt;
    return *decoded;
}

Result<PublicKey> PublicKey::fromBase64(const QByteArray &text)
{
    const auto bytes = decodeBase64(text, size);
    if (!bytes || bytes->size() != size)
        return Error{
            u"is no public key: 32 bytes in base64, as treewarden keygen writes them into FILE.pub"_s};
    return fromBytes(*bytes);
}

PublicKey PublicKey::fromBytes(QByteArrayView bytes)
{
    PublicKey key;
    key.m_bytes = bytes.toByteArray();
    return key;
}

QString PublicKey::id() const
{
    if (isNull())
        return {};
    QByteArray hash(crypto_generichash_BYTES_MIN, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(hash.data()), size_t(hash.size()),
                       unsignedBytes(m_bytes), size_t(m_bytes.size()), nullptr, 0);
    return QString::fromLatin1(hash.left(8).toHex());
}

bool PublicKey::verifies(QByteArrayView message, QByteArrayView signature) const
{
    return m_bytes.size() == size && signature.size() == signatureSize
        && crypto_sign_verify_detached(unsignedBytes(signature), unsignedBytes(message),
                                       static_cast<unsigned long long>(message.size()),
                                       unsignedBytes(m_bytes))
        == 0;
}

} // namespace Treewarden
