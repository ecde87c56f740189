// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/alertrule.h"
#include "shared/config/check.h"
#include "shared/config/configissues.h"
#include "shared/config/intervals.h"
#include "shared/config/schedule.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

namespace Treewarden {

/// The hash server:config:{ip}, parsed and validated. Unknown fields are kept and warned about.
struct ServerConfig
{
    QList<ServiceDefinition> services; ///< sorted by id, without `_`, whose checks they inherit
    QJsonObject controlled; ///< validated shapes, placeholders as written; used by the executor
    QList<ScheduleEntry> schedule; ///< in the order of the configuration
    QList<AlertRule> alerts; ///< empty for ConfigReader::Server
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
    QString errorText() const { return errorLines(issues); }
};

/// Who reads a configuration: a server leaves `alerts` alone, which others judge for it, so that no
/// mistake in them keeps it from its work.
enum class ConfigReader { Anybody, Server };

/// Reads the hash of the server `ip` (its fields are JSON texts). At most 4 MiB in all; never
/// throws, never guesses.
ParsedConfig parseServerConfig(const QString &ip, const QHash<QByteArray, QByteArray> &hash,
                               ConfigReader reader = ConfigReader::Anybody);

} // namespace Treewarden
