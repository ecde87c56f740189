// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/probeparameters.h"

#include "shared/config/configtext.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct ParameterRule
{
    enum class Kind { Text, Texts, Host, Port, Path, Url, Count, Seconds, Status };

    QString name;
    Kind kind;
};

using Kind = ParameterRule::Kind;

/// How a probe finds the service it asks.
enum class Target {
    Process, ///< in the process table: one of its texts must say which process
    Port, ///< at a port, unless a socket's path is given
    Path, ///< at a socket in the file system, always given
    Url, ///< at a URL, always given
};

struct ProbeRule
{
    QString name;
    Target target;
    QList<ParameterRule> parameters;
};

// docs/probes.md says what each parameter means; every probe has `timeout` beside these.
const QList<ProbeRule> &probeRules()
{
    static const QList<ProbeRule> rules{
        {u"process"_s,
         Target::Process,
         {{u"name"_s, Kind::Text},
          {u"arguments"_s, Kind::Texts},
          {u"pidfile"_s, Kind::Path},
          {u"port"_s, Kind::Port},
          {u"least"_s, Kind::Count}}},
        {u"tcp"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"send"_s, Kind::Text},
          {u"expect"_s, Kind::Text},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"unix"_s,
         Target::Path,
         {{u"path"_s, Kind::Path},
          {u"send"_s, Kind::Text},
          {u"expect"_s, Kind::Text},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"http"_s,
         Target::Url,
         {{u"url"_s, Kind::Url},
          {u"status"_s, Kind::Status},
          {u"text"_s, Kind::Text},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"redis"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"path"_s, Kind::Path},
          {u"process"_s, Kind::Text}}},
        {u"ssh"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"mysql"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"path"_s, Kind::Path},
          {u"socket"_s, Kind::Path},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
    };
    return rules;
}

const ProbeRule *findProbeRule(const QString &name)
{
    const auto &rules = probeRules();
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const ProbeRule &rule) { return rule.name == name; });
    return found == rules.end() ? nullptr : &*found;
}

bool isSocketPath(const QString &text)
{
    return text.startsWith(u'/') && text.size() <= 4096;
}

bool isStatus(const QJsonValue &value)
{
    const auto number = jsonInteger(value);
    return number && *number >= 100 && *number <= 599;
}

bool isTexts(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    return !list.isEmpty() && list.size() <= 32
        && std::all_of(list.begin(), list.end(),
                       [](const QJsonValue &text) { return !text.toString().isEmpty(); });
}

/// What `value` should have been, or nothing when it is right.
QString parameterFault(Kind kind, const QJsonValue &value)
{
    const QString text = value.toString();
    const auto number = jsonInteger(value);
    switch (kind) {
    case Kind::Text:
        return text.isEmpty() || text.size() > 4096
            ? ConfigText::tr("must be a text such as \"redis-server\"")
            : QString();
    case Kind::Texts:
        return !text.isEmpty() || isTexts(value)
            ? QString()
            : ConfigText::tr("must be a text or a list of texts");
    case Kind::Host:
        return isHostName(text)
            ? QString()
            : ConfigText::tr("must be an address or a host name such as \"127.0.0.1\"");
    case Kind::Port:
        return number && *number >= 1 && *number <= 65535
            ? QString()
            : ConfigText::tr("must be a port, a number from 1 to 65535");
    case Kind::Path:
        return isSocketPath(text) ? QString()
                                  : ConfigText::tr("must be a path that starts with '/'");
    case Kind::Url: {
        const QUrl url(text, QUrl::StrictMode);
        const bool isHttp = url.scheme() == u"http"_s || url.scheme() == u"https"_s;
        return url.isValid() && isHttp && !url.host().isEmpty() && text.size() <= 4096
            ? QString()
            : ConfigText::tr("must be a URL such as \"http://127.0.0.1:80/\"");
    }
    case Kind::Count:
        return number && *number >= 1 && *number <= 1'000'000
            ? QString()
            : ConfigText::tr("must be a whole number of 1 or more");
    case Kind::Seconds:
        return number && *number >= 0 && *number <= 3600
            ? QString()
            : ConfigText::tr("must be a whole number of seconds up to 3600");
    case Kind::Status: {
        const QJsonArray list = value.toArray();
        const bool isList = !list.isEmpty() && list.size() <= 32
            && std::all_of(list.begin(), list.end(), isStatus);
        return isStatus(value) || isList || text == u"any"
            ? QString()
            : ConfigText::tr("must be an HTTP status such as 200, a list of them, or \"any\"");
    }
    }
    return {};
}

void checkTarget(const ProbeRule &rule, QJsonObject &parameters, int rolePort, const QString &path,
                 ConfigIssues &issues)
{
    const auto has = [&](const QString &name) { return parameters.contains(name); };
    switch (rule.target) {
    case Target::Process:
        if (!has(u"name"_s) && !has(u"arguments"_s) && !has(u"pidfile"_s) && !has(u"port"_s))
            issues.error(path,
                         ConfigText::tr("the process probe needs a name, arguments, a pidfile or a "
                                        "port to know its process by"));
        break;
    case Target::Port:
        if (has(u"port"_s) || has(u"path"_s) || has(u"socket"_s))
            break;
        if (rolePort > 0)
            parameters.insert(u"port"_s, rolePort);
        else
            issues.error(path,
                         ConfigText::tr(
                             "the %1 probe needs a port: the instance's name is no number and the "
                             "role has no usual one; "
                             "write \"port\":NUMBER")
                             .arg(rule.name));
        break;
    case Target::Path:
        if (!has(u"path"_s))
            issues.error(
                path,
                ConfigText::tr(
                    "the unix probe needs the path of its socket: write \"path\":\"/run/…\""));
        break;
    case Target::Url:
        if (!has(u"url"_s))
            issues.error(path,
                         ConfigText::tr(
                             "the http probe needs a url: write \"url\":\"http://127.0.0.1:80/\""));
        break;
    }
}

} // namespace

bool isHostName(const QString &text)
{
    return !text.isEmpty() && text.size() <= 253
        && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c.unicode() < 128 && c.isLetterOrNumber()) || u".-:_"_s.contains(c);
           });
}

QStringList probeNames()
{
    QStringList names;
    for (const ProbeRule &rule : probeRules())
        names << rule.name;
    return names;
}

QString automaticProbe(const QString &role)
{
    const QString name = role == u"fs"_s ? u"filesystem"_s : role;
    return findProbeRule(name) ? name : QString();
}

QJsonObject checkProbeParameters(const QString &probe, QJsonObject parameters, int rolePort,
                                 const QString &path, ConfigIssues &issues)
{
    const ProbeRule *rule = findProbeRule(probe);
    if (!rule) {
        issues.error(memberPath(path, u"probe"_s),
                     ConfigText::tr("there is no probe '%1'; known are %2 and auto")
                         .arg(oneLine(probe, 60), probeNames().join(u", "_s)));
        return parameters;
    }
    QStringList known{u"probe"_s, u"timeout"_s};
    for (const ParameterRule &parameter : rule->parameters) {
        known << parameter.name;
        const auto given = parameters.find(parameter.name);
        if (given == parameters.end())
            continue;
        bool isNumber = false;
        // ":port:" in quotes is a number once it is replaced.
        if (const int number = given->toString().toInt(&isNumber);
            parameter.kind == Kind::Port && isNumber)
            *given = number;
        if (const QString fault = parameterFault(parameter.kind, *given); !fault.isEmpty())
            issues.error(memberPath(path, parameter.name), fault);
    }
    known << u"timeout"_s << u"probe"_s;
    for (const QString &name : parameters.keys()) {
        if (!known.contains(name))
            issues.unknownField(path, name, known);
    }
    checkTarget(*rule, parameters, rolePort, path, issues);
    return parameters;
}

} // namespace Treewarden
