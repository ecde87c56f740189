// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>

#include <optional>

namespace Treewarden {

/// The file `journal` in the executor's state folder, append-only, mode 0600, and the four before
/// it (`journal.1` is the newest). One process at a time has it.
class JournalFile
{
public:
    explicit JournalFile(QString folder);
    ~JournalFile();
    JournalFile(const JournalFile &) = delete;
    JournalFile &operator=(const JournalFile &) = delete;

    /// Makes the folder (0700) where it is missing, and keeps other processes away.
    Result<void> lock();

    /// What the file holds; nothing where there is none. An error when it can't be ours: others may
    /// write to it, it is a link, it is too long.
    Result<std::optional<QByteArray>> read();

    /// Opens the file to append behind its first `size` bytes; what follows them is cut off.
    Result<void> continueAt(qint64 size);
    /// Writes a new file that takes the place of this one at once, and is safe on the disk when
    /// this returns. With `keepsOld` this one becomes `journal.1`.
    Result<void> replace(const QByteArray &lines, bool keepsOld);
    /// Gives the file another name, `journal.damaged-…`; the name.
    QString putAside(qint64 now);

    /// Appends and waits until the disk has it. After an error nothing can be appended any more.
    Result<void> appendSafely(const QByteArray &lines);

    qint64 size() const { return m_size; }

    const QString &path() const { return m_path; }

private:
    void shiftOld() const;
    void close();
    Error failure(const QString &what) const;

    const QString m_folder, m_path;
    int m_lock = -1, m_descriptor = -1;
    qint64 m_size = 0;
};

} // namespace Treewarden
