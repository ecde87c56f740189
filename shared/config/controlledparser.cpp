// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/controlledparser.h"

#include "shared/config/configtext.h"
#include "shared/config/probeparameters.h"
#include "shared/core/json.h"
#include "shared/protocol/serviceid.h"

#include <QJsonArray>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestCommandLine = 4096, mostWords = 256;
constexpr double longestAction = 3600;

bool isCommandText(const QString &text)
{
    return !text.trimmed().isEmpty() && text.size() <= longestCommandLine
        && std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c.category() == QChar::Other_Control; });
}

void checkArgv(const QJsonValue &value, const QString &path, ConfigIssues &issues)
{
    const QJsonArray words = value.toArray();
    const bool isWords = !words.isEmpty() && words.size() <= mostWords
        && std::all_of(words.begin(), words.end(), [](const QJsonValue &word) {
               return word.isString() && word.toString().size() <= longestCommandLine;
           });
    if (!isWords || !isCommandText(words.at(0).toString()))
        issues.error(
            path,
            ConfigText::tr(
                "must be a list of words such as [\"/usr/sbin/nginx\",\"-s\",\"reload\"]"));
}

void checkWhat(const QJsonValue &value, const QString &path, ConfigIssues &issues)
{
    if (value.isString()) {
        if (!isCommandText(value.toString()))
            issues.error(path,
                         ConfigText::tr("must be a command line of at most %1 printable characters")
                             .arg(longestCommandLine));
        return;
    }
    const QJsonObject what = value.toObject();
    const bool hasUnit = what.contains(u"unit"_s), hasArgv = what.contains(u"argv"_s);
    if (hasUnit == hasArgv) {
        issues.error(path,
                     ConfigText::tr("must be a command line, {\"unit\":\"NAME.service\"} or "
                                    "{\"argv\":[\"PROGRAM\",…]}"));
        return;
    }
    if (hasUnit && !isUnitName(what[u"unit"_s].toString()))
        issues.error(
            memberPath(path, u"unit"_s),
            ConfigText::tr("must be the name of a systemd unit such as \"nginx.service\""));
    if (hasArgv)
        checkArgv(what[u"argv"_s], memberPath(path, u"argv"_s), issues);
    if (what.contains(u"timeout"_s)) {
        const double timeout = jsonNumber(what[u"timeout"_s]).value_or(0);
        if (timeout < 1 || timeout > longestAction)
            issues.error(
                memberPath(path, u"timeout"_s),
                ConfigText::tr("must be a number of seconds from 1 to %1").arg(longestAction));
    }
    const QStringList known{hasUnit ? u"unit"_s : u"argv"_s, u"timeout"_s};
    for (const QString &name : what.keys()) {
        if (!known.contains(name))
            issues.unknownField(path, name, known);
    }
}

void checkActions(const QJsonObject &actions, bool isProtected, const QString &path,
                  ConfigIssues &issues)
{
    static const QStringList forbidden{u"stop"_s, u"restart"_s, u"shutdown"_s};
    for (auto action = actions.begin(); action != actions.end(); ++action) {
        const QString actionPath = memberPath(path, action.key());
        if (!isValidName(action.key()))
            issues.error(
                actionPath,
                ConfigText::tr("is no name of an action: use 1 to 64 of A-Z a-z 0-9 _ . -"));
        checkWhat(action.value(), actionPath, issues);
        if (isProtected && forbidden.contains(action.key()))
            issues.warning(
                actionPath,
                ConfigText::tr(
                    "never runs, for the role is protected; remove the action or the protection"));
    }
}

} // namespace

void checkControlled(const QJsonObject &controlled, const QSet<QString> &protectedRoles,
                     ConfigIssues &issues)
{
    for (auto role = controlled.begin(); role != controlled.end(); ++role) {
        const QString rolePath = memberPath(u"controlled"_s, role.key());
        if (!isValidName(role.key()))
            issues.error(rolePath,
                         ConfigText::tr("is no name of a role: use 1 to 64 of A-Z a-z 0-9 _ . -"));
        if (!role->isObject())
            issues.error(rolePath,
                         ConfigText::tr("must be an object: {\"default\":{\"restart\":…}}"));
        const QJsonObject instances = role->toObject();
        for (auto instance = instances.begin(); instance != instances.end(); ++instance) {
            const QString path = memberPath(rolePath, instance.key());
            if (!isValidName(instance.key()) || instance.key() == allInstances)
                issues.error(path,
                             ConfigText::tr("is no name of an instance: write the instance's name, "
                                            "or default for all"));
            if (!instance->isObject())
                issues.error(path, ConfigText::tr("must be an object: {\"restart\":…}"));
            checkActions(instance->toObject(), protectedRoles.contains(role.key()), path, issues);
        }
    }
}

QJsonValue controlledAction(const QJsonObject &controlled, const ServiceId &service,
                            const QString &action)
{
    const QJsonObject instances = controlled[service.role].toObject();
    const QJsonObject own = instances[service.instance].toObject();
    return (own.contains(action) ? own : instances[u"default"_s].toObject()).value(action);
}

QStringList controlledActions(const QJsonObject &controlled, const ServiceId &service)
{
    const QJsonObject instances = controlled[service.role].toObject();
    QStringList actions
        = instances[service.instance].toObject().keys() + instances[u"default"_s].toObject().keys();
    actions.sort();
    actions.removeDuplicates();
    return actions;
}

} // namespace Treewarden
