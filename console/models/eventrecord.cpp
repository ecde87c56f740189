// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/eventrecord.h"

#include "console/models/fleettext.h"
#include "console/models/streampages.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QJsonArray>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostMembers = 60;

QString memberText(const QJsonObject &json, QStringView name, qsizetype most)
{
    return oneLine(json.value(name).toString(), most);
}

EventGroup eventGroupOf(const QString &type)
{
    if (type == u"alive" || type == u"machine" || type == u"clock" || type == u"address")
        return EventGroup::Server;
    if (type == u"service" || type == u"service-removed")
        return EventGroup::Service;
    if (type == u"command")
        return EventGroup::Command;
    if (type == u"config")
        return EventGroup::Config;
    return type.startsWith(u"alert") ? EventGroup::Alert : EventGroup::Other;
}

QString eventDetailOf(const Event &event)
{
    const QString reason = event.json.value(u"reason").toString();
    if (event.type == u"service") {
        const auto alive = jsonInteger(event.json.value(u"alive"));
        if (alive && *alive != 0) // what it says then is no reason any more
            return {};
        return reasonText(event.json.value(u"code").toString(),
                          event.json.value(u"args").toObject(), reason);
    }
    if (event.type == u"alert") // what its author advises
        return memberText(event.json, u"text", 300);
    const QString detail = memberText(event.json, u"detail", 300);
    return detail.isEmpty() ? oneLine(reason, 300) : detail;
}

/// The sweeper judges by itself: nobody asked for that.
QString whoOf(const Event &event)
{
    const QString schedule = memberText(event.json, u"schedule", 64);
    if (!schedule.isEmpty())
        return schedule;
    const QString by = memberText(event.json, u"by", 64);
    return by == u"sweeper" ? QString() : by;
}

QString searchTextOf(const EventRecord &record)
{
    const QStringList texts{record.sentence, record.detail, record.where,          record.ip,
                            record.who,      record.type,   record.role,           record.state,
                            record.instance, record.paas,   oneLine(record.id, 64)};
    return texts.join(u'\n').toLower();
}

/// What looks like Unix milliseconds of this century is shown as a date.
QString valueText(const QString &name, const QJsonValue &value)
{
    if (value.isString())
        return oneLine(value.toString(), 300);
    if (value.isObject())
        return oneLine(QString::fromUtf8(compactJson(value.toObject()).left(2000)), 300);
    if (value.isArray())
        return oneLine(QString::fromUtf8(compactJson({{u"_"_s, value}}).mid(5, 2000)).chopped(1),
                       300);
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isNull())
        return u"null"_s;
    const auto whole = jsonInteger(value);
    const bool isTime = name == u"timestamp" || name == u"since" || name == u"until";
    if (whole && isTime && *whole > 946'684'800'000 && *whole < 4'102'444'800'000)
        return QDateTime::fromMSecsSinceEpoch(*whole).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    return whole ? QString::number(*whole) : QString::number(value.toDouble());
}

} // namespace

EventRecord eventRecord(const Event &event, const FleetState &state)
{
    EventRecord record;
    record.id = event.id;
    record.ip = event.ip;
    record.type = oneLine(event.type, 64);
    record.group = eventGroupOf(event.type);
    record.told = jsonInteger(event.json.value(u"timestamp")).value_or(0);
    record.time = qint64(streamPlace(event.id.toLatin1()).first);
    if (record.time <= 0)
        record.time = record.told;
    record.health = eventHealth(event);
    record.state = memberText(event.json, u"state", 32);
    record.role = memberText(event.json, u"role", 64);
    record.instance = memberText(event.json, u"instance", 64);
    record.version = jsonInteger(event.json.value(u"version")).value_or(0);
    record.paas = memberText(event.json, u"paas", 64);
    record.sentence = eventText(event, state);
    record.detail = eventDetailOf(event);
    record.where = !event.ip.isEmpty() ? serverText(state, event.ip)
        : record.paas.isEmpty()        ? QString()
                                       : u"PaaS "_s + record.paas;
    record.who = whoOf(event);
    record.json = compactJson(event.json);
    record.searchText = searchTextOf(record);
    return record;
}

QList<EventMember> eventMembers(const QByteArray &json)
{
    QList<EventMember> members;
    const auto object = parseJsonObject(json, u"the event"_s);
    if (!object)
        return members;
    for (auto member = object->begin(); member != object->end(); ++member) {
        if (members.size() >= mostMembers)
            break;
        members.append({oneLine(member.key(), 64), valueText(member.key(), member.value())});
    }
    return members;
}

} // namespace Treewarden
