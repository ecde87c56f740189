// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/streamposition.h"
#include "shared/protocol/auditrecord.h"

#include <QHash>
#include <QMap>

namespace Treewarden {

/// A command whose id is remembered, so that it neither runs nor ends a second time.
struct KnownCommand
{
    CommandMessage message; ///< as it stands now
    QString entry; ///< in which it came
    qint64 expires = 0; ///< Unix ms
    qint64 n = 0; ///< of its outcome; 0: it has none yet
    QString signer; ///< empty: nobody vouches for it

    bool isClaimed() const { return n == 0; }
};

/// What the records of a journal add up to. Nothing here touches a file.
class JournalState
{
public:
    /// How long after its expiry an id is remembered, ms.
    static constexpr qint64 memory = 5 * 60'000;
    static constexpr qsizetype mostUnverified = 10'000, mostUntaken = 4'000;

    /// Takes one more record into account. The records of a file, in their order, give the state of
    /// whoever wrote it.
    void apply(const AuditRecord &record);

    const KnownCommand *find(const QString &id) const;

    /// Claims without an outcome.
    QList<KnownCommand> claims() const;

    /// Outcomes that the agent does not keep yet, by number.
    const QMap<qint64, AuditRecord> &untaken() const { return m_untaken; }

    /// Outcomes that were dropped because nobody took them.
    qint64 dropped() const { return m_dropped; }

    qint64 nextNumber() const { return m_nextNumber; }

    /// Whatever expires up to here may have been forgotten.
    qint64 forgottenUpTo() const { return m_forgottenUpTo; }

    /// Nothing is run before this time (Unix ms), for an earlier journal was lost.
    qint64 heldUntil() const { return m_heldUntil; }

    /// The last entry of the stream of `ip` that led to anything.
    std::optional<StreamPosition> lastEntry(const QString &ip) const;

    /// What the schedule must know of its earlier life: {"ip":…,"memory":{…}}.
    const QJsonObject &scheduleMemory() const { return m_schedule; }

    /// When commands began within the last minute of `now`, oldest first.
    QList<std::pair<qint64, ServiceId>> begunSince(qint64 time) const;

    /// Forgets what expired long before `now`; claims are never forgotten.
    void forget(qint64 now);

    /// A journal was lost at `now`: what it may have known is refused from here on.
    AuditRecord loss(qint64 now) const;
    /// The first record of the next file.
    AuditRecord beginning(qint64 now) const;
    /// The records that say all of this again.
    QList<AuditRecord> carried(qint64 now) const;

private:
    void applyMarks(const QJsonObject &marks);
    void applyCommand(const AuditRecord &record);
    void boundUnverified();

    QHash<QString, KnownCommand> m_known; ///< by id
    QMap<qint64, AuditRecord> m_untaken;
    QHash<QString, StreamPosition> m_lastEntries; ///< by ip
    QList<std::pair<qint64, ServiceId>> m_begun;
    QStringList m_unverified; ///< ids that nobody vouches for, oldest first
    qint64 m_nextNumber = 1, m_takenUpTo = 0, m_forgottenUpTo = 0, m_heldUntil = 0, m_dropped = 0;
    QJsonObject m_schedule;
};

} // namespace Treewarden
