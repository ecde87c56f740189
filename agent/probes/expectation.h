// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"

namespace Treewarden {

/// The probes tcp and unix: connect, and with `send` or `expect` wait until the answer contains
/// `expect` (any byte when only `send` is given).
Result<std::unique_ptr<ServiceProbe>> makeExpectingProbe(const ServiceDefinition &service,
                                                         const ProbeCheck &check,
                                                         const QString &subject);

} // namespace Treewarden
