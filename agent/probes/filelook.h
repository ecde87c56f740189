// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"

#include <QByteArray>

namespace Treewarden {

/// A file as one look found it.
struct FileFacts
{
    /// What its end says of the text and the pattern asked for.
    enum class Content { Fits, LacksText, LacksPattern, TooHard, Unreadable };

    QByteArray path; ///< with a pattern the newest file that fits it
    int error = 0; ///< errno, 0: it is there
    qint64 size = 0; ///< bytes
    qint64 modified = 0; ///< ms since 1970
    quint64 device = 0, inode = 0;
    Content content = Content::Fits;
    int readError = 0; ///< errno of reading its end
    bool isRemote = true; ///< it may hang: on a network file system, or through a daemon
    qint64 folderChanged = 0, scannedAt = 0; ///< of a pattern's folder: ms since 1970, steady ms

    friend bool operator==(const FileFacts &, const FileFacts &) = default;
};

/// What is asked of a file.
struct FileDemands
{
    QString path; ///< its last part may be a pattern (fnmatch(3)): the newest file counts
    std::optional<qint64> oldest, newest; ///< seconds since it was last written, at most and least
    std::optional<qint64> largest, smallest; ///< bytes
    QString text, pattern; ///< what the last `tail` bytes contain; a regular expression
    qint64 tail = 64 * 1024;

    bool isPattern() const;

    bool readsTail() const { return !text.isEmpty() || !pattern.isEmpty(); }
};

/// Looks at the file; may hang. What did not change since the `last` look is not read again. `now`
/// is a steady clock in ms.
FileFacts lookAtFile(const FileDemands &demands, const FileFacts &last, qint64 now);

/// The verdict on what was found. `now` is ms since 1970.
CheckResult judgeFile(const FileFacts &facts, const FileDemands &demands, qint64 now);

/// Whether `text` has a line that fits the regular expression, or nothing where finding out takes
/// too long. Bounded by PCRE2's match limit.
std::optional<bool> matchesBounded(const QByteArray &text, const QString &pattern);

} // namespace Treewarden
