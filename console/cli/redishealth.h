// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/intervals.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace Treewarden {

/// One line of check-redis: what was looked at, what was found, and the cure when it is worth a
/// warning.
struct RedisFinding
{
    QString check; ///< a stable word: "persistence"
    QString title; ///< translated
    QString value;
    QString cure; ///< empty: all is well
};

/// What Redis told of itself; what it would not tell is absent.
struct RedisFacts
{
    QHash<QByteArray, QByteArray> info; ///< INFO
    std::optional<QByteArray> saveRule; ///< CONFIG GET save
    std::optional<QByteArray> user; ///< ACL WHOAMI
    bool isOpenToAll = false; ///< on the network, the default user, without a password
    double latency = 0; ///< ms, median
    qint64 skew = 0; ///< ms that Redis' clock is ahead of this host's
    qint64 servers = 0;
    QList<Intervals> intervals; ///< of each server's configuration
};

/// The fields of INFO's answer.
QHash<QByteArray, QByteArray> parseRedisInfo(const QByteArray &text);

/// Bytes that the history of one server will take (docs/protocol.md, section 7: 24 bytes a sample,
/// three figures in the coarser tiers).
qint64 projectedHistory(const Intervals &intervals);

/// Judges everything, in the order in which people ask.
QList<RedisFinding> judgeRedis(const RedisFacts &facts);

} // namespace Treewarden
