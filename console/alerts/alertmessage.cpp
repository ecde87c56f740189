// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alerts/alertmessage.h"

#include "shared/config/alertmetrics.h"
#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/fleet/alerttext.h"
#include "shared/protocol/serviceid.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestMessage = 16 << 10;

QString codeOf(const std::optional<AlertEnd> &end)
{
    if (!end)
        return u"alert.raised"_s;
    switch (*end) {
    case AlertEnd::Over:
        return u"alert.over"_s;
    case AlertEnd::Died:
        return u"alert.died"_s;
    case AlertEnd::Removed:
        return u"alert.removed"_s;
    case AlertEnd::Maintenance:
        return u"alert.maintenance"_s;
    case AlertEnd::Silent:
        return u"alert.silent"_s;
    case AlertEnd::Rule:
        return u"alert.rule"_s;
    }
    return {};
}

std::optional<QString> unlessEmpty(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

void writeRule(JsonWriter &writer, const AlertRule &rule)
{
    const AlertMetric *metric = findAlertMetric(rule.metric);
    const QString place = placeField(metric ? metric->place : AlertMetric::Place::None);
    writer.member(u"name", rule.name)
        .member(u"severity", severityWord(rule.severity))
        .member(u"metric", rule.metric);
    if (!place.isEmpty() && !rule.place.isEmpty())
        writer.member(place, rule.place);
    writer.key(rule.isAbove ? u"above" : u"below").value(rule.threshold, 6);
    writer.member(u"for", qint64(rule.lasting.count())).member(u"text", unlessEmpty(rule.text));
}

} // namespace

QByteArray alertMessage(const QString &ip, const AlertVerdict &verdict, qint64 version,
                        const QString &session, qint64 timestamp)
{
    JsonWriter writer(512);
    writer.beginObject()
        .member(u"type", u"alert"_s)
        .member(u"ip", ip)
        .member(u"state", verdict.end ? u"ended"_s : u"raised"_s)
        .member(u"code", codeOf(verdict.end));
    writeRule(writer, verdict.rule);
    writer.member(u"value", verdict.value)
        .member(u"since", verdict.since)
        .member(u"timestamp", timestamp)
        .member(u"version", version)
        .member(u"session", session)
        .endObject();
    return writer.takeBytes();
}

QByteArray alertField(const QString &ip, const QString &name)
{
    return ip.toUtf8() + '/' + name.toUtf8();
}

std::optional<RaisedAlert> readRaisedAlert(const QByteArray &field, const QByteArray &json)
{
    const qsizetype slash = field.indexOf('/');
    const QString ip = QString::fromUtf8(field.left(slash)),
                  name = QString::fromUtf8(field.mid(slash + 1));
    if (slash < 0 || !isCanonicalIp(ip) || !isValidName(name))
        return std::nullopt;
    RaisedAlert alert{ip, name, 0, 0, json.left(largestMessage)};
    if (const auto object = parseJsonObject(json, u"an alert"_s, largestMessage)) {
        alert.since = jsonInteger(object->value(u"since")).value_or(0);
        alert.version = jsonInteger(object->value(u"version")).value_or(0);
    }
    return alert;
}

AlertRule ruleOf(const RaisedAlert &alert)
{
    AlertRule rule;
    rule.name = alert.name;
    const auto object = parseJsonObject(alert.json, u"an alert"_s, largestMessage);
    if (!object)
        return rule;
    const AlertMetric *metric = findAlertMetric(object->value(u"metric").toString());
    if (metric) {
        rule.metric = metric->name;
        rule.place = object->value(placeField(metric->place)).toString().left(256);
    }
    rule.isAbove = !object->contains(u"below");
    rule.threshold = jsonNumber(object->value(rule.isAbove ? u"above" : u"below")).value_or(0);
    rule.lasting = std::chrono::seconds(jsonInteger(object->value(u"for")).value_or(0));
    if (object->value(u"severity") == u"critical"_s)
        rule.severity = AlertRule::Severity::Critical;
    rule.text = object->value(u"text").toString().left(200);
    return rule;
}

} // namespace Treewarden
