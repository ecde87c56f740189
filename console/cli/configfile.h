// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/exitcode.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Treewarden {

class VerbCall;

/// The bytes of the file that `call` was given (`-`: standard input), at most 4 MiB of text.
/// Nothing after an error, which was told; `code` is then what to leave with: 74 when it cannot be
/// read, 65 when it is no such file.
std::optional<QByteArray> readInputFile(const VerbCall &call, const QString &path, ExitCode &code);

} // namespace Treewarden
