// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"

#include <QByteArray>
#include <QHash>

namespace Treewarden {

/// Enrols the server `ip` with the configuration `fields`: see enrolmentWords(). False when it
/// is enrolled already.
RedisAnswer<bool> enrolServer(RedisSession &redis, const QString &ip,
                              const QHash<QByteArray, QByteArray> &fields, qint64 now);

/// Deletes every key of `ip` but a tombstone with its machine_id, which ends its agent, and its
/// version, above which a later configuration starts. False when
/// it was not enrolled; what it asked for (servers:pending) is deleted even then.
RedisAnswer<bool> removeServer(RedisSession &redis, const QString &ip, qint64 now);

} // namespace Treewarden
