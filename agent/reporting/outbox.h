// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/reporting/transition.h"

#include <deque>

namespace Treewarden {

/// Transitions in the order they happened: those that wait to be told, and those told in the last
/// minute, which are told again when a failover lost them. Gives each its number. Bounded: when it
/// is full the oldest is dropped and counted; the keys then have to be written from the present
/// state.
class Outbox
{
public:
    explicit Outbox(QString session, qsizetype capacity = 10'000);

    /// The transition gets the session and the next number.
    void add(Transition transition);

    bool hasWaiting() const { return m_firstWaiting < std::ssize(m_entries); }

    /// The oldest ones that wait, at most `maximum`.
    QList<Transition> waiting(qsizetype maximum) const;

    /// Everything up to the number `n` was told. `now` is a steady clock in ms.
    void acknowledge(qint64 n, qint64 now);
    /// Redis knows only what was told up to `n`: what came later waits again.
    void rewind(qint64 n);

    /// The number of the last transition that was told, and of the last that was added.
    qint64 lastTold() const { return m_lastTold; }

    qint64 lastAdded() const { return m_lastAdded; }

    /// How many were dropped since the last call.
    qint64 takeDropped() { return std::exchange(m_dropped, 0); }

private:
    struct Entry
    {
        Transition transition;
        qint64 toldAt = 0;
    };

    void forgetOld(qint64 now);

    QString m_session;
    qsizetype m_capacity;
    std::deque<Entry> m_entries;
    qsizetype m_firstWaiting = 0;
    qint64 m_lastAdded = 0, m_lastTold = 0, m_dropped = 0;
};

} // namespace Treewarden
