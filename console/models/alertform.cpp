// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/alertform.h"

#include "shared/config/alertmetrics.h"
#include "shared/core/textformat.h"
#include "shared/fleet/alerttext.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The translation context of the fields of alerts.
struct AlertFormText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::AlertFormText)
};

using Kind = FormField::Kind;
using Meaning = FormField::Meaning;

const QString aboveSide = u"above"_s, belowSide = u"below"_s;

QString metricHelp(const QString &metric)
{
    if (metric == u"load")
        return AlertFormText::tr("The average of one minute.");
    if (metric == u"load_per_core")
        return AlertFormText::tr("The average of one minute, divided by the processors.");
    if (metric == u"ping")
        return AlertFormText::tr("A host that does not answer has none: watch its lost pings.");
    if (metric == u"ping_loss")
        return AlertFormText::tr("Of the last 60 requests.");
    if (metric.startsWith(u"pressure"))
        return AlertFormText::tr("How much of 10 s something had to wait for it.");
    return AlertFormText::tr("A quantity that the server measures.");
}

void addMetric(FormBuilder &form, const QString &metric)
{
    FormField &what = form.member(u"metric"_s, AlertFormText::tr("What is watched"),
                                  metricHelp(metric), Kind::Choice);
    what.meaning = Meaning::Metric;
    for (const AlertMetric &one : alertMetrics())
        what.choices.append({one.name, alertMetricText(one.name)});
    if (!metric.isEmpty() && !findAlertMetric(metric))
        what.choices.append({metric, oneLine(metric, 64)});
}

void addPlace(FormBuilder &form, const QString &metric)
{
    const AlertMetric *known = findAlertMetric(metric);
    if (known && known->place == AlertMetric::Place::Filesystem)
        form.member(u"filesystem"_s, AlertFormText::tr("File system"),
                    AlertFormText::tr("Where it is mounted: /var; empty: the fullest one counts."));
    else if (known && known->place == AlertMetric::Place::Host)
        form.member(u"host"_s, AlertFormText::tr("Host"),
                    AlertFormText::tr("One of those that are pinged (Intervals); empty: the worst "
                                      "one counts."));
}

QString sideOf(const QJsonValue &rule)
{
    const QJsonObject object = rule.toObject();
    return object.contains(belowSide) && !object.contains(aboveSide) ? belowSide : aboveSide;
}

/// The side that all of them have; empty: they differ.
QString commonSide(const QList<QJsonValue> &rules)
{
    const QString first = sideOf(rules.first());
    return std::all_of(rules.begin(), rules.end(),
                       [&](const QJsonValue &rule) { return sideOf(rule) == first; })
        ? first
        : QString();
}

QString withUnit(const QString &label, const QString &metric)
{
    const QString unit = alertUnit(metric);
    return unit.isEmpty() ? label : AlertFormText::tr("%1, %2", "label, unit").arg(label, unit);
}

/// Whether above or below, and of what; the numbers only where all servers have the same side.
void addThreshold(FormBuilder &form, const QStringList &entry, const QString &metric)
{
    const QString side = commonSide(form.all(entry));
    // What is wrong with the rule as a whole is that it has no threshold, or two.
    FormField &choice = form.add(entry, AlertFormText::tr("It begins"), {}, Kind::Choice);
    choice.path = entry + QStringList{side.isEmpty() ? aboveSide : side};
    choice.meaning = Meaning::Side;
    choice.group = AlertFormText::tr("When");
    choice.choices = {{aboveSide, AlertFormText::tr("above the threshold")},
                      {belowSide, AlertFormText::tr("below the threshold")}};
    choice.isMixed = side.isEmpty();
    choice.value = side.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(side);
    if (side.isEmpty())
        return;
    const bool isAbove = side == aboveSide;
    const FormField threshold
        = form.member(side, withUnit(AlertFormText::tr("Threshold"), metric), {}, Kind::Number);
    FormField &until
        = form.member(u"until"_s, withUnit(AlertFormText::tr("It ends at"), metric),
                      isAbove ? AlertFormText::tr("Or below it; empty: at the threshold.")
                              : AlertFormText::tr("Or above it; empty: at the threshold."),
                      Kind::Number);
    if (threshold.value.isDouble())
        until.placeholder = QString::number(threshold.value.toDouble());
}

void mend(const std::optional<TextSplice> &splice, QByteArray &text)
{
    if (splice)
        splice->apply(text);
}

std::optional<TextSplice> otherMetric(const QByteArray &document, const QStringList &entry,
                                      const QString &name)
{
    QByteArray text = document;
    mend(setJson(text, entry + QStringList{u"metric"_s}, jsonText(name)), text);
    const AlertMetric *metric = findAlertMetric(name);
    const QString place = metric ? placeField(metric->place) : QString();
    for (const QString &field : {u"filesystem"_s, u"host"_s}) {
        if (field != place)
            mend(removeJson(text, entry + QStringList{field}), text);
    }
    return spliceBetween(document, text);
}

/// The threshold stays; where it ended before is on the wrong side now.
std::optional<TextSplice> otherSide(const QByteArray &document, const QStringList &entry,
                                    const QString &side)
{
    const auto outline = JsonOutline::read(document, u"the text"_s);
    if (!outline)
        return std::nullopt;
    const QStringList wanted = entry + QStringList{side},
                      other = entry + QStringList{side == aboveSide ? belowSide : aboveSide};
    const bool hasWanted = outline->find(wanted) >= 0, hasOther = outline->find(other) >= 0;
    QByteArray text = document;
    if (hasWanted)
        mend(removeJson(text, other), text);
    else if (hasOther)
        mend(renameJson(text, other, side), text);
    else
        mend(setJson(text, wanted, "90"), text);
    if (hasOther)
        mend(removeJson(text, entry + QStringList{u"until"_s}), text);
    return spliceBetween(document, text);
}

} // namespace

void addAlertFields(FormBuilder &form, const QStringList &entry)
{
    FormField &name = form.member(u"name"_s, AlertFormText::tr("Name"),
                                  AlertFormText::tr("By which events know it."));
    name.meaning = Meaning::Key;
    bool isMixed = false;
    const QString metric = form.common(entry + QStringList{u"metric"_s}, isMixed).toString();
    addMetric(form, metric);
    addPlace(form, metric);
    addThreshold(form, entry, metric);
    form.member(u"for"_s, AlertFormText::tr("For, s"),
                AlertFormText::tr("So long without an exception, to begin and to end; 0: one "
                                  "sample is enough."),
                Kind::Number)
        .placeholder
        = u"60"_s;
    FormField &severity
        = form.member(u"severity"_s, AlertFormText::tr("Severity"), {}, Kind::Choice);
    severity.group = AlertFormText::tr("How it is told");
    severity.choices = {{QString(), AlertFormText::tr("as usual: a warning")},
                        {u"warning"_s, AlertFormText::tr("a warning")},
                        {u"critical"_s, AlertFormText::tr("critical")}};
    form.member(u"text"_s, AlertFormText::tr("Advice"),
                AlertFormText::tr("What helps, for whoever reads the alert; at most 200 "
                                  "characters."));
}

std::optional<TextSplice> alertChange(const QByteArray &document, FormField::Meaning meaning,
                                      const QStringList &entry, const QString &value)
{
    return meaning == Meaning::Metric ? otherMetric(document, entry, value)
                                      : otherSide(document, entry, value);
}

QByteArray newAlert(const QString &name)
{
    return "{\"name\":" + jsonText(name)
        + R"(,"metric":"cpu","above":90,"for":300,"severity":"warning"})";
}

} // namespace Treewarden
