// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/treefilling.h"

#include "shared/core/ipaddress.h"

#include <algorithm>

namespace Treewarden {

PaasTree filledFromFleet(PaasTree tree, const FleetState &fleet)
{
    QStringList ips = fleet.servers.keys();
    std::sort(ips.begin(), ips.end(), ipLessThan);
    for (const QString &ip : std::as_const(ips)) {
        for (const FleetService &service : fleet.servers[ip].services) {
            const auto role = std::find_if(
                tree.roles.begin(), tree.roles.end(),
                [&](const PaasRole &candidate) { return candidate.role == service.id.role; });
            if (role != tree.roles.end())
                role->instances << PaasInstance{ip, service.id.instance};
        }
    }
    tree.roles.removeIf([](const PaasRole &role) { return role.instances.isEmpty(); });
    for (PaasRole &role : tree.roles) {
        role.needs.removeIf([&](const QString &needed) {
            return std::none_of(tree.roles.begin(), tree.roles.end(),
                                [&](const PaasRole &other) { return other.role == needed; });
        });
    }
    return tree;
}

} // namespace Treewarden
