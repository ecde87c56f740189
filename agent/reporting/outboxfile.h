// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/reporting/outboxrecord.h"

#include <atomic>
#include <memory>

namespace Treewarden {

/// The outbox on disk: `outbox-{ip}` in the state folder, append-only, one record a line, mode
/// 0600. One write(2) a record survives the end of this process; syncLater() makes it survive the
/// end of the machine too. Whatever goes wrong is said once, in one sentence, until it works again.
class OutboxFile
{
public:
    /// What an earlier session left.
    struct Contents
    {
        QList<Transition> transitions; ///< oldest first
        std::optional<Told> lastTold; ///< as far as that session knew
    };

    OutboxFile(QString folder, QString ip);
    ~OutboxFile();
    OutboxFile(const OutboxFile &) = delete;
    OutboxFile &operator=(const OutboxFile &) = delete;

    /// Reads what is there, from anybody. A line that is no record is left out, and the file is
    /// then kept aside as `outbox-{ip}.damaged` when a new one takes its place; a torn last line is
    /// what a crash leaves, and no damage.
    Contents read() const;

    /// Writes `lines` into a new file, which then takes the old one's place at once. False when
    /// that failed: what is on disk is then older than what is in memory.
    bool rewrite(const QByteArray &lines);
    /// Adds one line to the file of the last rewrite().
    bool append(const QByteArray &line);
    /// Empties it. An agent that is still writing to the file of before is not disturbed.
    void clear();
    /// Lets the disk catch up without waiting for it.
    void syncLater();
    /// Puts the file of before out of the way as `outbox-{ip}{suffix}`.
    void putAside(const QString &suffix) const;

    bool isOpen() const { return m_descriptor >= 0; }

    /// Bytes of the file as it stands.
    qint64 size() const { return m_size; }

    const QString &path() const { return m_path; }

private:
    bool write(int descriptor, const QByteArray &bytes);
    bool complain(int error);
    void close();

    const QString m_folder, m_ip, m_path;
    int m_descriptor = -1;
    qint64 m_size = 0;
    bool m_hasComplained = false, m_isUnsynced = false;
    std::shared_ptr<std::atomic<bool>> m_isSyncing = std::make_shared<std::atomic<bool>>(false);
};

} // namespace Treewarden
