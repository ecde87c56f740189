// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/shellidiom.h"

#include <QByteArrayList>

namespace Treewarden {

/// `netstat` and `ss` when they show listening sockets by number: "-ltn", "-tulpn", "-an". Nothing
/// where names stand for ports (no -n).
std::optional<ShellIdiom> readNetstat(const QByteArrayList &words);
std::optional<ShellIdiom> readSs(const QByteArrayList &words);

/// True when a filter asks for a program's name (-p), which only its owner and root are shown:
/// other letters than a state's or a protocol's.
bool asksForOwner(const ShellIdiom &idiom);

} // namespace Treewarden
