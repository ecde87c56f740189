// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/check.h"
#include "shared/core/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>

#include <chrono>

namespace Treewarden {

/// `intervals` of a configuration.
struct Intervals
{
    std::chrono::milliseconds heartbeat { 5000 }, lease { 15000 }, workload { 1000 }, services { 1000 }, ping { 10000 },
        info { 300000 };
    QMap<QString, qint64> keep { { QStringLiteral("1s"), 86400 }, { QStringLiteral("1m"), 1209600 },
                                 { QStringLiteral("1h"), 63072000 } }; ///< seconds, by tier

    friend bool operator==(const Intervals &, const Intervals &) = default;
};

/// One thing that is wrong in a configuration, or worth a warning.
struct ConfigIssue
{
    enum class Severity { Error, Warning };

    Severity severity = Severity::Error;
    QString path; ///< "services.mysql.3306.alive.cmd"
    QString text; ///< what is wrong and the cure, a sentence
};

/// The hash server:config:{ip}, parsed and validated. Unknown fields are kept and warned about.
struct ServerConfig
{
    QList<ServiceDefinition> services; ///< sorted by id, without `_`
    QJsonObject controlled; ///< validated shapes; used by the executor
    Intervals intervals;
    QStringList ping; ///< hosts
    QString machineId;
    qint64 version = 0;
    QHash<QByteArray, QByteArray> fields; ///< the hash as it was read, unknown fields included
};

/// A configuration, or everything that is wrong with it at once.
struct ParsedConfig
{
    std::optional<ServerConfig> config; ///< absent when an issue is an error
    QList<ConfigIssue> issues;

    /// All errors as one sentence a line.
    QString errorText() const;
};

/// Reads the hash of the server `ip` (its fields are JSON texts). At most 4 MiB in all; never throws, never guesses.
ParsedConfig parseServerConfig(const QString &ip, const QHash<QByteArray, QByteArray> &hash);

} // namespace Treewarden
