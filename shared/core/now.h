// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <functional>

namespace Treewarden {

/// Where a part gets its time from: Unix milliseconds, UTC. Handed in, so that tests can set the
/// clock.
using Now = std::function<qint64()>;

inline Now systemNow()
{
    return [] { return QDateTime::currentMSecsSinceEpoch(); };
}

} // namespace Treewarden
