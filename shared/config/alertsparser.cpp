// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/alertsparser.h"

#include "shared/config/alertmetrics.h"
#include "shared/config/configtext.h"
#include "shared/core/json.h"
#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"
#include "shared/protocol/serviceid.h"

#include <QJsonObject>

#include <cmath>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRules = 64, longestText = 200, longestPlace = 256;
constexpr qint64 longestFor = 86'400; ///< s
constexpr double largest = 1e15;

/// Reads one list; each member function reads one field of a rule.
class AlertsReader
{
public:
    explicit AlertsReader(ConfigIssues &issues)
        : m_issues(issues)
    {
    }

    QList<AlertRule> read(const QJsonArray &array)
    {
        for (const auto &one : array)
            m_names << one.toObject()[u"name"_s].toString();
        QList<AlertRule> rules;
        for (qsizetype i = 0; i < array.size(); ++i) {
            m_path = u"alerts.%1"_s.arg(i);
            m_rule = array[i].toObject();
            if (array[i].isObject())
                rules << readRule(i);
            else
                m_issues.error(m_path,
                               ConfigText::tr("must be an object: {\"name\":\"cpu\","
                                              "\"metric\":\"cpu\",\"above\":90}"));
        }
        return rules;
    }

private:
    QString at(const QString &field) const { return memberPath(m_path, field); }

    AlertRule readRule(qsizetype index)
    {
        AlertRule rule;
        warnOfUnknown();
        rule.name = readName(index);
        rule.metric = readMetric();
        m_metric = findAlertMetric(rule.metric);
        rule.place = readPlace();
        readThreshold(rule);
        rule.lasting = readLasting();
        rule.severity = readSeverity();
        rule.text = readText();
        return rule;
    }

    void warnOfUnknown()
    {
        static const QStringList known{u"name"_s,  u"metric"_s,  u"filesystem"_s, u"host"_s,
                                       u"above"_s, u"below"_s,   u"until"_s,      u"for"_s,
                                       u"text"_s,  u"severity"_s};
        for (const QString &name : m_rule.keys()) {
            if (!known.contains(name))
                m_issues.unknownField(m_path, name, known);
        }
    }

    QString readName(qsizetype index)
    {
        const QString name = m_rule.value(u"name"_s).toString();
        const qsizetype first = m_names.indexOf(name);
        if (!isValidName(name)) {
            m_issues.error(at(u"name"_s),
                           m_rule.contains(u"name"_s)
                               ? ConfigText::tr("must be a name: 1 to 64 of A-Z a-z 0-9 _ . -")
                               : ConfigText::tr("missing; write \"%1\":\"NAME\"").arg(u"name"_s));
        } else if (first < index) {
            m_issues.error(at(u"name"_s),
                           ConfigText::tr("'%1' is the name of rule %2, too; give each its own")
                               .arg(name)
                               .arg(first));
        }
        return name;
    }

    QString readMetric()
    {
        const QString name = m_rule.value(u"metric"_s).toString();
        if (findAlertMetric(name))
            return name;
        QStringList known;
        for (const AlertMetric &metric : alertMetrics())
            known << metric.name;
        const QString nearest = nearestName(name.left(64), known);
        m_issues.error(at(u"metric"_s),
                       ConfigText::tr("must be one of %1").arg(known.join(u", "_s))
                           + (name.isEmpty() || nearest.isEmpty()
                                  ? QString()
                                  : ConfigText::tr("; did you mean '%1'?").arg(nearest)));
        return {};
    }

    /// What the metric has none of is told, and counts for nothing.
    QString readPlace()
    {
        QString place;
        for (const auto kind : {AlertMetric::Place::Filesystem, AlertMetric::Place::Host}) {
            const QString field = placeField(kind);
            if (!m_rule.contains(field))
                continue;
            if (m_metric && m_metric->place != kind) {
                m_issues.error(at(field),
                               ConfigText::tr("the metric %1 has no %2; delete it")
                                   .arg(m_metric->name, field));
                continue;
            }
            place = m_rule.value(field).toString();
            if (place.isEmpty() || place.size() > longestPlace)
                m_issues.error(
                    at(field),
                    kind == AlertMetric::Place::Filesystem
                        ? ConfigText::tr("must be a mount point such as \"/var\"")
                        : ConfigText::tr("must be a host of \"ping\" such as \"10.0.0.1\""));
        }
        return place;
    }

    void readThreshold(AlertRule &rule)
    {
        rule.isAbove = m_rule.contains(u"above"_s);
        if (rule.isAbove == m_rule.contains(u"below"_s)) {
            m_issues.error(rule.isAbove ? at(u"below"_s) : m_path,
                           rule.isAbove
                               ? ConfigText::tr("a rule has either above or below; delete one")
                               : ConfigText::tr("has no threshold; write \"above\":90 or "
                                                "\"below\":10"));
            return;
        }
        const QString side = rule.isAbove ? u"above"_s : u"below"_s;
        const auto threshold = readNumber(side);
        rule.until = readNumber(u"until"_s);
        if (!threshold)
            return;
        rule.threshold = *threshold;
        if (rule.until && (rule.isAbove ? *rule.until > *threshold : *rule.until < *threshold))
            m_issues.error(at(u"until"_s),
                           (rule.isAbove ? ConfigText::tr("must not be above the %1 at which it "
                                                          "begins, or it would end at once")
                                         : ConfigText::tr("must not be below the %1 at which it "
                                                          "begins, or it would end at once"))
                               .arg(*threshold));
    }

    /// Within what the metric can be; nothing, which is told where it is there.
    std::optional<double> readNumber(const QString &field)
    {
        if (!m_rule.contains(field))
            return std::nullopt;
        const bool isPercent = m_metric && m_metric->unit == AlertMetric::Unit::Percent;
        const auto number = jsonNumber(m_rule.value(field));
        if (number && *number >= 0 && *number <= (isPercent ? 100 : largest))
            return number;
        m_issues.error(at(field),
                       isPercent ? ConfigText::tr("must be a number of percent from 0 to 100")
                                 : ConfigText::tr("must be a number of 0 or more"));
        return std::nullopt;
    }

    std::chrono::seconds readLasting()
    {
        const auto seconds = jsonInteger(m_rule.value(u"for"_s));
        if (!m_rule.contains(u"for"_s))
            return AlertRule().lasting;
        if (!seconds || *seconds < 0 || *seconds > longestFor)
            m_issues.error(
                at(u"for"_s),
                ConfigText::tr("must be a whole number of seconds from 0 to %1").arg(longestFor));
        return std::chrono::seconds(seconds.value_or(0));
    }

    AlertRule::Severity readSeverity()
    {
        const QJsonValue severity = m_rule.value(u"severity"_s);
        if (severity == u"critical"_s)
            return AlertRule::Severity::Critical;
        if (!severity.isUndefined() && severity != u"warning"_s)
            m_issues.error(at(u"severity"_s),
                           ConfigText::tr("must be \"warning\" or \"critical\""));
        return AlertRule::Severity::Warning;
    }

    QString readText()
    {
        const QJsonValue value = m_rule.value(u"text"_s);
        const QString text = value.toString();
        if ((!value.isUndefined() && !value.isString()) || text.size() > longestText
            || text.contains(u'\n'))
            m_issues.error(at(u"text"_s),
                           ConfigText::tr("must be a text of at most %1 characters on one line")
                               .arg(longestText));
        return text;
    }

    ConfigIssues &m_issues;
    QStringList m_names; ///< of all rules, by index
    QString m_path; ///< of the rule that is read
    QJsonObject m_rule;
    const AlertMetric *m_metric = nullptr; ///< of that rule
};

} // namespace

QList<AlertRule> parseAlerts(const QJsonArray &rules, ConfigIssues &issues)
{
    if (rules.size() > mostRules) {
        issues.error(u"alerts"_s,
                     ConfigText::tr("has %1 rules, more than the %2 that one server may have")
                         .arg(rules.size())
                         .arg(mostRules));
        return {};
    }
    return AlertsReader(issues).read(rules);
}

} // namespace Treewarden
