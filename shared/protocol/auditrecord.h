// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/updatemessage.h"

#include <QJsonObject>

namespace Treewarden {

/// One record of an executor's journal (docs/security.md, "Journal and audit"): what was asked of a
/// server, by whom, and what came of it.
struct AuditRecord
{
    enum class Kind {
        Began, ///< the first record of a file: what counts of those before it, in `marks`
        Claimed, ///< about to be done: from here on it is never begun again
        Ended, ///< a command's final state
        Rejected, ///< no readable command, or one that nobody vouches for; told by nobody
        Replayed, ///< a command that was known, in another entry of the stream
        Configured, ///< a configuration, accepted or not
        Taken, ///< the agent keeps the outcomes up to `n`
        Looked ///< how far the schedule was handled, in `marks`
    };

    Kind kind = Kind::Began;
    qint64 time = 0; ///< Unix ms
    qint64 n = 0; ///< Ended: the outcome's number. Taken: the last one that is safe
    QString entry; ///< id in the stream command:{ip}
    qint64 expires = 0; ///< of the command, Unix ms
    QString signer; ///< name of the key, in the server's own trusted-keys; empty: none vouches
    bool isCarried = false; ///< stood in an earlier file already
    std::optional<CommandMessage> message; ///< Claimed, Ended, Replayed; else the ip in `ip`
    QString ip; ///< Configured
    qint64 version = 0; ///< Configured
    bool isAccepted = false; ///< Configured
    qint64 count = 0; ///< Rejected, Replayed: how many since the last such record
    QString text; ///< a sentence: why
    QString output; ///< Ended: the end of what the action printed, several lines
    QJsonObject marks; ///< Began, Looked

    friend bool operator==(const AuditRecord &, const AuditRecord &);
};

inline constexpr qsizetype longestAuditOutput = 4096; ///< characters

/// "began", "claimed" …, as `kind` stands in the file.
QString auditWord(AuditRecord::Kind kind);

/// "sum {…}\n": eight hexadecimal digits of the SHA-256 of what stands behind them, and a JSON
/// object. What is too long is cut.
QByteArray auditLine(const AuditRecord &record);

/// Reads one line without its end, from anybody. Nothing for what is no record.
std::optional<AuditRecord> parseAuditLine(QByteArrayView line);

/// What a file of records holds, whoever wrote it.
struct AuditFile
{
    QList<AuditRecord> records; ///< oldest first
    qsizetype damaged = 0; ///< lines that are no records
    qsizetype whole = 0; ///< bytes up to the end of the last line; what follows was torn off
};

AuditFile parseAuditFile(QByteArrayView bytes);

} // namespace Treewarden
