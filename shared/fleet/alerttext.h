// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace Treewarden {

/// What people read of alerts and their rules; everything is safe to show, and translated.

/// "CPU", "Disk space"; a metric that this program does not know as it came.
QString alertMetricText(const QString &metric);
/// The unit that thresholds of the metric are written in: "%", "bytes/s", "ms"; empty: none.
QString alertUnit(const QString &metric);
/// A value of the metric with its unit: "97.5 %", "12 MiB/s".
QString alertValueText(const QString &metric, double value);
/// "CPU above 90 %", "Disk space of /var above 95 %" of the fields of a rule, or of an event, which
/// has the same; what it lacks is left out.
QString alertConditionText(const QJsonObject &rule);

} // namespace Treewarden
