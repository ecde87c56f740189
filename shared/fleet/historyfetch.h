// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/history/historyreader.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {

/// A part of a server's history, and what else a reader may want to say of it.
struct FetchedHistory
{
    HistorySlice slice;
    QList<QByteArray> metrics; ///< all that the server has
    qint64 broken = 0; ///< lists, chunks and samples that could not be read
};

/// The commands that read what a query needs, in one transaction.
QList<RedisConnection::Words> historyCommands(const QString &ip, const HistoryQuery &query);

/// What the values of these commands mean.
FetchedHistory readHistory(const HistoryQuery &query, const QList<RedisValue> &values);

/// {"ip","from","to","step","series":{"cpu.busy":[[time,average,minimum,maximum],…],…}}: only the
/// steps in which something is known.
QByteArray historyJson(const QString &ip, const HistorySlice &slice);

} // namespace Treewarden
