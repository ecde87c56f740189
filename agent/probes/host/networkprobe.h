// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QHash>

namespace Treewarden {

/// Counters of one network interface.
struct InterfaceCounters
{
    quint64 received = 0, transmitted = 0; ///< bytes
    quint64 errors = 0; ///< in both directions
};

/// The text of /proc/net/dev by interface (proc(5)).
Result<QHash<QByteArray, InterfaceCounters>> parseInterfaces(QByteArrayView text);

} // namespace Treewarden
