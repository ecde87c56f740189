// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"

namespace Treewarden {

/// The probe of a service's `alive` or `workload` check: native ones from the table, the original's
/// text recognised (docs/probes.md). A text that is not recognised gives a probe whose answer is
/// always unknown, with the sentence that says what to do. An error means that the check's
/// parameters are wrong.
Result<std::unique_ptr<ServiceProbe>>
makeServiceProbe(const ServiceDefinition &service, const Check &check, const ProbeContext &context);

} // namespace Treewarden
