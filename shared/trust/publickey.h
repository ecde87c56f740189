// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Treewarden {

/// The public half of an Ed25519 key (RFC 8032), which verifies what the other half signed.
class PublicKey
{
public:
    static constexpr qsizetype size = 32, signatureSize = 64;

    PublicKey() = default;

    /// Exactly 32 bytes, as base64 in text.
    static Result<PublicKey> fromBase64(const QByteArray &text);
    static PublicKey fromBytes(QByteArrayView bytes);

    bool isNull() const { return m_bytes.isEmpty(); }

    const QByteArray &bytes() const { return m_bytes; }

    QByteArray toBase64() const { return m_bytes.toBase64(); }

    /// How the key is named on the wire: 16 hexadecimal digits of its BLAKE2b hash. Nobody chooses
    /// it, so it names exactly this key.
    QString id() const;

    /// True when `signature` (64 bytes) is this key's for exactly these bytes.
    bool verifies(QByteArrayView message, QByteArrayView signature) const;

    friend bool operator==(const PublicKey &, const PublicKey &) = default;

private:
    QByteArray m_bytes;
};

/// libsodium made ready; cheap when it is. A failure is an error of this host: sentence and all.
Result<void> prepareCryptography();

/// Strict base64 (RFC 4648, padded); nothing for anything else.
std::optional<QByteArray> decodeBase64(const QByteArray &text, qsizetype maximumBytes);

} // namespace Treewarden
