// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/alertrule.h"
#include "shared/protocol/workload.h"

#include <QList>
#include <QStringList>

namespace Treewarden {

/// One quantity of a server's load that a rule may watch: docs/protocol.md, section 4, "alerts".
struct AlertMetric
{
    enum class Unit { Percent, Number, BytesPerSecond, PerSecond, Milliseconds, Seconds };
    /// What the quantity exists several times for, once a sample.
    enum class Place { None, Filesystem, Host };

    QString name;
    Unit unit = Unit::Percent;
    Place place = Place::None;
    /// Of a place, or with an empty one the largest; nothing where the sample does not tell.
    std::optional<double> (*valueOf)(const Workload &load, const QString &place) = nullptr;
};

const QList<AlertMetric> &alertMetrics();
/// nullptr: there is none of that name.
const AlertMetric *findAlertMetric(const QString &name);
/// The field of a rule that names the place: "filesystem", "host"; empty: it has none.
QString placeField(AlertMetric::Place place);

/// What the rule looks at in a sample.
std::optional<double> alertValue(const AlertRule &rule, const Workload &load);

} // namespace Treewarden
