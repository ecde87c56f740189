// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/tiers.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

QString tierName(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Samples:
        return u"1s"_s;
    case HistoryTier::Minutes:
        return u"1m"_s;
    case HistoryTier::Hours:
        return u"1h"_s;
    }
    return {};
}

qint64 chunksFor(HistoryTier tier, qint64 seconds, qint64 interval)
{
    const qint64 row = tier == HistoryTier::Samples ? std::max<qint64>(interval, 1)
        : tier == HistoryTier::Minutes              ? minuteSpan
                                                    : hourSpan;
    const qint64 chunk = row * HistoryChunk::mostRows;
    return (seconds * 1000 + chunk - 1) / chunk + 1;
}

HistoryTiers::HistoryTiers(qint64 interval)
    : m_interval(interval)
    , m_samples(OpenChunk::Kind::Samples, interval)
    , m_minutes(OpenChunk::Kind::Summaries, minuteSpan)
    , m_hours(OpenChunk::Kind::Summaries, hourSpan)
{
}

void HistoryTiers::setInterval(qint64 interval)
{
    if (interval == m_interval)
        return;
    m_interval = interval;
    finish(HistoryTier::Samples, m_samples);
    m_samples.setInterval(interval);
}

void HistoryTiers::add(qint64 time, const Workload &workload)
{
    if (m_mustMakeRoom)
        makeRoom();
    m_table.read(workload, m_row);
    if (!m_samples.canTake(time))
        finish(HistoryTier::Samples, m_samples);
    m_samples.add(time, m_row);
    if (m_samples.isFull())
        finish(HistoryTier::Samples, m_samples);
    addToMinutes(time, m_row);
}

void HistoryTiers::addToMinutes(qint64 time, const std::vector<double> &row)
{
    if (m_heldMinutes && m_heldMinutes->contains(m_minute.startOf(time)))
        return;
    if (const auto minute = m_minute.finishBefore(time))
        addMinute(*minute);
    m_minute.add(time, row);
}

void HistoryTiers::addMinute(const HistorySummary &summary)
{
    if (!m_minutes.canTake(summary.start))
        finish(HistoryTier::Minutes, m_minutes);
    m_minutes.add(summary);
    addToHours(summary);
    if (m_minutes.isFull()) {
        m_mustMakeRoom = m_table.isCrowded() && hasUnusedColumn();
        finish(HistoryTier::Minutes, m_minutes);
    }
}

void HistoryTiers::addToHours(const HistorySummary &summary)
{
    if (m_heldHours && m_heldHours->contains(m_hour.startOf(summary.start)))
        return;
    if (const auto hour = m_hour.finishBefore(summary.start))
        addHour(*hour);
    m_hour.add(summary);
}

void HistoryTiers::addHour(const HistorySummary &summary)
{
    if (!m_hours.canTake(summary.start))
        finish(HistoryTier::Hours, m_hours);
    m_hours.add(summary);
    if (m_hours.isFull())
        finish(HistoryTier::Hours, m_hours);
}

void HistoryTiers::finish(HistoryTier tier, OpenChunk &chunk)
{
    if (!chunk.isEmpty())
        m_finished.push_back({tier, chunk.close(m_table)});
}

bool HistoryTiers::hasUnusedColumn() const
{
    for (auto column = knownMetricCount; column < size_t(m_table.size()); ++column) {
        if (m_minutes.isUnused(column))
            return true;
    }
    return false;
}

/// Leaves found no place while others, of mounts and hosts that are gone, keep theirs: all begin
/// anew. Once an hour at most.
void HistoryTiers::makeRoom()
{
    finish(HistoryTier::Samples, m_samples);
    if (const auto minute = m_minute.finish())
        addMinute(*minute);
    finish(HistoryTier::Minutes, m_minutes);
    if (const auto hour = m_hour.finish())
        addHour(*hour);
    finish(HistoryTier::Hours, m_hours);
    m_table = MetricTable();
    m_mustMakeRoom = false;
}

} // namespace Treewarden
