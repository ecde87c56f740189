// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/expectation.h"
#include "agent/probes/probe.h"

namespace Treewarden {

/// A connection to a port, and with `send` or `expect` an answer. A connection alone says little:
/// the kernel accepts for a daemon that hangs.
Result<std::unique_ptr<ServiceProbe>>
makeTcpServiceProbe(const ServiceDefinition &service, const ProbeCheck &check, const ProbeContext &)
{
    return makeExpectingProbe(service, check, QStringLiteral("TCP service"));
}

} // namespace Treewarden
