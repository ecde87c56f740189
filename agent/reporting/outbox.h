// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/reporting/outboxfile.h"

#include <deque>
#include <functional>

namespace Treewarden {

/// Transitions in the order they happened: those that wait to be told, and those told in the last
/// minute, which are told again when a failover lost them (outcomes of commands for some minutes:
/// by them a command is known that comes again). Gives each its number. Each stands on
/// disk before it is told, so that the next session can tell what this one could not: what is left
/// of earlier sessions comes first, under their own numbers. Bounded: when it is full the oldest is
/// dropped and counted; the keys then have to be written from the present state.
class Outbox
{
public:
    explicit Outbox(QString session, std::unique_ptr<OutboxFile> file = nullptr,
                    qsizetype capacity = 10'000);

    /// Takes over what earlier sessions left in the file; all of it waits but what they knew to be
    /// told. Before anything is added. `earlierSessions` are this server's, oldest first; `now` is
    /// a steady clock in ms.
    void restore(const QStringList &earlierSessions, qint64 now);
    /// Forgets what was restored, and keeps its file aside: it is not this server's to tell any
    /// more.
    void putAside();
    /// Forgets everything, on disk too.
    void clear();

    /// The transition gets the session and the next number.
    void add(Transition transition);

    bool hasWaiting() const { return m_firstWaiting < std::ssize(m_entries); }

    /// The oldest ones that wait, at most `maximum`.
    QList<Transition> waiting(qsizetype maximum) const;
    /// Takes out of what waits what is not worth telling any more; the others may be changed.
    void revise(const std::function<bool(Transition &)> &isWorthTelling);

    /// Everything up to this one was told.
    void acknowledge(const Told &told, qint64 now);
    /// Redis says that `told` was the last: what came later waits (again). True when something is
    /// lost that had been told. Nothing changes when it is of no session of this server.
    bool settle(const Told &told, qint64 now);

    /// Every transition that is remembered, told or not, oldest first.
    void forEach(const std::function<void(const Transition &)> &visit) const;

    /// True when all that was added stands on disk.
    bool isOnDisk() const { return m_file && !m_isFileBehind && !m_hasFileFailed; }

    /// The last transition that was told; number 0 of this session when none ever was.
    const Told &lastTold() const { return m_lastTold; }

    /// The number of this session's last transition that was told, and of the last that was added.
    qint64 lastOwnTold() const { return m_lastTold.session == m_session ? m_lastTold.n : 0; }

    qint64 lastAdded() const { return m_lastAdded; }

    /// How many were dropped since the last call.
    qint64 takeDropped() { return std::exchange(m_dropped, 0); }

    /// Forgets what was told long ago and keeps the file small and complete; cheap when there is
    /// nothing to do. `isAway`: the disk shall catch up.
    void tidy(qint64 now, bool isAway);

private:
    struct Entry
    {
        Transition transition;
        qint64 toldAt = 0;
    };

    void push(Transition transition);
    std::optional<qsizetype> position(const Told &told) const;
    void persist(const OutboxRecord &record);
    void rewriteFile();
    void forgetOld(qint64 now);

    const QString m_session;
    QStringList m_earlierSessions;
    std::unique_ptr<OutboxFile> m_file;
    const qsizetype m_capacity;
    std::deque<Entry> m_entries;
    qsizetype m_firstWaiting = 0;
    Told m_lastTold;
    qint64 m_lastAdded = 0, m_dropped = 0;
    qsizetype m_recordsInFile = 0;
    bool m_isFileBehind = true; ///< what stands on disk is not what is here
    bool m_hasFileFailed = false; ///< could not be written: tried again later
    qint64 m_retryAt = 0;
};

} // namespace Treewarden
