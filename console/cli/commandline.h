// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/exitcode.h"

#include <QStringList>

namespace Treewarden {

/// The program `treewarden`: finds the verb among `arguments` (the program's name first), reads the
/// options that the verb and all programs have, and runs it. A QCoreApplication exists already.
ExitCode runCommandLine(const QStringList &arguments);

} // namespace Treewarden
