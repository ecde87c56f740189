// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/checkparser.h"

#include "shared/config/configtext.h"
#include "shared/config/probeparameters.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"
#include "shared/protocol/role.h"

#include <QJsonArray>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maximumCommand = 4096;
constexpr double shortestTimeout = 0.05, longestTimeout = 60;

QString noPort()
{
    return ConfigText::tr(
        "':port:' has no value here: the instance's name is no port and the role has no usual one; "
        "name the instance by its port or write the number");
}

bool hasControlCharacters(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t';
    });
}

std::optional<Check> parseTextCheck(const QJsonObject &check, const QString &path,
                                    const Placeholders &placeholders, ConfigIssues &issues)
{
    const QStringList known{u"cmd"_s, u"type"_s};
    for (const QString &name : check.keys()) {
        if (!known.contains(name))
            issues.unknownField(path, name, known);
    }
    const QString text = check[u"cmd"_s].toString().trimmed();
    const QString cmdPath = memberPath(path, u"cmd"_s);
    if (text.isEmpty() || text.size() > maximumCommand || hasControlCharacters(text)) {
        issues.error(cmdPath,
                     ConfigText::tr("must be a shell text of 1 to %1 printable characters, such as "
                                    "\"ps aux | grep sshd | wc -l\"")
                         .arg(maximumCommand));
        return std::nullopt;
    }
    if (check.contains(u"type"_s) && check[u"type"_s] != u"info"_s)
        issues.warning(memberPath(path, u"type"_s),
                       ConfigText::tr("unknown type, kept but without meaning; known is \"info\""));
    const auto replaced = placeholders.replaced(text);
    if (!replaced) {
        issues.error(cmdPath, noPort());
        return std::nullopt;
    }
    return TextCheck{*replaced, check[u"type"_s] == u"info"_s};
}

/// Replaces placeholders in `value`, a text or a list of texts. False when a port is needed and
/// there is none.
bool replaceIn(QJsonValueRef value, const Placeholders &placeholders)
{
    if (value.isString()) {
        const auto text = placeholders.replaced(value.toString());
        value = text.value_or(QString());
        return text.has_value();
    }
    if (!value.isArray())
        return true;
    QJsonArray list = value.toArray();
    bool isReplaced = true;
    for (auto element : list)
        isReplaced = replaceIn(element, placeholders) && isReplaced;
    value = list;
    return isReplaced;
}

/// The probe's name, `auto` resolved; empty when it is wrong.
QString probeName(const QJsonValue &value, const QString &path, const QString &role,
                  ConfigIssues &issues)
{
    const QString probePath = memberPath(path, u"probe"_s);
    const QString known = probeNames().join(u", "_s);
    if (value.toString().isEmpty()) {
        issues.error(probePath,
                     ConfigText::tr("must be the name of a probe: %1 or auto").arg(known));
        return {};
    }
    if (value.toString() != u"auto"_s)
        return value.toString();
    const QString name = automaticProbe(role);
    if (name.isEmpty())
        issues.error(probePath,
                     ConfigText::tr("there is no automatic probe for the role '%1'; name one of %2")
                         .arg(role, known));
    return name;
}

std::optional<Check> parseProbeCheck(const QJsonObject &check, const QString &path,
                                     const Placeholders &placeholders, ConfigIssues &issues)
{
    ProbeCheck probe;
    probe.probe = probeName(check[u"probe"_s], path, placeholders.service.role, issues);
    if (probe.probe.isEmpty())
        return std::nullopt;
    if (check.contains(u"timeout"_s)) {
        probe.timeout = jsonNumber(check[u"timeout"_s]).value_or(0);
        if (probe.timeout < shortestTimeout || probe.timeout > longestTimeout) {
            issues.error(memberPath(path, u"timeout"_s),
                         ConfigText::tr("must be a number of seconds from %1 to %2")
                             .arg(shortestTimeout)
                             .arg(longestTimeout));
        }
    }
    probe.parameters = check;
    probe.parameters.remove(u"probe"_s);
    probe.parameters.remove(u"timeout"_s);
    for (auto parameter = probe.parameters.begin(); parameter != probe.parameters.end();
         ++parameter) {
        if (!replaceIn(parameter.value(), placeholders))
            issues.error(memberPath(path, parameter.key()), noPort());
    }
    probe.parameters
        = checkProbeParameters(probe.probe, probe.parameters, placeholders.port(), path, issues);
    return probe;
}

} // namespace

int Placeholders::port() const
{
    bool isNumber = false;
    const int number = service.instance.toInt(&isNumber);
    if (isNumber && number >= 1 && number <= 65535)
        return number;
    const Role *role = findRole(service.role);
    return role ? role->defaultPort : 0;
}

std::optional<QString> Placeholders::replaced(QString text) const
{
    if (text.contains(u":port:"_s)) {
        if (port() == 0)
            return std::nullopt;
        text.replace(u":port:"_s, QString::number(port()));
    }
    return text.replace(u":instance:"_s, service.instance)
        .replace(u":role:"_s, service.role)
        .replace(u":ip:"_s, ip);
}

std::optional<Check> parseCheck(const QJsonValue &value, const QString &path,
                                const Placeholders &placeholders, ConfigIssues &issues)
{
    const QJsonObject check = value.toObject();
    const bool hasText = check.contains(u"cmd"_s), hasProbe = check.contains(u"probe"_s);
    if (hasText == hasProbe) {
        issues.error(path,
                     hasText
                         ? ConfigText::tr("has both \"cmd\" and \"probe\": keep one of them")
                         : ConfigText::tr("must be a check: {\"cmd\":\"…\"} or {\"probe\":\"…\"}"));
        return std::nullopt;
    }
    return hasText ? parseTextCheck(check, path, placeholders, issues)
                   : parseProbeCheck(check, path, placeholders, issues);
}

} // namespace Treewarden
