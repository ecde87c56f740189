// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/alerttext.h"

#include "shared/config/alertmetrics.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleettext.h"

#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct MetricTitle
{
    QLatin1StringView metric;
    const char *title;
};

constexpr MetricTitle metricTitles[] = {
    {"cpu"_L1, QT_TRANSLATE_NOOP("FleetText", "CPU")},
    {"iowait"_L1, QT_TRANSLATE_NOOP("FleetText", "CPU waiting for disks")},
    {"steal"_L1, QT_TRANSLATE_NOOP("FleetText", "CPU stolen by the host")},
    {"load"_L1, QT_TRANSLATE_NOOP("FleetText", "Load")},
    {"load_per_core"_L1, QT_TRANSLATE_NOOP("FleetText", "Load per core")},
    {"memory"_L1, QT_TRANSLATE_NOOP("FleetText", "Memory")},
    {"swap"_L1, QT_TRANSLATE_NOOP("FleetText", "Swap")},
    {"disk"_L1, QT_TRANSLATE_NOOP("FleetText", "Disk space")},
    {"inodes"_L1, QT_TRANSLATE_NOOP("FleetText", "Inodes")},
    {"disk_busy"_L1, QT_TRANSLATE_NOOP("FleetText", "Busiest disk")},
    {"disk_read"_L1, QT_TRANSLATE_NOOP("FleetText", "Disk reads")},
    {"disk_write"_L1, QT_TRANSLATE_NOOP("FleetText", "Disk writes")},
    {"pressure_cpu"_L1, QT_TRANSLATE_NOOP("FleetText", "CPU pressure")},
    {"pressure_memory"_L1, QT_TRANSLATE_NOOP("FleetText", "Memory pressure")},
    {"pressure_io"_L1, QT_TRANSLATE_NOOP("FleetText", "I/O pressure")},
    {"receive"_L1, QT_TRANSLATE_NOOP("FleetText", "Network in")},
    {"transmit"_L1, QT_TRANSLATE_NOOP("FleetText", "Network out")},
    {"network_errors"_L1, QT_TRANSLATE_NOOP("FleetText", "Network errors")},
    {"processes"_L1, QT_TRANSLATE_NOOP("FleetText", "Processes")},
    {"blocked"_L1, QT_TRANSLATE_NOOP("FleetText", "Blocked processes")},
    {"ping"_L1, QT_TRANSLATE_NOOP("FleetText", "Ping time")},
    {"ping_loss"_L1, QT_TRANSLATE_NOOP("FleetText", "Lost pings")},
    {"uptime"_L1, QT_TRANSLATE_NOOP("FleetText", "Uptime")},
};

/// At most one decimal where that is enough, else two: 97.5, 0.25, 1200.
QString shortNumber(double value)
{
    const int decimals = std::abs(value) < 10 ? 2 : 1;
    QString text = QString::number(value, 'f', decimals);
    while (text.endsWith(u'0'))
        text.chop(1);
    return text.endsWith(u'.') ? text.chopped(1) : text;
}

QString subjectText(const QJsonObject &rule)
{
    const QString title = alertMetricText(rule.value(u"metric").toString());
    for (const QStringView field : {QStringView(u"filesystem"), QStringView(u"host")}) {
        if (const QString place = oneLine(rule.value(field).toString(), 64); !place.isEmpty())
            return FleetText::tr("%1 of %2", "metric, file system or host").arg(title, place);
    }
    return title;
}

} // namespace

QString alertMetricText(const QString &metric)
{
    for (const MetricTitle &row : metricTitles) {
        if (row.metric == metric)
            return FleetText::tr(row.title);
    }
    return oneLine(metric, 64);
}

QString alertUnit(const QString &metric)
{
    using Unit = AlertMetric::Unit;
    const AlertMetric *known = findAlertMetric(metric);
    switch (known ? known->unit : Unit::Number) {
    case Unit::Percent:
        return u"%"_s;
    case Unit::BytesPerSecond:
        return FleetText::tr("bytes/s");
    case Unit::PerSecond:
        return u"1/s"_s;
    case Unit::Milliseconds:
        return u"ms"_s;
    case Unit::Seconds:
        return u"s"_s;
    case Unit::Number:
        break;
    }
    return {};
}

QString alertValueText(const QString &metric, double value)
{
    using Unit = AlertMetric::Unit;
    if (!std::isfinite(value) || std::abs(value) > 1e15)
        return u"?"_s;
    const AlertMetric *known = findAlertMetric(metric);
    switch (known ? known->unit : Unit::Number) {
    case Unit::Percent:
        return shortNumber(value) + u" %"_s;
    case Unit::BytesPerSecond:
        return formatBytes(qint64(value)) + u"/s"_s;
    case Unit::PerSecond:
        return shortNumber(value) + u"/s"_s;
    case Unit::Milliseconds:
        return shortNumber(value) + u" ms"_s;
    case Unit::Seconds:
        return formatDuration(qint64(value) * 1000);
    case Unit::Number:
        break;
    }
    return shortNumber(value);
}

QString alertConditionText(const QJsonObject &rule)
{
    const QString subject = subjectText(rule), metric = rule.value(u"metric").toString();
    if (const auto above = jsonNumber(rule.value(u"above")))
        return FleetText::tr("%1 above %2", "metric, value")
            .arg(subject, alertValueText(metric, *above));
    if (const auto below = jsonNumber(rule.value(u"below")))
        return FleetText::tr("%1 below %2", "metric, value")
            .arg(subject, alertValueText(metric, *below));
    return subject;
}

} // namespace Treewarden
