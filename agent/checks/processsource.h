// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/shellidiom.h"

#include <QByteArrayList>

namespace Treewarden {

/// `ps` when it lists all processes, those of users (-u) or those with a name (-C), in a format
/// whose columns are known; nothing else.
std::optional<ShellIdiom> readPs(const QByteArrayList &words);

/// A source and its filter in one command: `pgrep [-c] [-f] [-x] [-i] [-u USER] PATTERN`.
std::optional<ShellIdiom> readPgrep(const QByteArrayList &words);

/// `pidof PROGRAM…`
std::optional<ShellIdiom> readPidof(const QByteArrayList &words);

} // namespace Treewarden
