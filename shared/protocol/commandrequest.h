// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/protocol/serviceid.h"

#include <QByteArray>
#include <QList>

namespace Treewarden {

/// What somebody asks of a server: the payload of an entry of command:{ip} (docs/protocol.md,
/// section 7).
struct CommandRequest
{
    QString id; ///< UUID, lower case, without braces
    qint64 seq = 0; ///< rising per key; information only
    QString ip, machineId;
    ServiceId service;
    QString action;
    qint64 issued = 0, expires = 0; ///< Unix ms; at most a minute apart
    QString by; ///< who asks: "chen@desk"
    QString reason;

    friend bool operator==(const CommandRequest &, const CommandRequest &) = default;
};

inline constexpr qint64 longestCommandLife = 60'000; ///< ms from `issued` to `expires`
inline constexpr qsizetype longestCommandPayload = 8 * 1024;
inline constexpr qsizetype longestCommandReason = 500;

/// The agent answers these itself, without any entry in `controlled`.
bool isBuiltInAction(QStringView action);
/// True for actions that a protected service never gets: stop, restart, shutdown.
bool isForbiddenWhenProtected(QStringView action);

/// The payload's bytes. What is too long for it is cut: `by` to 100, `reason` to 500 characters.
QByteArray toJson(const CommandRequest &request);
/// Reads a payload from anybody. Everything must be there, `expires` at most a minute after
/// `issued`.
Result<CommandRequest> parseCommandRequest(const QByteArray &json);

/// An entry of the stream command:{ip} as it is on the wire.
struct CommandEntry
{
    QByteArray payload;
    QString key; ///< id of the key that signed
    QByteArray signature; ///< base64

    /// Field names and values, as XADD takes them.
    QList<QByteArray> words() const;
    /// Reads the fields of an entry from anybody; each must be there once, and short enough.
    static Result<CommandEntry> fromWords(const QList<QByteArray> &fieldsAndValues);

    friend bool operator==(const CommandEntry &, const CommandEntry &) = default;
};

} // namespace Treewarden
