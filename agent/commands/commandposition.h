// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/commands/streamid.h"

#include <QMap>
#include <QStringList>

namespace Treewarden {

/// How far command:{ip} was read, and what of it is not settled: the file `commands-{ip}` in the
/// state folder, replaced as a whole. What it forgets after a crash is known by the outbox (what
/// the agent itself told) and by the executor's journal.
class CommandPosition
{
public:
    enum class Open {
        Read, ///< nobody else knows of it: it is judged anew after a restart
        HandedOver, ///< the executor may have it: only the executor says what became of it
    };

    CommandPosition(const QString &folder, const QString &ip);

    /// Reads the file, from anybody. False when there is none, or it is damaged.
    bool read();
    /// False when it could not be written, which is said once.
    bool write();

    const StreamId &last() const { return m_last; }

    void setLast(const StreamId &last);

    const QMap<StreamId, Open> &open() const { return m_open; }

    void setOpen(const StreamId &entry, Open how);
    void settle(const StreamId &entry);

    /// The last outcomes of the executor that were told: it tells them again until it heard that
    /// they are safe.
    bool isTold(const QString &id) const { return m_told.contains(id); }

    void addTold(const QString &id);

    /// Something changed since it was written.
    bool isChanged() const { return m_isChanged; }

private:
    bool parse(const QByteArray &text);

    const QString m_folder, m_path;
    StreamId m_last;
    QMap<StreamId, Open> m_open;
    QStringList m_told;
    bool m_isChanged = true, m_hasComplained = false;
};

} // namespace Treewarden
