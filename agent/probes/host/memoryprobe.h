// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/protocol/workload.h"

namespace Treewarden {

/// The text of /proc/meminfo (proc(5)), in bytes.
Result<Workload::Memory> parseMemory(QByteArrayView text);

} // namespace Treewarden
