// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/outbox.h"

#include <algorithm>

namespace Treewarden {

namespace {

// A failover loses at most the last seconds of writes; a minute is ample.
constexpr qint64 keptMilliseconds = 60'000;

// A copy of a command is answered as expired when it comes within five minutes after its expiry
// (agent/commands), so its outcome is remembered longer.
constexpr qint64 keptOutcomes = 7 * 60'000;

// Records of what was forgotten meanwhile that may stand in the file.
constexpr qsizetype toleratedRecords = 1000;

// A full disk is not tried more often: everything would have to be written.
constexpr qint64 retryMilliseconds = 10'000;

qint64 keptFor(const Transition &transition)
{
    return commandOf(transition) ? keptOutcomes : keptMilliseconds;
}

} // namespace

Outbox::Outbox(QString session, std::unique_ptr<OutboxFile> file, qsizetype capacity)
    : m_session(std::move(session))
    , m_file(std::move(file))
    , m_capacity(capacity)
    , m_lastTold{m_session, 0}
{
}

void Outbox::restore(const QStringList &earlierSessions, qint64 now)
{
    m_earlierSessions = earlierSessions;
    if (!m_file)
        return;
    const OutboxFile::Contents left = m_file->read();
    for (const Transition &transition : left.transitions)
        push(transition);
    if (left.lastTold)
        settle(*left.lastTold, now);
}

void Outbox::putAside()
{
    if (!m_entries.empty() && m_file)
        m_file->putAside(QStringLiteral(".foreign"));
    clear();
}

void Outbox::clear()
{
    m_entries.clear();
    m_firstWaiting = 0;
    m_lastTold = {m_session, 0};
    if (m_file)
        rewriteFile();
}

void Outbox::add(Transition transition)
{
    transition.setTold({m_session, ++m_lastAdded});
    push(transition);
    persist(transition);
}

void Outbox::push(Transition transition)
{
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

void Outbox::forEach(const std::function<void(const Transition &)> &visit) const
{
    for (const Entry &entry : m_entries)
        visit(entry.transition);
}

void Outbox::revise(const std::function<bool(Transition &)> &isWorthTelling)
{
    const auto first
        = std::remove_if(m_entries.begin() + m_firstWaiting, m_entries.end(),
                         [&](Entry &entry) { return !isWorthTelling(entry.transition); });
    m_entries.erase(first, m_entries.end());
    m_isFileBehind = true;
}

/// How many entries are told when `told` was the last; nothing when that session is not known.
std::optional<qsizetype> Outbox::position(const Told &told) const
{
    std::optional<qsizetype> end;
    for (qsizetype i = 0; i < std::ssize(m_entries); ++i) {
        const Told entry = m_entries[i].transition.told();
        if (entry.session == told.session && (!end || entry.n <= told.n))
            end = i + (entry.n <= told.n ? 1 : 0);
    }
    if (end)
        return end;
    if (told.session == m_session) // the newest one: all others came before it
        return std::ssize(m_entries);
    const qsizetype age = m_earlierSessions.indexOf(told.session);
    if (age < 0)
        return std::nullopt;
    // Each session tells what earlier ones left before anything of its own.
    return std::ranges::find_if(m_entries,
                                [&](const Entry &entry) {
                                    const QString session = entry.transition.told().session;
                                    return session == m_session
                                        || m_earlierSessions.indexOf(session) > age;
                                })
        - m_entries.begin();
}

void Outbox::acknowledge(const Told &told, qint64 now)
{
    const auto end = position(told);
    if (!end)
        return;
    for (; m_firstWaiting < *end; ++m_firstWaiting)
        m_entries[m_firstWaiting].toldAt = now;
    m_lastTold = told;
    if (told.session == m_session)
        m_lastTold.n = std::min(told.n, m_lastAdded);
    persist(m_lastTold);
    forgetOld(now);
}

bool Outbox::settle(const Told &told, qint64 now)
{
    const auto end = position(told);
    if (!end || told == m_lastTold)
        return false;
    if (*end > m_firstWaiting) {
        acknowledge(told, now);
        return false;
    }
    const bool isOlder = told.session != m_session || told.n < m_lastTold.n;
    const bool isLost = *end < m_firstWaiting || (lastOwnTold() > 0 && isOlder);
    m_firstWaiting = *end;
    m_lastTold = told;
    if (told.session == m_session)
        m_lastTold.n = std::min(told.n, m_lastAdded);
    persist(m_lastTold);
    return isLost;
}

void Outbox::tidy(qint64 now, bool isAway)
{
    forgetOld(now);
    if (!m_file)
        return;
    const qsizetype entries = std::ssize(m_entries);
    if (m_hasFileFailed && now >= m_retryAt) {
        m_retryAt = now + retryMilliseconds;
        rewriteFile();
    } else if (m_recordsInFile > 2 * entries + toleratedRecords) {
        rewriteFile();
    } else if (entries == 0 && m_recordsInFile > 0 && !m_isFileBehind) {
        m_file->clear();
        m_recordsInFile = 0;
    }
    if (isAway)
        m_file->syncLater();
}

void Outbox::persist(const OutboxRecord &record)
{
    if (!m_file || m_hasFileFailed)
        return;
    if (m_isFileBehind)
        return rewriteFile();
    if (m_file->append(outboxLine(record)))
        ++m_recordsInFile;
    else
        m_hasFileFailed = true;
}

void Outbox::rewriteFile()
{
    QByteArray lines;
    for (const Entry &entry : m_entries)
        lines += outboxLine(entry.transition);
    m_recordsInFile = std::ssize(m_entries);
    if (m_lastTold.n > 0) {
        lines += outboxLine(m_lastTold);
        ++m_recordsInFile;
    }
    m_hasFileFailed = !m_file->rewrite(lines);
    m_isFileBehind = m_hasFileFailed;
}

void Outbox::forgetOld(qint64 now)
{
    while (m_firstWaiting > 0
           && m_entries.front().toldAt < now - keptFor(m_entries.front().transition)) {
        m_entries.pop_front();
        --m_firstWaiting;
    }
}

} // namespace Treewarden
