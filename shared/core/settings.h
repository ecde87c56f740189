// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QHash>
#include <QProcessEnvironment>
#include <QStringList>

#include <optional>

namespace Treewarden {

/// What the options of the command line that all programs share were given as; empty where not
/// given.
struct CommonArguments
{
    std::optional<QString> configFile;
    std::optional<QString> redisUrl;
    std::optional<QString> logLevel;
};

/// The settings of one program after command line, INI file, credentials and environment were laid
/// over each other (in this order of precedence).
struct Settings
{
    QString redisUrl = QStringLiteral("redis://127.0.0.1:6379/0");
    QString
        redisPassword; ///< from password_file or a systemd credential; fills a URL that has none
    QString caFile, certificateFile, keyFile;
    QString logLevel = QStringLiteral("info");
    QHash<QString, QString> values; ///< every key of the INI, "agent/ip" → text
    QStringList warnings; ///< sentences for the log: unknown keys with the nearest known one

    QString value(const QString &key, const QString &fallback = {}) const
    {
        return values.value(key, fallback);
    }
};

/// Reads the settings of the program `side` ("agent", "web", "console", "executor"; empty for the
/// command line, which reads the console's). Without --config the file is /etc/treewarden/SIDE.conf
/// and may be missing; a file that was named must be readable.
Result<Settings> readSettings(const QString &side, const CommonArguments &arguments,
                              const QProcessEnvironment &environment
                              = QProcessEnvironment::systemEnvironment());

/// True when a Redis URL carries a password; on a command line that is refused, for everybody can
/// read it in ps.
bool urlHasPassword(const QString &url);

/// Where a service keeps its state: $STATE_DIRECTORY, else /var/lib/treewarden for root, else
/// $XDG_STATE_HOME/treewarden (~/.local/state/treewarden).
QString stateDirectory(const Settings &settings,
                       const QProcessEnvironment &environment
                       = QProcessEnvironment::systemEnvironment());

} // namespace Treewarden
