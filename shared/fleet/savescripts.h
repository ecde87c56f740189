// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/updatemessage.h"
#include "shared/redis/redisconnection.h"
#include "shared/trust/signedconfig.h"

#include <QByteArray>

#include <optional>

namespace Treewarden {

/// What became of a save.
struct SaveResult
{
    enum class Kind {
        Stored,
        Conflict, ///< somebody saved in between: `version` stands now, `by` made it at `timestamp`
                  ///< when that is known
        Missing, ///< there is nothing to save over
    };

    Kind kind = Kind::Stored;
    qint64 version = 0; ///< that stands now
    QString by;
    qint64 timestamp = 0;
};

/// "version 5 was saved by chen@db-01 3 min ago, after the 3 that you started from." for a
/// conflict.
QString conflictSentence(const SaveResult &result, qint64 base, qint64 now);

/// Who saves, as histories and events tell it: "user@host".
QString savedBy();

/// The fields as they are stored as `version`: signed with `key`, unsigned without one.
ConfigFields versionedConfig(const QString &ip, ConfigFields fields, qint64 version,
                             const SigningKey *key);

/// The command that saves a versionedConfig() of the enrolled server `ip` if the version before it
/// still stands: one script compares, stores, appends to the history (20), adds an event and
/// publishes `config` and `reload`. readSaveResult() reads its answer.
RedisConnection::Words saveConfigWords(const QString &ip, const ConfigFields &fields, qint64 now);

/// The command that saves the tree `id` in the same way. `json` already holds version base + 1. A
/// tree that does not exist yet is made unless `mustExist`.
RedisConnection::Words savePaasWords(const QString &id, const QByteArray &json, qint64 base,
                                     bool mustExist, qint64 now);

/// The command that removes the tree `id` if `version` still stands; its history is put aside for
/// those who look at the past. readSaveResult() reads its answer, where Stored means that it is
/// gone.
RedisConnection::Words removePaasWords(const QString &id, qint64 version, qint64 now);

/// The command that removes the tree `id`, whatever its version, and puts its history aside; it is
/// answered with how many trees that were. Nobody is told.
RedisConnection::Words dropPaasWords(const QString &id);

/// What a save of version base + 1 was answered with.
SaveResult readSaveResult(const RedisValue &reply, qint64 base);

/// One element of server:config:{ip}:history.
QByteArray historyEntry(const ConfigFields &fields, qint64 now);
/// The JSON of a `config` event: what became of a configuration or tree ("enrolled", "saved",
/// "removed"), by whom, and with which key.
QByteArray configEvent(const ConfigMessage &message, const QString &state, qint64 now,
                       const QByteArray &signer = {});

} // namespace Treewarden
