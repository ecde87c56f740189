// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetrow.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "shared/core/ipaddress.h"
#include "shared/core/textformat.h"

#include <algorithm>
#include <tuple>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

void countServices(FleetRow &row, const FleetServer &server)
{
    row.roleIds.clear();
    row.services = int(server.services.size());
    row.servicesAlive = 0;
    row.areServicesKnown = false;
    for (const FleetService &service : server.services) {
        if (row.roleIds.isEmpty() || row.roleIds.last() != service.id.role)
            row.roleIds << service.id.role;
        const Health health = server.serviceHealth(service);
        row.servicesAlive += health == Health::Alive;
        row.areServicesKnown |= health != Health::Unknown;
        if (row.health == Health::Degraded && health != Health::Alive)
            row.since = qMax(row.since, service.state.since);
    }
    // A server that died took its services with it: that is known.
    row.areServicesKnown |= row.health == Health::Died || server.services.isEmpty();
}

} // namespace

void RecentValues::add(float value)
{
    if (m_size < capacity) {
        m_values[size_t(m_start + m_size++) % capacity] = value;
    } else {
        m_values[size_t(m_start)] = value;
        m_start = (m_start + 1) % capacity;
    }
}

QHash<QString, QStringList> treesByServer(const FleetState &state)
{
    QHash<QString, QStringList> trees;
    for (const PaasTree &tree : state.trees)
        for (const PaasRole &role : tree.roles)
            for (const PaasInstance &instance : role.instances)
                if (QStringList &ids = trees[instance.ip]; ids.isEmpty() || ids.last() != tree.id)
                    ids << tree.id;
    return trees;
}

void updateRow(FleetRow &row, const FleetState &state, const FleetServer &server,
               const QStringList &trees, qint64 now)
{
    if (row.ip != server.ip) {
        row.ip = server.ip;
        row.ipKey = ipSortKey(server.ip);
    }
    row.name = oneLine(server.displayName(), 100);
    row.sortName = row.name.toLower();
    row.health = serverHealth(state, server, now);
    row.since = server.since;
    countServices(row, server);
    row.treeIds = trees;
    row.trees = trees.join(u", "_s);
    row.roles = row.roleIds.join(u", "_s);
    updateWorkload(row, server);
    row.searchText
        = QStringList{row.name, row.ip, row.roles, healthWord(row.health), healthText(row.health)}
              .join(u'\n')
              .toLower();
}

bool updateWorkload(FleetRow &row, const FleetServer &server)
{
    const bool isKnown = server.alive.value_or(false) && server.workload.timestamp;
    const WorkloadFigures figures = isKnown ? server.workload.info.figures() : WorkloadFigures();
    const bool isNewSample = isKnown && server.workload.timestamp != row.sampledAt;
    const bool isNew = isNewSample
        || std::tie(figures.cpu, figures.memory, figures.load, figures.disk)
            != std::tie(row.cpu, row.memory, row.load, row.disk);
    row.cpu = figures.cpu;
    row.memory = figures.memory;
    row.load = figures.load;
    row.disk = figures.disk;
    if (isNewSample && row.cpu)
        row.cpuHistory.add(float(*row.cpu));
    if (isNewSample)
        row.sampledAt = server.workload.timestamp;
    return isNew;
}

} // namespace Treewarden
