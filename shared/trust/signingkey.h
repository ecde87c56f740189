// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/trust/publickey.h"

#include <functional>
#include <memory>

namespace Treewarden {

/// An Ed25519 key that signs configurations and commands. The secret half lies in memory that is
/// never swapped out or dumped, and is wiped when the last copy is gone.
class SigningKey
{
public:
    /// A new key. `name` (isValidName()) is what people call it.
    static Result<SigningKey> generate(const QString &name);

    /// Asks for the passphrase of the key `name`; nothing when nobody gives one. Only called for a
    /// file that needs one.
    using AskPassphrase = std::function<std::optional<QByteArray>(const QString &name)>;

    /// Reads a file of write(). Refused are files that others than their owner may read.
    static Result<SigningKey> read(const QString &path, const AskPassphrase &ask);

    /// Writes the key to a new file that only its owner can read (0600), never over an existing
    /// one. With a passphrase the secret is encrypted (Argon2id, XSalsa20-Poly1305).
    Result<void> write(const QString &path, const QByteArray &passphrase) const;

    /// 64 bytes.
    QByteArray sign(QByteArrayView message) const;

    const PublicKey &publicKey() const { return m_publicKey; }

    QString id() const { return m_publicKey.id(); }

    const QString &name() const { return m_name; }

    /// The line for a trusted-keys file.
    QByteArray trustedLine() const;

private:
    using Secret = std::shared_ptr<unsigned char>;

    SigningKey(QString name, Secret seed);

    QString m_name;
    PublicKey m_publicKey;
    Secret m_seed; ///< 32 bytes, from which the key is made
    Secret m_secret; ///< 64 bytes, libsodium's form
};

} // namespace Treewarden
