// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetsource.h"

namespace Treewarden {

Health serverHealth(const FleetState &state, const FleetServer &server, qint64 now)
{
    const auto declared = state.maintenance.constFind(server.ip);
    if (declared != state.maintenance.cend() && declared->until > now)
        return Health::Maintenance;
    return server.health();
}

} // namespace Treewarden
