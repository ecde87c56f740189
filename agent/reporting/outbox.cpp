// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/outbox.h"

namespace Treewarden {

namespace {

// A failover loses at most the last seconds of writes; a minute is ample.
constexpr qint64 keptMilliseconds = 60'000;

} // namespace

Outbox::Outbox(QString session, qsizetype capacity)
    : m_session(std::move(session))
    , m_capacity(capacity)
{
}

void Outbox::add(Transition transition)
{
    transition.setTold({m_session, ++m_lastAdded});
    m_entries.push_back({std::move(transition), 0});
    if (std::ssize(m_entries) <= m_capacity)
        return;
    m_entries.pop_front();
    if (m_firstWaiting > 0)
        --m_firstWaiting;
    else
        ++m_dropped;
}

QList<Transition> Outbox::waiting(qsizetype maximum) const
{
    QList<Transition> batch;
    for (qsizetype i = m_firstWaiting; i < std::ssize(m_entries) && batch.size() < maximum; ++i)
        batch << m_entries[i].transition;
    return batch;
}

void Outbox::acknowledge(qint64 n, qint64 now)
{
    while (hasWaiting() && m_entries[m_firstWaiting].transition.n() <= n)
        m_entries[m_firstWaiting++].toldAt = now;
    m_lastTold = std::max(m_lastTold, std::min(n, m_lastAdded));
    forgetOld(now);
}

void Outbox::rewind(qint64 n)
{
    while (m_firstWaiting > 0 && m_entries[m_firstWaiting - 1].transition.n() > n)
        --m_firstWaiting;
    m_lastTold = std::min(m_lastTold, n);
}

void Outbox::forgetOld(qint64 now)
{
    while (m_firstWaiting > 0 && m_entries.front().toldAt < now - keptMilliseconds) {
        m_entries.pop_front();
        --m_firstWaiting;
    }
}

} // namespace Treewarden
