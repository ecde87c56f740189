// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"

namespace Treewarden {

/// Runs a text as it stands, in a shell: alive when it ends with 0 and the last number that it
/// prints is above 0. Only for texts of a signed configuration, where the policy of the server has
/// shell = allow.
std::unique_ptr<ServiceProbe> makeTextProbe(const TextCheck &check);

/// The last number in what a text printed, if any: "12", "-0.5".
std::optional<double> lastNumber(QByteArrayView output);

} // namespace Treewarden
