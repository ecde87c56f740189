// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"
#include "shared/config/serverconfig.h"
#include "shared/fleet/configversions.h"
#include "shared/fleet/savescripts.h"

#include <QCommandLineOption>

namespace Treewarden {

class VerbCall;

/// The options of verbs that save a configuration: --key, --unsigned and --yes.
QList<QCommandLineOption> signingOptions();

/// The key that a save signs with; nothing when there is none. Where the configuration that stands
/// (`stored`) is signed, a save without a key is refused unless --unsigned: agents that trust keys
/// would ignore it.
RedisAnswer<std::optional<SigningKey>> keyForSaving(const VerbCall &call,
                                                    const ConfigFields &stored);

/// Saves the configuration of the enrolled server `ip` as version base + 1 if `base` still stands.
/// `version`, `signer` and `signature` among `fields` are set by it.
RedisAnswer<SaveResult> saveConfig(RedisSession &redis, const QString &ip,
                                   const ConfigFields &fields, qint64 base, const SigningKey *key,
                                   qint64 now);

/// keyForSaving() for what builds on the configuration that stands: where that is not signed with
/// this very key, somebody else may have written it, and `changed` is reviewed first.
RedisAnswer<std::optional<SigningKey>> keyForChange(VerbCall &call, const QString &ip,
                                                    const ConfigFields &stored,
                                                    const ServerConfig &changed);

/// Saves the tree `id` in the same way, unsigned: nothing is run because of it.
RedisAnswer<SaveResult> savePaas(RedisSession &redis, const QString &id, const QByteArray &json,
                                 qint64 base, bool mustExist, qint64 now);

} // namespace Treewarden
