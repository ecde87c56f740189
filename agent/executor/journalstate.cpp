// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/journalstate.h"

#include "shared/core/json.h"
#include "shared/protocol/commandrequest.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// For how long a lost journal keeps everything from running, ms.
constexpr qint64 holdAfterLoss = 120'000;
/// How far a sender's clock may be off, ms.
constexpr qint64 clockAllowance = 60'000;
constexpr qint64 rateMemory = 60'000;
constexpr qsizetype mostBegun = 10'000;

QString positionText(const StreamPosition &position)
{
    return QString::number(position.milliseconds) + u'-' + QString::number(position.number);
}

AuditRecord recordOf(const KnownCommand &known)
{
    AuditRecord record;
    record.kind = known.isClaimed() ? AuditRecord::Kind::Claimed : AuditRecord::Kind::Ended;
    record.time = known.message.timestamp;
    record.n = known.n;
    record.entry = known.entry;
    record.expires = known.expires;
    record.signer = known.signer;
    record.isCarried = true;
    record.message = known.message;
    return record;
}

} // namespace

void JournalState::apply(const AuditRecord &record)
{
    switch (record.kind) {
    case AuditRecord::Kind::Began:
    case AuditRecord::Kind::Looked:
        return applyMarks(record.marks);
    case AuditRecord::Kind::Claimed:
    case AuditRecord::Kind::Ended:
        return applyCommand(record);
    case AuditRecord::Kind::Taken:
        m_takenUpTo = std::max(m_takenUpTo, std::min(record.n, m_nextNumber - 1));
        while (!m_untaken.isEmpty() && m_untaken.firstKey() <= m_takenUpTo)
            m_untaken.erase(m_untaken.begin());
        return;
    case AuditRecord::Kind::Rejected:
    case AuditRecord::Kind::Replayed:
    case AuditRecord::Kind::Configured:
        return;
    }
}

void JournalState::applyMarks(const QJsonObject &marks)
{
    const auto atLeast = [&marks](QStringView name, qint64 &member) {
        member = std::max(member, jsonInteger(marks.value(name)).value_or(0));
    };
    atLeast(u"next", m_nextNumber);
    atLeast(u"taken", m_takenUpTo);
    atLeast(u"forgotten", m_forgottenUpTo);
    atLeast(u"held", m_heldUntil);
    atLeast(u"dropped", m_dropped);
    if (marks.contains(u"schedule"))
        m_schedule = marks.value(u"schedule").toObject();
    const QJsonObject entries = marks.value(u"entries").toObject();
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        if (const auto position = StreamPosition::parse(entry->toString()))
            m_lastEntries[entry.key()] = std::max(m_lastEntries.value(entry.key()), *position);
    }
}

void JournalState::applyCommand(const AuditRecord &record)
{
    const CommandMessage &message = *record.message;
    if (const auto position = StreamPosition::parse(record.entry))
        m_lastEntries[message.ip] = std::max(m_lastEntries.value(message.ip), *position);
    const bool isNew = !m_known.contains(message.id);
    m_known[message.id] = {message, record.entry, record.expires, record.n, record.signer};
    if (record.kind == AuditRecord::Kind::Claimed) {
        m_begun << std::pair(record.time, message.service);
        if (m_begun.size() > mostBegun)
            m_begun.removeFirst();
        return;
    }
    m_nextNumber = std::max(m_nextNumber, record.n + 1);
    if (record.n > m_takenUpTo)
        m_untaken.insert(record.n, record);
    if (m_untaken.size() > mostUntaken) {
        m_untaken.erase(m_untaken.begin());
        ++m_dropped;
    }
    if (isNew && record.signer.isEmpty()) {
        m_unverified << message.id;
        boundUnverified();
    }
}

void JournalState::boundUnverified()
{
    while (m_unverified.size() > mostUnverified)
        m_known.remove(m_unverified.takeFirst());
}

const KnownCommand *JournalState::find(const QString &id) const
{
    const auto known = m_known.constFind(id);
    return known == m_known.constEnd() ? nullptr : &*known;
}

QList<KnownCommand> JournalState::claims() const
{
    QList<KnownCommand> found;
    for (const KnownCommand &known : m_known) {
        if (known.isClaimed())
            found << known;
    }
    std::sort(found.begin(), found.end(), [](const KnownCommand &a, const KnownCommand &b) {
        return a.message.timestamp < b.message.timestamp;
    });
    return found;
}

std::optional<StreamPosition> JournalState::lastEntry(const QString &ip) const
{
    const auto last = m_lastEntries.constFind(ip);
    return last == m_lastEntries.constEnd() ? std::nullopt : std::optional(*last);
}

QList<std::pair<qint64, ServiceId>> JournalState::begunSince(qint64 time) const
{
    QList<std::pair<qint64, ServiceId>> found;
    for (const auto &begun : m_begun) {
        if (begun.first >= time)
            found << begun;
    }
    return found;
}

void JournalState::forget(qint64 now)
{
    m_begun.removeIf(
        [now](const auto &begun) { return std::abs(now - begun.first) > 2 * rateMemory; });
    m_known.removeIf([this, now](QHash<QString, KnownCommand>::iterator known) {
        if (known->isClaimed() || known->expires + memory > now)
            return false;
        // What nobody vouches for can claim any expiry, and never ran.
        if (!known->signer.isEmpty())
            m_forgottenUpTo = std::max(m_forgottenUpTo, known->expires);
        return true;
    });
    m_unverified.removeIf([this](const QString &id) { return !m_known.contains(id); });
}

AuditRecord JournalState::loss(qint64 now) const
{
    AuditRecord record = beginning(now);
    // A command that ran before the loss was issued at most clockAllowance ahead of this clock.
    const qint64 latestExpiry = now + clockAllowance + longestCommandLife;
    record.marks[u"forgotten"_s] = std::max(m_forgottenUpTo, latestExpiry);
    record.marks[u"held"_s] = now + holdAfterLoss;
    // Numbers that were given before must not come again; nobody tells a thousand a second.
    record.marks[u"next"_s] = std::max(m_nextNumber, now);
    record.text = u"an earlier journal was lost or damaged"_s;
    return record;
}

AuditRecord JournalState::beginning(qint64 now) const
{
    AuditRecord record;
    record.kind = AuditRecord::Kind::Began;
    record.time = now;
    QJsonObject entries;
    for (auto entry = m_lastEntries.begin(); entry != m_lastEntries.end(); ++entry)
        entries[entry.key()] = positionText(*entry);
    record.marks = {
        {u"next"_s, m_nextNumber}, {u"taken"_s, m_takenUpTo},   {u"forgotten"_s, m_forgottenUpTo},
        {u"held"_s, m_heldUntil},  {u"schedule"_s, m_schedule}, {u"dropped"_s, m_dropped},
        {u"entries"_s, entries}};
    return record;
}

QList<AuditRecord> JournalState::carried(qint64 now) const
{
    QList<AuditRecord> records{beginning(now)};
    for (const KnownCommand &known : m_known) {
        if (!m_untaken.contains(known.n))
            records << recordOf(known);
    }
    for (AuditRecord record : m_untaken) {
        record.isCarried = true;
        records << record;
    }
    return records;
}

} // namespace Treewarden
