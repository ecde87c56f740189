// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/eventarchive.h"

#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/fleet/maintenancewriter.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostDetails = 20'000, longestReason = 500;
constexpr qsizetype packedSize = sizeof(ArchivedEvent) + 40; ///< about, without its JSON

EventDetail detailOf(const QJsonObject &json)
{
    return {json.value(u"reason").toString().left(longestReason),
            json.value(u"code").toString().left(64), json.value(u"args").toObject(),
            flappingCount(json.value(u"flapping"))};
}

std::pair<quint64, quint64> partsOf(const QString &id)
{
    return {id.section(u'-', 0, 0).toULongLong(), id.section(u'-', 1).toULongLong()};
}

QByteArray idText(const ArchivedEvent &event)
{
    return QByteArray::number(event.milliseconds) + '-' + QByteArray::number(event.number);
}

} // namespace

void EventArchive::append(const QList<ArchiveEntry> &oldestFirst, qint64 now)
{
    for (const ArchiveEntry &entry : oldestFirst) {
        ArchivedEvent packed = pack(entry);
        if (!m_events.empty()
            && std::pair(packed.milliseconds, packed.number)
                <= std::pair(m_events.back().milliseconds, m_events.back().number))
            continue;
        packed.time = std::max(std::min(packed.time, now), lastTime());
        const EventPosition position = end();
        if (packed.subject >= 0) {
            EventPosition &newest = m_newest[size_t(packed.subject)];
            packed.previous = newest;
            newest = position;
            if (m_oldest[size_t(packed.subject)] == noEvent)
                m_oldest[size_t(packed.subject)] = position;
        }
        m_bytes += packedSize + packed.json.size();
        m_events.push_back(std::move(packed));
        makeRoom();
    }
}

void EventArchive::prepend(const QList<ArchiveEntry> &newestFirst)
{
    for (const ArchiveEntry &entry : newestFirst) {
        m_isFull |= size() >= mostEvents || m_bytes >= mostBytes;
        if (m_isFull)
            return;
        ArchivedEvent packed = pack(entry);
        if (!m_events.empty()) {
            if (std::pair(packed.milliseconds, packed.number)
                >= std::pair(m_events.front().milliseconds, m_events.front().number))
                continue;
            packed.time = std::min(packed.time, firstTime());
        }
        const EventPosition position = --m_first;
        if (packed.subject >= 0) {
            EventPosition &oldest = m_oldest[size_t(packed.subject)];
            if (oldest != noEvent)
                m_events[size_t(oldest - position - 1)].previous = position;
            else
                m_newest[size_t(packed.subject)] = position;
            oldest = position;
        }
        m_bytes += packedSize + packed.json.size();
        m_events.push_front(std::move(packed));
    }
}

/// From then on nothing older is taken: the chains may end at what was dropped.
void EventArchive::makeRoom()
{
    while (size() > mostEvents || (m_bytes > mostBytes && size() > 1)) {
        m_isFull = true;
        m_bytes -= packedSize + m_events.front().json.size();
        m_events.pop_front();
        ++m_first;
    }
}

void EventArchive::clear()
{
    *this = {};
}

QByteArray EventArchive::firstId() const
{
    return m_events.empty() ? QByteArray() : idText(m_events.front());
}

QByteArray EventArchive::lastId() const
{
    return m_events.empty() ? QByteArray() : idText(m_events.back());
}

EventPosition EventArchive::after(qint64 time) const
{
    const auto found
        = std::upper_bound(m_events.begin(), m_events.end(), time,
                           [](qint64 t, const ArchivedEvent &event) { return t < event.time; });
    return m_first + EventPosition(found - m_events.begin());
}

EventPosition EventArchive::previous(EventPosition position) const
{
    const EventPosition previous = at(position).previous;
    return previous < m_first ? noEvent : previous;
}

std::pair<EventPosition, EventPosition> EventArchive::around(int subject, EventPosition end) const
{
    EventPosition next = noEvent, last = newest(subject);
    while (last >= end && last >= m_first) {
        next = last;
        last = at(last).previous;
    }
    return {last < m_first ? noEvent : last, next};
}

EventDetail EventArchive::detail(EventPosition position) const
{
    const ArchivedEvent &packed = at(position);
    if (packed.detail >= 0)
        return m_details[packed.detail];
    return packed.isAlive ? EventDetail{} : detailOf(event(position).json);
}

Event EventArchive::event(EventPosition position) const
{
    const ArchivedEvent &packed = at(position);
    Event event{QString::fromLatin1(idText(packed)), m_texts[packed.type], m_texts[packed.ip], {}};
    if (const auto json = parseJsonObject(packed.json, u"an event"_s, 64 * 1024))
        event.json = *json;
    return event;
}

std::optional<Health> EventArchive::healthOf(const ArchivedEvent &event)
{
    switch (event.change) {
    case EventChange::Alive:
        return Health::Alive;
    case EventChange::Died:
        return Health::Died;
    case EventChange::Unknown:
        return Health::Unknown;
    case EventChange::Flapping:
        return Health::Degraded;
    default:
        return std::nullopt;
    }
}

ArchivedEvent EventArchive::pack(const ArchiveEntry &entry)
{
    const Event &event = entry.event;
    ArchivedEvent packed;
    std::tie(packed.milliseconds, packed.number) = partsOf(event.id);
    packed.time = qint64(std::min<quint64>(packed.milliseconds, quint64{1} << 53));
    packed.since = jsonInteger(event.json.value(u"timestamp")).value_or(packed.time);
    packed.type = text(event.type);
    packed.ip = text(event.ip);
    packed.json = entry.json;
    packed.json.squeeze();
    classify(event, packed);
    return packed;
}

void EventArchive::classify(const Event &event, ArchivedEvent &packed)
{
    const QStringView type = event.type;
    if (type == u"maintenance" || type == u"config") {
        type == u"config" ? classifyConfig(event, packed) : classifyMaintenance(event, packed);
        return;
    }
    if (!isCanonicalIp(event.ip))
        return;
    if (type == u"service" || type == u"service-removed") {
        classifyService(event, packed);
    } else if (type == u"alive") {
        packed.isAlive = jsonInteger(event.json.value(u"alive")).value_or(0) != 0;
        packed.change = packed.isAlive ? EventChange::Alive : EventChange::Died;
        packed.subject = subject({EventSubject::Kind::Server, event.ip, {}});
    }
}

void EventArchive::classifyService(const Event &event, ArchivedEvent &packed)
{
    const ServiceId id{event.json.value(u"role").toString(),
                       event.json.value(u"instance").toString()};
    if (!isValidName(id.role) || !isValidName(id.instance) || id.instance == allInstances)
        return;
    packed.subject = subject({EventSubject::Kind::Service, event.ip, id});
    if (event.type == u"service-removed") {
        packed.change = EventChange::Ended;
        return;
    }
    const auto alive = jsonInteger(event.json.value(u"alive"));
    const EventDetail detail = detailOf(event.json);
    packed.since = jsonInteger(event.json.value(u"since")).value_or(packed.since);
    packed.isAlive = alive.value_or(0) != 0;
    packed.change = !alive    ? EventChange::Unknown
        : detail.flapping > 0 ? EventChange::Flapping
        : packed.isAlive      ? EventChange::Alive
                              : EventChange::Died;
    if (!detail.reason.isEmpty() || !detail.code.isEmpty() || detail.flapping > 0)
        packed.detail = addDetail(detail);
}

void EventArchive::classifyConfig(const Event &event, ArchivedEvent &packed)
{
    const QString state = event.json.value(u"state").toString();
    const QString paas = event.json.value(u"paas").toString();
    if (isValidName(paas)) {
        packed.change = state == u"removed" ? EventChange::Ended : EventChange::Began;
        packed.subject = subject({EventSubject::Kind::Tree, paas, {}});
    } else if (isCanonicalIp(event.ip) && (state == u"enrolled" || state == u"removed")) {
        packed.change = state == u"removed" ? EventChange::Ended : EventChange::Began;
        packed.subject = subject({EventSubject::Kind::Membership, event.ip, {}});
    }
}

void EventArchive::classifyMaintenance(const Event &event, ArchivedEvent &packed)
{
    const QJsonObject &json = event.json;
    MaintenanceTarget target;
    target.paas = json.value(u"paas").toString();
    target.role = target.paas.isEmpty() ? QString() : json.value(u"role").toString();
    target.ip = target.paas.isEmpty() ? event.ip : QString();
    if (target.paas.isEmpty() && json.contains(u"role"))
        target.service
            = ServiceId{json.value(u"role").toString(), json.value(u"instance").toString()};
    const QString key = target.key();
    const bool hasRole = !target.role.isEmpty() || target.service;
    if (!MaintenanceTarget::parse(key) || (!target.paas.isEmpty() && !isValidName(target.paas))
        || (hasRole && !isValidName(json.value(u"role").toString())))
        return;
    packed.change
        = json.value(u"state").toString() == u"ended" ? EventChange::Ended : EventChange::Began;
    packed.subject = subject({EventSubject::Kind::Maintenance, key, {}});
}

int EventArchive::subject(const EventSubject &subject)
{
    const auto known = m_subjectNumbers.constFind(subject);
    if (known != m_subjectNumbers.cend())
        return *known;
    const int number = int(m_subjects.size());
    m_subjectNumbers.insert(subject, number);
    m_subjects.push_back(subject);
    m_newest.push_back(noEvent);
    m_oldest.push_back(noEvent);
    return number;
}

int EventArchive::text(const QString &text)
{
    const auto known = m_textNumbers.constFind(text);
    if (known != m_textNumbers.cend())
        return *known;
    m_textNumbers.insert(text, int(m_texts.size()));
    m_texts << text;
    return int(m_texts.size()) - 1;
}

/// -1 when there are too many different ones: then it is read from the event's JSON when needed.
int EventArchive::addDetail(const EventDetail &detail)
{
    const QByteArray key = detail.reason.toUtf8() + '\0' + detail.code.toUtf8() + '\0'
        + compactJson(detail.args) + QByteArray::number(detail.flapping);
    const auto known = m_detailNumbers.constFind(key);
    if (known != m_detailNumbers.cend())
        return *known;
    if (m_details.size() >= mostDetails)
        return -1;
    m_detailNumbers.insert(key, int(m_details.size()));
    m_details << detail;
    return int(m_details.size()) - 1;
}

} // namespace Treewarden
