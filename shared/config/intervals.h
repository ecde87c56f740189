// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <chrono>

namespace Treewarden {

/// `intervals` of a configuration.
struct Intervals
{
    std::chrono::milliseconds heartbeat{5000}, lease{15000}, workload{1000}, services{1000},
        ping{10000}, info{300000};
    QMap<QString, qint64> keep{{QStringLiteral("1s"), 86400},
                               {QStringLiteral("1m"), 1209600},
                               {QStringLiteral("1h"), 63072000}}; ///< seconds, by tier

    friend bool operator==(const Intervals &, const Intervals &) = default;
};

} // namespace Treewarden
