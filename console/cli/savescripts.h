// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"
#include "shared/protocol/updatemessage.h"

#include <QByteArray>
#include <QHash>

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

/// Saves the configuration of the enrolled server `ip` as version base + 1 if `base` still stands:
/// one script compares, stores, appends to the history (20), adds an event and publishes `config`
/// and `reload`. `fields` replace the hash; `version` and `machine_id` among them are set by it.
RedisAnswer<SaveResult> saveConfig(RedisSession &redis, const QString &ip,
                                   QHash<QByteArray, QByteArray> fields, qint64 base, qint64 now);

/// Saves the tree `id` in the same way. `json` already holds version base + 1. A tree that does not
/// exist yet is made unless `mustExist`.
RedisAnswer<SaveResult> savePaas(RedisSession &redis, const QString &id, const QByteArray &json,
                                 qint64 base, bool mustExist, qint64 now);

/// One element of server:config:{ip}:history.
QByteArray historyEntry(const QHash<QByteArray, QByteArray> &fields, qint64 now);
/// The JSON of a `config` event: what became of a configuration or tree ("enrolled", "saved",
/// "removed"), and by whom.
QByteArray configEvent(const ConfigMessage &message, const QString &state, qint64 now);

} // namespace Treewarden
