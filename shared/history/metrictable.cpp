// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/metrictable.h"

#include "shared/history/historychunk.h"

namespace Treewarden {

namespace {

template<typename T>
double number(const std::optional<T> &value)
{
    return value ? double(*value) : notMeasured;
}

template<int index>
double load(const Workload &w)
{
    return w.load.size() > index ? w.load[index] : notMeasured;
}

using Getter = double (*)(const Workload &);

// In the order of knownMetrics().
constexpr Getter getters[] = {
    [](const Workload &w) { return number(w.cpu.busy); },
    [](const Workload &w) { return number(w.cpu.user); },
    [](const Workload &w) { return number(w.cpu.system); },
    [](const Workload &w) { return number(w.cpu.iowait); },
    load<0>,
    load<1>,
    load<2>,
    [](const Workload &w) { return number(w.memory.used); },
    [](const Workload &w) { return number(w.memory.available); },
    [](const Workload &w) { return number(w.memory.swapUsed); },
    [](const Workload &w) { return number(w.disk.read); },
    [](const Workload &w) { return number(w.disk.write); },
    [](const Workload &w) { return number(w.network.receive); },
    [](const Workload &w) { return number(w.network.transmit); },
    [](const Workload &w) { return number(w.processes.total); },
    [](const Workload &w) { return number(w.cpu.steal); },
    [](const Workload &w) { return number(w.cpu.cores); },
    [](const Workload &w) { return number(w.memory.total); },
    [](const Workload &w) { return number(w.memory.cached); },
    [](const Workload &w) { return number(w.memory.swapTotal); },
    [](const Workload &w) { return number(w.pressure.cpu); },
    [](const Workload &w) { return number(w.pressure.memory); },
    [](const Workload &w) { return number(w.pressure.io); },
    [](const Workload &w) { return number(w.disk.busy); },
    [](const Workload &w) { return number(w.network.errors); },
    [](const Workload &w) { return number(w.processes.running); },
    [](const Workload &w) { return number(w.processes.blocked); },
    [](const Workload &w) { return number(w.uptime); },
    [](const Workload &w) { return number(w.agent.cpu); },
    [](const Workload &w) { return number(w.agent.rss); },
    [](const Workload &w) { return number(w.agent.round); },
    [](const Workload &w) { return number(w.agent.skipped); },
};

} // namespace

static_assert(std::size(getters) == knownMetricCount);

MetricTable::MetricTable()
{
    m_names.reserve(HistoryChunk::mostFields);
    for (const KnownMetric &metric : knownMetrics()) {
        m_names.push_back(metric.name);
        m_units.push_back(metric.unit);
    }
}

void MetricTable::read(const Workload &workload, std::vector<double> &row)
{
    row.assign(m_names.size(), notMeasured);
    for (size_t i = 0; i < std::size(getters); ++i)
        row[i] = getters[i](workload);
    // What matters most first: where there are too many leaves the last ones find no room.
    size_t place = 0;
    const auto &filesystems = workload.filesystems;
    for (auto mount = filesystems.begin(); mount != filesystems.end(); ++mount)
        put(place, mount.key(), "filesystems..used", number(mount->used), row);
    for (auto host = workload.ping.begin(); host != workload.ping.end(); ++host)
        put(place, host.key(), "ping.", number(*host), row);
    for (auto mount = filesystems.begin(); mount != filesystems.end(); ++mount)
        put(place, mount.key(), "filesystems..inodes_used", number(mount->inodesUsed), row);
    for (auto mount = filesystems.begin(); mount != filesystems.end(); ++mount)
        put(place, mount.key(), "filesystems..total", number(mount->total), row);
    m_places.resize(place);
}

/// Round after round the same leaves come in the same order: then nothing is looked up. A leaf that
/// never had a value takes no column.
void MetricTable::put(size_t &place, const QString &owner, const char *leaf, double value,
                      std::vector<double> &row)
{
    if (place >= m_places.size())
        m_places.push_back({owner, leaf, std::nullopt});
    Place &known = m_places[place++];
    if (known.leaf != leaf || known.owner != owner)
        known = {owner, leaf, std::nullopt};
    if (std::isnan(value))
        return;
    if (!known.column)
        known.column = columnOfLeaf(owner, leaf);
    if (*known.column < 0)
        return;
    row.resize(m_names.size(), notMeasured);
    row[size_t(*known.column)] = value;
}

qsizetype MetricTable::columnOfLeaf(const QString &owner, const char *leaf)
{
    // The owner's name goes between the dots, or after the last one.
    QByteArray name(leaf);
    const qsizetype dots = name.indexOf("..");
    return columnOf(name.insert(dots < 0 ? name.size() : dots + 1, owner.toUtf8()));
}

qsizetype MetricTable::columnOf(const QByteArray &name)
{
    const auto found = std::find(m_names.begin(), m_names.end(), name);
    if (found != m_names.end())
        return found - m_names.begin();
    if (m_names.size() >= HistoryChunk::mostFields || name.size() > HistoryChunk::longestName) {
        m_isCrowded = true;
        return -1;
    }
    m_names.push_back(name);
    m_units.push_back(unitOfName(name));
    return qsizetype(m_names.size()) - 1;
}

} // namespace Treewarden
