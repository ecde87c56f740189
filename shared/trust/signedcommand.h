// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/commandrequest.h"
#include "shared/trust/signingkey.h"
#include "shared/trust/trustedkeys.h"

namespace Treewarden {

/// What `key` signs for `payload`: the domain and the payload's bytes as they are.
QByteArray commandSignatureBytes(const QByteArray &payload);

/// The request as an entry of command:{ip}, signed.
CommandEntry signCommand(const CommandRequest &request, const SigningKey &key);

/// A command whose signature is a trusted key's.
struct VerifiedCommand
{
    CommandRequest request;
    TrustedKey key;
};

/// Verifies the bytes as they were received and reads them. The key may be trusted for other
/// actions or roles only: that is permissionSentence()'s to say.
Result<VerifiedCommand> verifyCommand(const CommandEntry &entry, const TrustedKeys &keys);

/// Why the key may not ask for this; empty when it may.
QString permissionSentence(const VerifiedCommand &command);

} // namespace Treewarden
