// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/alertform.h"
#include "console/models/configentries.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

/// The translation context of the names of changes.
struct EntryChangeText
{
    Q_DECLARE_TR_FUNCTIONS(Treewarden::EntryChangeText)
};

/// `name`, or with a number behind it, so that the path is free in all targets.
QString freeName(const ConfigSession &session, const QStringList &parent, const QString &name)
{
    const bool isList = name.startsWith(u'#');
    for (int number = 1;; ++number) {
        const QString tried = number == 1 ? name : u"%1-%2"_s.arg(name).arg(number);
        const QList<int> targets = session.targets();
        const bool isFree = std::none_of(targets.begin(), targets.end(), [&](int target) {
            const JsonOutline *outline = session.drafts()[target].outline();
            return outline && outline->find(parent + QStringList{tried}) >= 0;
        });
        if (isFree || number > 1000)
            return isList ? tried.mid(1) : tried;
    }
}

/// The first service that the targets have, for what has to name one.
ServiceId firstService(const ConfigSession &session, ConfigSection section, QString &action)
{
    const QList<ConfigEntry> entries = configEntries(session, section);
    for (const ConfigEntry &entry : entries) {
        if (entry.path.value(2) == allInstances)
            continue;
        action = entry.path.value(3, action);
        return {entry.path.value(1), entry.path.value(2)};
    }
    return {u"service"_s, u"default"_s};
}

/// What stands in the way and is no list is judged by nobody.
QStringList addAlert(ConfigSession &session)
{
    const QStringList field{sectionField(ConfigSection::Alerts)};
    const QString name = freeName(session, field, u"#cpu"_s);
    const QByteArray rule = newAlert(name);
    session.edit(EntryChangeText::tr("Add an alert"), [&](const ConfigDraft &draft) {
        const JsonOutline *outline = draft.outline();
        const int list = outline ? outline->find(field) : -1;
        const bool isList = list < 0 || outline->node(list).kind == JsonNode::Kind::Array;
        return isList ? setJson(draft.document, field + QStringList{u'#' + name}, rule)
                      : setJson(draft.document, field, '[' + rule + ']');
    });
    return field + QStringList{u'#' + name};
}

} // namespace

QStringList addEntry(ConfigSession &session, ConfigSection section)
{
    const QString field = sectionField(section);
    QString action = u"restart"_s;
    if (section == ConfigSection::Services) {
        const QStringList path{field, freeName(session, {field}, u"service"_s), u"default"_s};
        session.set(EntryChangeText::tr("Add a service"), path,
                    QJsonObject{{u"alive"_s, QJsonObject{{u"probe"_s, u"auto"_s}}}});
        return path;
    }
    if (section == ConfigSection::Controlled) {
        const ServiceId service = firstService(session, ConfigSection::Services, action);
        const QStringList parent{field, service.role, service.instance};
        const QStringList path = parent + QStringList{freeName(session, parent, action)};
        session.set(EntryChangeText::tr("Add an action"), path,
                    QJsonObject{{u"unit"_s, service.role + u".service"_s}});
        return path;
    }
    if (section == ConfigSection::Schedule) {
        const ServiceId service = firstService(session, ConfigSection::Controlled, action);
        const QString id = freeName(session, {field}, u"#entry"_s);
        const QStringList path{field, u'#' + id};
        session.set(EntryChangeText::tr("Add an entry"), path,
                    QJsonObject{{u"id"_s, id},
                                {u"cron"_s, u"30 3 * * *"_s},
                                {u"role"_s, service.role},
                                {u"instance"_s, service.instance},
                                {u"action"_s, action}});
        return path;
    }
    if (section == ConfigSection::Logs) {
        const QString file = freeName(session, {field}, u"#/var/log/syslog"_s);
        const QStringList path{field, u'#' + file};
        session.set(EntryChangeText::tr("Add a log"), path,
                    QJsonObject{{u"path"_s, file}, {u"format"_s, u"auto"_s}});
        return path;
    }
    if (section == ConfigSection::Alerts)
        return addAlert(session);
    return {};
}

QStringList duplicateEntry(ConfigSession &session, const QStringList &path)
{
    QStringList parent = path.first(path.size() - 1);
    const QString name = freeName(session, parent, path.last());
    const bool isElement = path.last().startsWith(u'#');
    const QStringList copy = parent << (isElement ? u'#' + name : name);
    const QString key = elementKey(path.first());
    session.edit(EntryChangeText::tr("Duplicate"), [&](const ConfigDraft &draft) {
        const JsonOutline *outline = draft.outline();
        const int index = outline ? outline->find(path) : -1;
        if (index < 0)
            return std::optional<TextSplice>();
        QByteArray value = outline->textOf(index);
        if (const auto renamed = setJson(value, {key}, jsonText(name)); isElement && renamed)
            renamed->apply(value);
        return setJson(draft.document, copy, value);
    });
    return copy;
}

/// With what is empty above it then.
void removeEntry(ConfigSession &session, const QStringList &path)
{
    session.edit(EntryChangeText::tr("Remove"),
                 [&](const ConfigDraft &draft) { return removeJsonUpwards(draft.document, path); });
}

} // namespace Treewarden
