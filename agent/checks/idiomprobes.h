// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/shellidiom.h"
#include "agent/probes/probe.h"

namespace Treewarden {

/// The probe that answers what a recognised text asks: a count of processes, or a question to Redis
/// or MySQL. An error when it names a server that cannot be asked.
Result<std::unique_ptr<ServiceProbe>> makeIdiomProbe(const ServiceDefinition &service,
                                                     const ShellIdiom &idiom,
                                                     const ProbeContext &context);

} // namespace Treewarden
