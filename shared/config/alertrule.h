// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace Treewarden {

/// When somebody wants to be told of a server's load: an element of `alerts`.
struct AlertRule
{
    enum class Severity { Warning, Critical };

    QString name; ///< unique in its configuration
    QString metric; ///< of alertMetrics()
    QString place; ///< the mount point or the host; empty: the worst of them
    bool isAbove = true; ///< raised above the threshold, else below it
    double threshold = 0;
    std::optional<double> until; ///< ends only beyond this one; absent: at the threshold
    std::chrono::seconds lasting{60}; ///< how long it must be so, and be over
    Severity severity = Severity::Warning;
    QString text; ///< what its author wants to be read, or empty

    /// True where `value` is what the rule warns of.
    bool isMetBy(double value) const { return isAbove ? value > threshold : value < threshold; }

    /// True where a raised alert may end with `value`.
    bool isOverAt(double value) const
    {
        const double end = until.value_or(threshold);
        return isAbove ? value <= end : value >= end;
    }

    friend bool operator==(const AlertRule &, const AlertRule &) = default;
};

/// "warning", "critical": the words of the wire.
inline QString severityWord(AlertRule::Severity severity)
{
    return severity == AlertRule::Severity::Critical ? QStringLiteral("critical")
                                                     : QStringLiteral("warning");
}

} // namespace Treewarden
