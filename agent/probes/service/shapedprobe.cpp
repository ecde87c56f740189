// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/probe.h"
#include "shared/config/probeparameters.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

/// The roles comdb, photolib, deploy and monitor are a house's own programs: each is watched as
/// tcp, http, file, process or unix, as its parameters say.
Result<std::unique_ptr<ServiceProbe>> makeShapedServiceProbe(const ServiceDefinition &service,
                                                             const ProbeCheck &check,
                                                             const ProbeContext &context)
{
    ProbeCheck shaped = check;
    shaped.probe = probeShape(check.probe, check.parameters);
    shaped.parameters.remove(u"as"_s);
    ServiceDefinition known = service; // probes compare their check with its workload check
    if (known.workload == Check(check))
        known.workload = shaped;
    for (const NamedServiceProbe &row : serviceProbes()) {
        if (shaped.probe == QLatin1StringView(row.name))
            return row.make(known, shaped, context);
    }
    return Error{u"%1: probe %2: as must be tcp, http, file, process or unix"_s.arg(
        service.id.text(), check.probe)};
}

} // namespace Treewarden
