// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/reporting/transition.h"

namespace Treewarden {

/// One line of the outbox's file: a transition that was not told yet when it was written, or the
/// last one that Redis is known to have taken.
using OutboxRecord = std::variant<Transition, Told>;

/// "crc kind rest\n". The checksum is that of everything behind it, four hexadecimal digits; kind M
/// is followed by 1 or 0 (remembered as an event or not), the lease in ms, and the message's JSON;
/// N is the same for a notice; T by session:n.
QByteArray outboxLine(const OutboxRecord &record);

/// Reads one line without its end, from anybody. Nothing for what is no record of the server `ip`.
std::optional<OutboxRecord> parseOutboxLine(const QByteArray &line, const QString &ip);

} // namespace Treewarden
