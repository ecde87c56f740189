// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace Treewarden {

/// What an error answer of Redis means to the operator, with Redis' own words behind it: without
/// the arguments of a command that it may echo, and without `secret`.
QString explainRedisError(QByteArrayView text, const QString &secret);

/// What a peer is that answered `firstBytes` where a Redis was expected; `decoderError` is what was
/// wrong with them.
QString describeForeignPeer(QByteArrayView firstBytes, const QString &decoderError);

/// True for errors during the login that pass by themselves: Redis is loading, or has too many
/// clients.
bool isPassingError(QByteArrayView text);

} // namespace Treewarden
