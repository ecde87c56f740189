// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/journal.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QByteArray linesOf(const QList<AuditRecord> &records)
{
    QByteArray lines;
    for (const AuditRecord &record : records)
        lines += auditLine(record);
    return lines;
}

} // namespace

Journal::Journal(const QString &folder, Now now, qint64 rotateAt)
    : m_file(folder)
    , m_now(std::move(now))
    , m_smallestFull(rotateAt)
    , m_rotateAt(rotateAt)
{
}

Result<void> Journal::open()
{
    if (const auto locked = m_file.lock(); !locked)
        return locked;
    const auto bytes = m_file.read();
    if (bytes && !bytes->has_value())
        return beginAnew(u"there is no journal %1"_s.arg(m_file.path()));
    const AuditFile file = bytes ? parseAuditFile(**bytes) : AuditFile();
    for (const AuditRecord &record : file.records)
        m_state.apply(record);
    const bool isBegun
        = !file.records.isEmpty() && file.records.first().kind == AuditRecord::Kind::Began;
    if (bytes && isBegun && file.damaged == 0)
        return m_file.continueAt(file.whole);
    const QString why = !bytes ? bytes.error().text
        : file.damaged > 0
        ? u"%1 of the lines of %2 are no records"_s.arg(file.damaged).arg(m_file.path())
        : u"%1 has no beginning"_s.arg(m_file.path());
    return beginAnew(u"%1; it is kept as %2"_s.arg(why, m_file.putAside(m_now())));
}

Result<void> Journal::beginAnew(const QString &loss)
{
    m_loss = loss;
    const AuditRecord lost = m_state.loss(m_now());
    m_state.apply(lost);
    QList<AuditRecord> records = m_state.carried(m_now());
    records.first() = lost;
    return m_file.replace(linesOf(records), false);
}

Result<bool> Journal::prepare(const QString &folder, qint64 now)
{
    JournalFile file(folder);
    if (const auto locked = file.lock(); !locked)
        return locked.error();
    const auto bytes = file.read();
    if (!bytes)
        return bytes.error();
    if (bytes->has_value())
        return false;
    AuditRecord first = JournalState().beginning(now);
    first.text = u"prepared"_s;
    // Above every number that an earlier journal may have given.
    first.marks[u"next"_s] = now;
    if (const auto written = file.replace(auditLine(first), false); !written)
        return written.error();
    return true;
}

void Journal::add(AuditRecord record)
{
    record.time = m_now();
    m_uncommitted += auditLine(record);
    m_state.apply(record);
}

qint64 Journal::addOutcome(AuditRecord record)
{
    record.kind = AuditRecord::Kind::Ended;
    record.n = m_state.nextNumber();
    add(record);
    return record.n;
}

Result<void> Journal::commit()
{
    if (m_uncommitted.isEmpty())
        return {};
    if (const auto kept = m_file.appendSafely(std::exchange(m_uncommitted, {})); !kept)
        return kept;
    return m_file.size() > m_rotateAt ? rotate() : Result<void>();
}

Result<void> Journal::rotate()
{
    forget();
    const QByteArray lines = linesOf(m_state.carried(m_now()));
    // What must be kept may be much; the next file has to have room for more.
    m_rotateAt = std::max<qint64>(m_smallestFull, 2 * lines.size());
    return m_file.replace(lines, true);
}

} // namespace Treewarden
