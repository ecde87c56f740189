// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/visitortext.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// Arguments of reasons that quote a configuration, or a probe's note on a service that is alive.
constexpr QStringView quotingArgs[] = {u"text", u"why", u"what", u"expected", u"note"};

// The texts that probes put into a workload (docs/probes.md, "Workload checks"), but the note.
constexpr QStringView workloadTexts[]
    = {u"banner",      u"cluster", u"longest_queue", u"membership", u"redis_version",
       u"replication", u"role",    u"state",         u"status",     u"version"};

template<typename Names>
bool holds(const Names &names, QStringView name)
{
    return std::ranges::find(names, name) != std::end(names);
}

/// Also when it has spaces, where withoutPaths() would see its end.
bool isPath(const QString &text)
{
    return text.size() > 1 && text.startsWith(u'/');
}

} // namespace

QString withoutPaths(const QString &text)
{
    // A slash begins a path at the begin of a word, and after the colon of "unix:/run/x" or
    // "unix:///run/x", not in "https://host/page".
    static const QRegularExpression path(
        u"(?:(?<![\\w/.:])|(?<=:)(?!//)|(?<=://))/[^\\s'\",;:)\\]]+"_s);
    QString result = text;
    return result.contains(u'/') ? result.replace(path, u"…"_s) : result;
}

QString visibleReason(QString reason, QJsonObject &args)
{
    for (auto arg = args.begin(); arg != args.end(); ++arg) {
        const QString quoted = arg->toString();
        if (quoted.isEmpty() || (!holds(quotingArgs, arg.key()) && !isPath(quoted)))
            continue;
        const QRegularExpression words(
            u"(?<!\\w)%1(?!\\w)"_s.arg(QRegularExpression::escape(quoted)));
        reason.replace(words, u"…"_s);
        *arg = u"…"_s;
    }
    return withoutPaths(reason);
}

QJsonValue visibleValue(const QJsonValue &value)
{
    if (value.isString())
        return withoutPaths(value.toString());
    if (value.isObject()) {
        QJsonObject result;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!it.value().isObject() && !it.value().isArray())
                result.insert(it.key(), visibleValue(it.value()));
        }
        return result;
    }
    if (value.isArray()) {
        QJsonArray result;
        const QJsonArray array = value.toArray();
        for (const auto &element : array) {
            if (element.isString())
                result.append(withoutPaths(element.toString()));
        }
        return result;
    }
    return value;
}

QJsonObject visibleWorkload(const QJsonObject &workload)
{
    QJsonObject result;
    for (auto it = workload.begin(); it != workload.end(); ++it) {
        const bool isNumber = it->isDouble() || it->isBool();
        if ((isNumber && !it.key().contains(u'/'))
            || (it->isString() && holds(workloadTexts, it.key())))
            result.insert(it.key(), visibleValue(*it));
    }
    return result;
}

} // namespace Treewarden
