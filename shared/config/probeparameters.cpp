// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/probeparameters.h"

#include "shared/config/configtext.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

using Kind = ParameterRule::Kind;

/// How a probe finds the service it asks.
enum class Target {
    Process, ///< in the process table: one of its texts must say which process
    Port, ///< at a port, unless a socket's path is given
    Path, ///< at a socket in the file system, always given
    Url, ///< at a URL, always given
    File, ///< a path in the file system, always given
    None, ///< needs nothing
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
          {u"executable"_s, Kind::Path},
          {u"user"_s, Kind::Text},
          {u"pidfile"_s, Kind::Path},
          {u"port"_s, Kind::Port},
          {u"least"_s, Kind::Count}}},
        {u"systemd"_s, Target::None, {{u"unit"_s, Kind::Unit}}},
        {u"filesystem"_s,
         Target::File,
         {{u"path"_s, Kind::Path},
          {u"mounted"_s, Kind::Flag},
          {u"type"_s, Kind::Text},
          {u"writable"_s, Kind::Flag},
          {u"write"_s, Kind::Flag},
          {u"free"_s, Kind::AmountOrPercent},
          {u"inodes"_s, Kind::Percent},
          {u"every"_s, Kind::Seconds}}},
        {u"file"_s,
         Target::File,
         {{u"path"_s, Kind::Path},
          {u"oldest"_s, Kind::Age},
          {u"newest"_s, Kind::Age},
          {u"largest"_s, Kind::Amount},
          {u"smallest"_s, Kind::Amount},
          {u"text"_s, Kind::Text},
          {u"pattern"_s, Kind::Pattern},
          {u"tail"_s, Kind::Count},
          {u"every"_s, Kind::Seconds}}},
        {u"tcp"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"send"_s, Kind::Text},
          {u"expect"_s, Kind::Text},
          {u"hold"_s, Kind::Flag},
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
          {u"slowest"_s, Kind::Count},
          {u"certificate_days"_s, Kind::Count},
          {u"ca_file"_s, Kind::Path},
          {u"verify"_s, Kind::Flag},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"nginx"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"path"_s, Kind::Path},
          {u"site"_s, Kind::Host},
          {u"status"_s, Kind::Path},
          {u"page"_s, Kind::Path},
          {u"expect"_s, Kind::Status},
          {u"master"_s, Kind::Flag},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"apache"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"path"_s, Kind::Path},
          {u"site"_s, Kind::Host},
          {u"status"_s, Kind::Path},
          {u"page"_s, Kind::Path},
          {u"expect"_s, Kind::Status},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"varnish"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"path"_s, Kind::Path},
          {u"site"_s, Kind::Host},
          {u"page"_s, Kind::Path},
          {u"expect"_s, Kind::Status},
          {u"admin"_s, Kind::Port},
          {u"secret"_s, Kind::Path},
          {u"name"_s, Kind::Text},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"redis"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"path"_s, Kind::Path},
          {u"credentials"_s, Kind::Text},
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
          {u"credentials"_s, Kind::Text},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"memcached"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"path"_s, Kind::Path},
          {u"process"_s, Kind::Text}}},
        {u"gearman"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"process"_s, Kind::Text},
          {u"worker"_s, Kind::Texts},
          {u"queue"_s, Kind::Most}}},
        {u"couchbase"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"as"_s, Kind::Text},
          {u"credentials"_s, Kind::Text},
          {u"process"_s, Kind::Text},
          {u"every"_s, Kind::Seconds}}},
        {u"gmond"_s,
         Target::Port,
         {{u"host"_s, Kind::Host},
          {u"port"_s, Kind::Port},
          {u"process"_s, Kind::Text},
          {u"oldest"_s, Kind::Count},
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

/// Roles of the original's tree that are programs of a house's own: each is watched as one of these
/// shapes.
const QStringList &shapedProbes()
{
    static const QStringList names{u"comdb"_s, u"photolib"_s, u"deploy"_s, u"monitor"_s};
    return names;
}

const QStringList &shapes()
{
    static const QStringList names{u"tcp"_s, u"http"_s, u"file"_s, u"process"_s, u"unix"_s};
    return names;
}

/// The shape that only takes a parameter of that name; the first row that is given counts.
struct ShapeHint
{
    const char *parameter, *shape;
};

constexpr ShapeHint shapeHints[] = {
    {"url", "http"},          {"status", "http"},        {"name", "process"},
    {"arguments", "process"}, {"executable", "process"}, {"pidfile", "process"},
    {"least", "process"},     {"port", "tcp"},           {"host", "tcp"},
};

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

bool isPercent(const QJsonValue &value)
{
    const auto number = jsonNumber(value);
    return number && *number >= 0 && *number <= 100;
}

/// "10%" as 10, else undefined.
QJsonValue percentNumber(const QJsonValue &value)
{
    const QString text = value.toString().trimmed();
    bool isNumber = false;
    const double number = text.endsWith(u'%') ? text.chopped(1).toDouble(&isNumber) : 0;
    return isNumber ? QJsonValue(number) : QJsonValue(QJsonValue::Undefined);
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
    case Kind::Most:
        return number && *number >= 0 && *number <= 100'000'000
            ? QString()
            : ConfigText::tr("must be a whole number of 0 or more");
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
    case Kind::Flag:
        return value.isBool() ? QString() : ConfigText::tr("must be true or false");
    case Kind::Percent:
        return isPercent(value) ? QString() : ConfigText::tr("must be a percentage from 0 to 100");
    case Kind::Amount:
        return amountOf(value)
            ? QString()
            : ConfigText::tr("must be a number of bytes or a text such as \"20G\"");
    case Kind::AmountOrPercent:
        return amountOf(value) || isPercent(percentNumber(value))
            ? QString()
            : ConfigText::tr("must be a part such as \"10%\" or a size such as \"20G\"");
    case Kind::Age:
        return number && *number >= 0 && *number <= 315'360'000
            ? QString()
            : ConfigText::tr("must be a whole number of seconds up to ten years");
    case Kind::Pattern: {
        const QRegularExpression pattern(text);
        if (text.isEmpty() || text.size() > 512)
            return ConfigText::tr("must be a regular expression of 1 to 512 characters");
        return pattern.isValid()
            ? QString()
            : ConfigText::tr("is no regular expression: %1").arg(pattern.errorString());
    }
    case Kind::Unit:
        return isUnitName(text)
            ? QString()
            : ConfigText::tr("must be the name of a unit such as \"nginx.service\"");
    }
    return {};
}

void checkTarget(const ProbeRule &rule, QJsonObject &parameters, int rolePort, const QString &path,
                 ConfigIssues &issues)
{
    const auto has = [&](const QString &name) { return parameters.contains(name); };
    switch (rule.target) {
    case Target::Process:
        if (!has(u"name"_s) && !has(u"arguments"_s) && !has(u"executable"_s) && !has(u"pidfile"_s)
            && !has(u"port"_s))
            issues.error(path,
                         ConfigText::tr("the process probe needs a name, arguments, an executable, "
                                        "a pidfile or a port to know its process by"));
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
    case Target::File:
        if (!has(u"path"_s))
            issues.error(path,
                         ConfigText::tr("the %1 probe needs a path: write \"path\":\"/data\"")
                             .arg(rule.name));
        break;
    case Target::None:
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

bool isUnitName(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot > 0 && dot + 1 < name.size() && name.size() <= 255
        && std::all_of(name.begin(), name.end(), [](QChar c) {
               return c.unicode() < 128 && (c.isLetterOrNumber() || u":-_.\\@"_s.contains(c));
           });
}

std::optional<qint64> amountOf(const QJsonValue &value)
{
    constexpr qint64 most = qint64(1) << 60;
    if (const auto number = jsonInteger(value))
        return *number >= 0 && *number <= most ? number : std::nullopt;
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"([0-9]{1,12}(?:\\.[0-9]{1,3})?) ?([KMGT])i?B?"_s));
    const auto found = form.match(value.toString());
    if (!found.hasMatch())
        return std::nullopt;
    const qsizetype step = u"KMGT"_s.indexOf(found.capturedView(2)) + 1;
    const double bytes = found.capturedView(1).toDouble() * double(qint64(1) << (10 * step));
    return bytes <= double(most) ? std::optional(qint64(bytes)) : std::nullopt;
}

std::optional<double> percentOf(const QJsonValue &value)
{
    return isPercent(percentNumber(value)) ? std::optional(percentNumber(value).toDouble())
                                           : std::nullopt;
}

bool isHostName(const QString &text)
{
    return !text.isEmpty() && text.size() <= 253
        && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c.unicode() < 128 && c.isLetterOrNumber()) || u".-:_"_s.contains(c);
           });
}

QString probeShape(const QString &probe, const QJsonObject &parameters)
{
    if (!shapedProbes().contains(probe))
        return probe;
    if (const QJsonValue as = parameters.value(u"as"_s); !as.isUndefined())
        return shapes().contains(as.toString()) ? as.toString() : QString();
    for (const ShapeHint &hint : shapeHints) {
        if (parameters.contains(QLatin1StringView(hint.parameter)))
            return QLatin1StringView(hint.shape);
    }
    const QString path = parameters.value(u"path"_s).toString();
    if (path.isEmpty())
        return u"tcp"_s;
    const bool isSocket = path.endsWith(u".sock"_s) || path.startsWith(u'@')
        || parameters.contains(u"send"_s) || parameters.contains(u"expect"_s);
    return isSocket ? u"unix"_s : u"file"_s;
}

const QList<ParameterRule> &probeParameters(const QString &shape)
{
    static const QList<ParameterRule> none;
    const ProbeRule *rule = findProbeRule(shape);
    return rule ? rule->parameters : none;
}

QStringList probeNames()
{
    QStringList names;
    for (const ProbeRule &rule : probeRules())
        names << rule.name;
    return names + shapedProbes();
}

QString automaticProbe(const QString &role)
{
    const QString name = role == u"fs"_s ? u"filesystem"_s : role;
    return findProbeRule(name) || shapedProbes().contains(name) ? name : QString();
}

QJsonObject checkProbeParameters(const QString &probe, QJsonObject parameters, int rolePort,
                                 const QString &path, ConfigIssues &issues)
{
    const QString shape = probeShape(probe, parameters);
    if (shape.isEmpty()) {
        issues.error(memberPath(path, u"as"_s),
                     ConfigText::tr("must be one of %1").arg(shapes().join(u", "_s)));
        return parameters;
    }
    const ProbeRule *rule = findProbeRule(shape);
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
    if (shape != probe)
        known << u"as"_s;
    for (const QString &name : parameters.keys()) {
        if (!known.contains(name))
            issues.unknownField(path, name, known);
    }
    checkTarget(*rule, parameters, rolePort, path, issues);
    return parameters;
}

} // namespace Treewarden
