// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/agentoptions.h"
#include "shared/config/serverconfig.h"

namespace Treewarden {

/// What is wrong in a configuration, and what is only worth a warning, as sentences with their
/// places.
QStringList errorSentences(const ParsedConfig &parsed);
QStringList warningSentences(const ParsedConfig &parsed);

/// The one sentence for a configuration that cannot be used; all its errors are logged first.
QString wrongConfigurationSentence(const QString &ip, const QStringList &errors);

/// Why a configuration that names another machine cannot be used here, or nothing.
QString foreignConfigurationSentence(const QString &ip, const ServerConfig &configuration,
                                     const QString &machineId);

/// --check: prints what the valid configuration of `ip` would watch.
/// An error when one of its checks cannot be made.
Result<void> printWatched(const AgentOptions &options, const QString &ip,
                          const ServerConfig &configuration, bool mayRunText = false);

} // namespace Treewarden
