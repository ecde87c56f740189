// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/intervals.h"
#include "shared/protocol/workload.h"

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
    QString assumption; ///< what a value that is not measured rests on, translated
};

/// How many numbers the sample had whose size was measured: taken for servers without one.
inline constexpr qsizetype measuredNumbers = 15;

/// What Redis told of itself; what it would not tell is absent.
struct RedisFacts
{
    QHash<QByteArray, QByteArray> info; ///< INFO
    std::optional<QByteArray> saveRule; ///< CONFIG GET save
    std::optional<QByteArray> user; ///< ACL WHOAMI
    bool isOpenToAll = false; ///< over TCP, to the default user, without a password
    bool isOnNetwork = true; ///< not on the loopback or a Unix socket
    double latency = 0; ///< ms, median
    qint64 skew = 0; ///< ms that Redis' clock is ahead of this host's
    qint64 servers = 0;

    struct Recorded
    {
        Intervals intervals; ///< of the server's configuration
        qsizetype numbers = measuredNumbers; ///< that change, in its newest sample
    };

    QList<Recorded> recorded; ///< of each server
};

/// The fields of INFO's answer.
QHash<QByteArray, QByteArray> parseRedisInfo(const QByteArray &text);

/// The numbers of a sample that the history records and that change from one to the next: what
/// stands still (cores, totals, uptime) packs into nearly nothing.
qsizetype changingNumbers(const Workload &workload);

/// Bytes that a packed sample of so many changing numbers takes, as measured (docs/benchmarks.md):
/// 17.5 for the fifteen that move most, 0.55 for each further one.
double sampleBytes(qsizetype numbers);

/// Bytes of Redis that the history of one server takes when all its tiers are full and each sample
/// has `numbers` that change; three figures for each number in the coarser tiers, an eighth more
/// for Redis' lists.
qint64 projectedHistory(const Intervals &intervals, qsizetype numbers = measuredNumbers);

/// Judges everything, in the order in which people ask.
QList<RedisFinding> judgeRedis(const RedisFacts &facts);

} // namespace Treewarden
