// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"

namespace Treewarden {

/// A stream is read from its end backwards, so many entries a page.

/// Asks for the newest entries before `before` (an id), newest first; without an id for the newest
/// of all.
RedisConnection::Words pageBefore(const QByteArray &stream, const QByteArray &before, int count);

/// The id of the last entry of a page, whether anybody can understand it or not: where the next
/// page begins. Empty for a page without entries.
QByteArray lastIdOf(const RedisValue &page);

/// Where an id stands in its stream: milliseconds, then a number.
std::pair<quint64, quint64> streamPlace(const QByteArray &id);

} // namespace Treewarden
