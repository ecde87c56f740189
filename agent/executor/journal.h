// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/journalfile.h"
#include "agent/executor/journalstate.h"
#include "shared/core/now.h"

namespace Treewarden {

/// What the executor remembers over its own end: each claim stands on the disk before the effect,
/// each outcome before it is told. A torn last line is what a crash leaves; a journal that is
/// missing or damaged otherwise is lost, and then nothing runs for two minutes.
class Journal
{
public:
    /// A file that is longer than `rotateAt` bytes gives way to a new one.
    explicit Journal(const QString &folder, Now now = systemNow(), qint64 rotateAt = 16 << 20);

    /// Reads what an earlier process left. An error when no journal can be kept.
    Result<void> open();

    /// Makes an empty journal where there is none, so that a first start waits for nothing. False
    /// when there is one already.
    static Result<bool> prepare(const QString &folder, qint64 now);

    /// The sentence about a journal that was lost; empty when it was not.
    const QString &loss() const { return m_loss; }

    /// Remembers the record; the disk has it after commit(). `time` is set.
    void add(AuditRecord record);
    /// The same for a final state, which gets the next number; the number.
    qint64 addOutcome(AuditRecord record);

    bool hasUncommitted() const { return !m_uncommitted.isEmpty(); }

    /// Waits until the disk has every record. After an error nothing more can be kept.
    Result<void> commit();

    void forget() { m_state.forget(m_now()); }

    const JournalState &state() const { return m_state; }

private:
    Result<void> beginAnew(const QString &loss);
    Result<void> rotate();

    JournalFile m_file;
    Now m_now;
    const qint64 m_smallestFull;
    qint64 m_rotateAt;
    JournalState m_state;
    QByteArray m_uncommitted;
    QString m_loss;
};

} // namespace Treewarden
