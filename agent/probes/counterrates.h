// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/rate.h"
#include "shared/core/steadyclock.h"

#include <QHash>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace Treewarden {

/// Turns the counters of a service into rates per second between two readings of it.
class CounterRates
{
public:
    /// Call before the counters of one reading.
    void startReading(qint64 now = steadyMilliseconds())
    {
        m_span = m_at ? now - *m_at : 0;
        m_at = now;
    }

    /// Adds "<name>_per_second" to `info`, to one decimal; not at the first reading nor after the
    /// counter fell.
    void add(QJsonObject *info, const QString &name, quint64 counter)
    {
        const auto before = m_counters.constFind(name);
        if (before != m_counters.constEnd()) {
            if (const auto rate = ratePerSecond(*before, counter, m_span))
                info->insert(name + QStringLiteral("_per_second"), std::round(*rate * 10) / 10);
        }
        m_counters.insert(name, counter);
    }

private:
    QHash<QString, quint64> m_counters;
    std::optional<qint64> m_at;
    qint64 m_span = 0;
};

/// A counter as a JSON number, which is a double to most readers.
inline qint64 shownCounter(quint64 counter)
{
    return qint64(std::min(counter, quint64(1) << 53));
}

/// `part` of `whole` as a percentage to one decimal; nothing of nothing.
inline std::optional<double> percentageOf(double part, double whole)
{
    return whole > 0 ? std::optional(std::round(part / whole * 1000) / 10) : std::nullopt;
}

} // namespace Treewarden
