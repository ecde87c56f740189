// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/configissues.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>

#include <optional>

namespace Treewarden {

/// The fields of a configuration's hash that this version knows.
const QStringList &knownConfigFields();
/// True for services, controlled, schedule, logs, ping, intervals and alerts: their text is JSON.
bool isJsonConfigField(const QByteArray &name);

/// A configuration as people write it in a file: one JSON object whose members are the hash's
/// fields.
struct ParsedConfigFields
{
    std::optional<QHash<QByteArray, QByteArray>> fields; ///< absent when the file is no such object
    QList<ConfigIssue> issues;
};

/// Reads such a file, `what` in errors (at most 4 MiB). The fields' contents are
/// parseServerConfig()'s to judge.
ParsedConfigFields readConfigFields(const QByteArray &json, const QString &what);

/// The hash as such a file again, fields in the order of the contract, unknown ones last.
QByteArray writeConfigFields(const QHash<QByteArray, QByteArray> &hash);

} // namespace Treewarden
