// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"
#include "shared/trust/signingkey.h"

#include <QCommandLineOption>

namespace Treewarden {

class VerbCall;

/// The option --key of verbs that sign.
QCommandLineOption keyOption();

/// Where the caller's key lies: --key, else TREEWARDEN_KEY, else `key` of [security] in
/// console.conf, else ~/.config/treewarden/signing-key when that exists; empty: nowhere.
QString signingKeyPath(const VerbCall &call);

/// The caller's key, opened; nothing when there is none. Its passphrase is the first line of the
/// file that TREEWARDEN_KEY_PASSPHRASE_FILE names, else it is asked for on the terminal.
RedisAnswer<std::optional<SigningKey>> openSigningKey(const VerbCall &call);
/// The same for what can't be done without a key.
RedisAnswer<std::optional<SigningKey>> needSigningKey(const VerbCall &call);

/// The passphrase in the file that TREEWARDEN_KEY_PASSPHRASE_FILE names; nothing when it names
/// none.
Result<std::optional<QByteArray>> passphraseFromFile();

} // namespace Treewarden
