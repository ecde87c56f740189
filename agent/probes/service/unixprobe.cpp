// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/expectation.h"
#include "agent/probes/probe.h"

namespace Treewarden {

/// A connection to a Unix socket, and with `send` or `expect` an answer.
Result<std::unique_ptr<ServiceProbe>> makeUnixServiceProbe(const ServiceDefinition &service,
                                                           const ProbeCheck &check,
                                                           const ProbeContext &)
{
    if (!check.parameters.contains(QLatin1StringView("path")))
        return Error{
            QStringLiteral("%1: probe unix: give the path of the socket").arg(service.id.text())};
    return makeExpectingProbe(service, check, QStringLiteral("service"));
}

} // namespace Treewarden
