// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <array>

namespace Treewarden {

/// The last values of one metric, oldest first; the oldest falls out.
class RecentValues
{
public:
    static constexpr int capacity = 40;

    void add(float value);

    void clear() { m_size = m_start = 0; }

    int size() const { return m_size; }

    float at(int index) const { return m_values[size_t(m_start + index) % capacity]; }

private:
    std::array<float, capacity> m_values{};
    int m_start = 0, m_size = 0;
};

/// One server as the fleet's table shows it. Percentages 0-100; what is not known, or not true any
/// more because the server is not alive, is absent.
struct FleetRow
{
    QString ip, name;
    QString
        sortName; ///< the name in lower case: comparing without regard to case each time is slow
    QByteArray ipKey; ///< ipSortKey(ip)
    QString roles, trees; ///< "nginx, apache"; "dev, shop"
    QStringList roleIds, treeIds;
    Health health = Health::Unknown;
    std::optional<double> cpu, memory, load, disk;
    int servicesAlive = 0, services = 0;
    bool areServicesKnown = true;
    qint64 since = 0; ///< ms; of the newest trouble when degraded
    QString searchText; ///< lower case: what plain words of a filter are looked for in
    RecentValues cpuHistory;
    qint64 sampledAt = 0; ///< ms; the newest sample in cpuHistory
    bool isNew = false; ///< its load is another than the one that was told last
};

/// By ip: the ids of the trees that it stands in, sorted.
QHash<QString, QStringList> treesByServer(const FleetState &state);

/// Fills everything from the state, a new sample into cpuHistory.
void updateRow(FleetRow &row, const FleetState &state, const FleetServer &server,
               const QStringList &trees, qint64 now);
/// Only what a new workload changes; false when that is nothing.
bool updateWorkload(FleetRow &row, const FleetServer &server);

} // namespace Treewarden
