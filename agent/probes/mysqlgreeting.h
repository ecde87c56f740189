// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"

namespace Treewarden {

/// What a MySQL or MariaDB server at `where` says first: alive with its version, or why not.
/// Nothing while the packet is not whole. Protocol::HandshakeV10: length (3), sequence (1), 10,
/// version up to NUL, connection id (4).
/// https://mariadb.com/kb/en/connection/#initial-handshake-packet
std::optional<CheckResult> judgeMysqlGreeting(QByteArrayView reply, const QString &where);

} // namespace Treewarden
