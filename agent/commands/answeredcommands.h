// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QUuid>

#include <deque>

namespace Treewarden {

/// The ids of commands that have their final state: one that comes again is a replay. Each is kept
/// as long as a copy of it could be valid; the oldest give way when there are too many.
class AnsweredCommands
{
public:
    explicit AnsweredCommands(qsizetype most)
        : m_most(most)
    {
    }

    /// Until then (ms of the clock that now() of forget() is of).
    void add(const QString &id, qint64 until)
    {
        const QUuid uuid = QUuid::fromString(id);
        if (uuid.isNull() || m_until.contains(uuid))
            return;
        m_until.insert(uuid, until);
        m_order.push_back(uuid);
        if (qsizetype(m_order.size()) > m_most)
            dropFirst();
    }

    bool contains(const QString &id) const { return m_until.contains(QUuid::fromString(id)); }

    void forget(qint64 now)
    {
        while (!m_order.empty() && m_until.value(m_order.front()) < now)
            dropFirst();
    }

    qsizetype size() const { return m_until.size(); }

private:
    void dropFirst()
    {
        m_until.remove(m_order.front());
        m_order.pop_front();
    }

    const qsizetype m_most;
    QHash<QUuid, qint64> m_until;
    std::deque<QUuid> m_order;
};

} // namespace Treewarden
