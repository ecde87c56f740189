// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/intervalsparser.h"

#include "shared/config/configtext.h"
#include "shared/core/json.h"

#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct IntervalRule
{
    QString name;
    std::chrono::milliseconds Intervals::*member;
    double least, most; ///< seconds
};

const QList<IntervalRule> &intervalRules()
{
    static const QList<IntervalRule> rules{
        {u"heartbeat"_s, &Intervals::heartbeat, 0.1, 3600},
        {u"lease"_s, &Intervals::lease, 0.3, 86400},
        {u"workload"_s, &Intervals::workload, 0.1, 3600},
        {u"services"_s, &Intervals::services, 0.1, 3600},
        {u"ping"_s, &Intervals::ping, 0.5, 86400},
        {u"info"_s, &Intervals::info, 1, 86400},
    };
    return rules;
}

constexpr qint64 longestKept = qint64{20} * 366 * 86400; ///< seconds

void parseKeep(const QJsonValue &value, Intervals &intervals, ConfigIssues &issues)
{
    const QString path = u"intervals.keep"_s;
    if (!value.isObject()) {
        issues.error(
            path,
            ConfigText::tr(
                "must be an object of seconds: {\"1s\":86400,\"1m\":1209600,\"1h\":63072000}"));
        return;
    }
    const QStringList tiers = intervals.keep.keys();
    const QJsonObject keep = value.toObject();
    for (auto tier = keep.begin(); tier != keep.end(); ++tier) {
        if (!tiers.contains(tier.key())) {
            issues.unknownField(path, tier.key(), tiers);
            continue;
        }
        const auto seconds = jsonInteger(tier.value());
        if (!seconds || *seconds < 60 || *seconds > longestKept) {
            issues.error(
                memberPath(path, tier.key()),
                ConfigText::tr("must be a whole number of seconds from 60 to %1").arg(longestKept));
            continue;
        }
        intervals.keep[tier.key()] = *seconds;
    }
}

QString asSeconds(std::chrono::milliseconds span)
{
    return QString::number(double(span.count()) / 1000);
}

} // namespace

Intervals parseIntervals(const QJsonObject &object, ConfigIssues &issues)
{
    Intervals intervals;
    QStringList known{u"keep"_s};
    for (const IntervalRule &rule : intervalRules()) {
        known << rule.name;
        if (!object.contains(rule.name))
            continue;
        const double seconds = jsonNumber(object[rule.name]).value_or(-1);
        if (seconds < rule.least || seconds > rule.most) {
            issues.error(memberPath(u"intervals"_s, rule.name),
                         ConfigText::tr("must be a number of seconds from %1 to %2")
                             .arg(rule.least)
                             .arg(rule.most));
            continue;
        }
        intervals.*rule.member = std::chrono::milliseconds(std::llround(seconds * 1000));
    }
    for (const QString &name : object.keys()) {
        if (!known.contains(name))
            issues.unknownField(u"intervals"_s, name, known);
    }
    if (object.contains(u"keep"_s))
        parseKeep(object[u"keep"_s], intervals, issues);
    if (!object.contains(u"lease"_s))
        intervals.lease = 3 * intervals.heartbeat;
    if (intervals.lease <= intervals.heartbeat) {
        issues.error(
            u"intervals.lease"_s,
            ConfigText::tr(
                "%1 s is not longer than the heartbeat of %2 s, so a healthy server would be "
                "taken for dead; give it "
                "%3 s")
                .arg(asSeconds(intervals.lease), asSeconds(intervals.heartbeat),
                     asSeconds(3 * intervals.heartbeat)));
    } else if (intervals.lease < 2 * intervals.heartbeat) {
        issues.warning(u"intervals.lease"_s,
                       ConfigText::tr("%1 s forgives no missed heartbeat of %2 s; %3 s is usual")
                           .arg(asSeconds(intervals.lease), asSeconds(intervals.heartbeat),
                                asSeconds(3 * intervals.heartbeat)));
    }
    return intervals;
}

} // namespace Treewarden
