// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QStringList>

namespace Treewarden {

/// The words of a command line, unquoted as sh does it, when it is one command of plain words. The
/// error names what only a shell understands, as part of a sentence: "the pipe or list '|'".
/// Stricter than splitPipeline() of the checks, which forgives what a check may ignore.
Result<QStringList> splitCommandLine(const QString &line);

} // namespace Treewarden
