// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/trust/signingkey.h"
#include "shared/trust/trustedkeys.h"

#include <QHash>

namespace Treewarden {

/// The fields of the hash server:config:{ip}.
using ConfigFields = QHash<QByteArray, QByteArray>;

/// The bytes that a configuration's signature covers (docs/protocol.md, section 7): the domain,
/// then every field but `signature`, with `ip` as one more field, sorted bytewise by name, each as
/// 32-bit big-endian length and name, length and value.
QByteArray configSignatureBytes(const QString &ip, const ConfigFields &fields);

/// Sets `signer` and `signature`. Everything else must be as it will be stored.
void signConfig(const QString &ip, ConfigFields &fields, const SigningKey &key);

/// Who signed this configuration: a trusted key that may configure. Else why it is not to be
/// trusted, a sentence with its cure.
Result<TrustedKey> verifyConfig(const QString &ip, const ConfigFields &fields,
                                const TrustedKeys &keys);

} // namespace Treewarden
