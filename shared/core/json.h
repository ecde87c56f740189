// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>

#include <optional>

namespace Treewarden {

/// Parses one JSON object from bytes that nobody vouches for. Refuses more than `maxBytes`,
/// anything that is no object, and nesting deeper than 64. `what` names the source in the error:
/// "server:config:10.0.0.7 services".
Result<QJsonObject> parseJsonObject(const QByteArray &bytes, const QString &what,
                                    qsizetype maxBytes = 1 << 20);

/// Parses any JSON object or array in the same way and within the same bounds.
Result<QJsonValue> parseJsonValue(const QByteArray &bytes, const QString &what,
                                  qsizetype maxBytes = 1 << 20);

/// A finite whole number within ±2^53, else nothing: strings and fractions are not numbers here.
std::optional<qint64> jsonInteger(const QJsonValue &value);

/// A finite number, else nothing.
std::optional<double> jsonNumber(const QJsonValue &value);

/// The object on one line, without spaces.
QByteArray compactJson(const QJsonObject &object);

} // namespace Treewarden
