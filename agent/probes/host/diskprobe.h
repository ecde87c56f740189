// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QHash>

namespace Treewarden {

/// Counters of one block device.
struct DiskCounters
{
    quint64 readBytes = 0, writtenBytes = 0, busyMilliseconds = 0;
};

/// The text of /proc/diskstats by device name (Documentation/admin-guide/iostats.rst); a sector has
/// 512 bytes there.
Result<QHash<QByteArray, DiskCounters>> parseDiskstats(QByteArrayView text);

} // namespace Treewarden
