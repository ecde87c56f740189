// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QString>

namespace Treewarden {

enum class LogLevel { Debug, Info, Warning, Error };

Result<LogLevel> parseLogLevel(const QString &word);

/// Sends qDebug() … qCritical() to stderr, one line an event. Control characters are escaped, so
/// that nothing read from outside can forge a line; under systemd (JOURNAL_STREAM) each line starts
/// with its syslog priority, `<6>`.
void startLogging(LogLevel level);

} // namespace Treewarden
