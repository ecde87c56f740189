// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastservers.h"

#include "console/models/pasttext.h"
#include "shared/fleet/fleetreading.h"

#include <algorithm>
#include <utility>

namespace Treewarden {
namespace {

constexpr int serversBetweenLooks = 64; ///< at the clock

} // namespace

PastServers::PastServers(PastGround &ground)
    : m_ground(ground)
{
}

void PastServers::touch(int subject, EventPosition last, EventPosition next)
{
    if (m_placeOf.size() < m_ground.archive.subjects().size())
        learnSubjects(QDeadlineTimer(QDeadlineTimer::Forever));
    if (const int place = m_placeOf[size_t(subject)]; place >= 0) {
        touchPlace(place, {last, next});
        return;
    }
    const int number = serverNumber(m_ground.archive.subjects()[size_t(subject)].ip);
    Server &server = m_servers[size_t(number)];
    server.isMembershipTouched = true;
    if (!std::exchange(server.isTouched, true))
        m_touched.push_back(number);
}

/// What belongs to one server is put in together: looking for it costs more than changing it.
void PastServers::touchPlace(int place, const Around &around)
{
    const int number = m_places[size_t(place)].server;
    Server &server = m_servers[size_t(number)];
    if (!std::exchange(server.isTouched, true))
        m_touched.push_back(number);
    m_steps.push_back({place, around, std::exchange(server.firstStep, int(m_steps.size()))});
}

std::pair<PastServers::Places::const_iterator, PastServers::Places::const_iterator>
PastServers::looseRange(qint64 one, qint64 other) const
{
    const auto isBefore
        = [this](qint64 time, int place) { return time < m_places[size_t(place)].looseSince; };
    const auto begin
        = std::upper_bound(m_loose.cbegin(), m_loose.cend(), std::min(one, other), isBefore);
    return {begin, std::upper_bound(begin, m_loose.cend(), std::max(one, other), isBefore)};
}

qsizetype PastServers::looseBetween(qint64 one, qint64 other) const
{
    const auto [begin, end] = looseRange(one, other);
    return end - begin;
}

void PastServers::touchLoose(qint64 from)
{
    const auto [begin, end] = looseRange(from, m_ground.moment);
    for (auto place = begin; place != end; ++place)
        touchPlace(*place, aroundOf(m_places[size_t(*place)].subject));
}

bool PastServers::apply(const QDeadlineTimer &deadline, PastChange &change)
{
    for (int done = 1; !m_touched.empty(); ++done) {
        applyTo(m_servers[size_t(m_touched.back())], change);
        m_touched.pop_back();
        if (done % serversBetweenLooks == 0 && !m_touched.empty() && deadline.hasExpired())
            return false;
    }
    m_steps.clear();
    return true;
}

void PastServers::applyTo(Server &known, PastChange &change)
{
    const int first = std::exchange(known.firstStep, -1);
    known.isTouched = false;
    if (std::exchange(known.isMembershipTouched, false)) {
        applyMembership(known, change);
        return;
    }
    const auto server = m_ground.state.servers.find(known.ip);
    if (server == m_ground.state.servers.end())
        return;
    const Around life = aroundOf(known.membership);
    for (int number = first; number >= 0;) {
        const Step &step = m_steps[size_t(number)];
        applyPlace(*server, life, m_places[size_t(step.place)], step.around);
        number = step.nextStep;
    }
    change.servers.insert(known.ip);
}

PastServers::Around PastServers::aroundOf(int subject) const
{
    if (subject < 0)
        return {};
    const auto [last, next] = m_ground.archive.around(subject, m_ground.position);
    return {last, next};
}

/// False when the server was removed, and maybe enrolled again, between the moment and the present.
bool PastServers::isSameLife(const Around &life) const
{
    return life.last < m_ground.presentEnd
        && (life.next == noEvent || life.next >= m_ground.presentEnd);
}

/// It was there when it was enrolled before, is removed later, or an event up to here is about it.
void PastServers::applyMembership(Server &known, PastChange &change)
{
    const Around life = aroundOf(known.membership);
    bool isThere = known.present;
    if (life.last != noEvent)
        isThere = m_ground.archive.at(life.last).change == EventChange::Began;
    else if (life.next != noEvent)
        isThere = m_ground.archive.at(life.next).change == EventChange::Ended
            || aroundOf(m_places[size_t(known.own)].subject).last != noEvent;
    const bool wasThere = m_ground.state.servers.remove(known.ip);
    setForgotten(m_places[size_t(known.own)], false);
    for (const int place : known.services)
        setForgotten(m_places[size_t(place)], false);
    if (isThere)
        addServer(known);
    if (isThere && wasThere)
        change.servers << known.ip; // it may have gone and come in between
    else if (isThere || wasThere)
        (isThere ? change.added : change.removed) << known.ip;
}

/// As it is now where it still is, with everything that is told of it up to here.
void PastServers::addServer(Server &known)
{
    if (m_ground.state.servers.size() >= maximumServers)
        return;
    const Around life = aroundOf(known.membership);
    const FleetServer *present = isSameLife(life) ? known.present : nullptr;
    FleetServer server = present ? *present : FleetServer();
    server.ip = known.ip;
    if (known.present)
        server.info = known.present->info;
    const auto applyWhatDiffers = [&](Place &place) {
        const Around around = aroundOf(place.subject);
        if (!present || around.next != noEvent || place.looseSince > m_ground.moment)
            applyPlace(server, life, place, around);
    };
    applyWhatDiffers(m_places[size_t(known.own)]);
    for (const int place : known.services)
        applyWhatDiffers(m_places[size_t(place)]);
    m_ground.state.servers.insert(known.ip, server);
}

void PastServers::applyPlace(FleetServer &server, const Around &life, Place &place, Around around)
{
    // What was before it was enrolled (again) is over, what comes after its end another story.
    if (around.last < std::max(life.last, m_ground.archive.first()))
        around.last = noEvent;
    if (around.next < m_ground.archive.first())
        around.next = noEvent;
    if (life.next != noEvent && around.next > life.next)
        around.next = noEvent;
    const bool isUntold = around.last == noEvent && around.next == noEvent;
    const bool isOfNow = isSameLife(life);
    if (isUntold && !(isOfNow && place.looseSince > 0)) {
        if (place.isServer && !isOfNow)
            setForgotten(place, true);
        return; // as addServer() left it
    }
    const bool isAsNow = isOfNow
        && (place.looseSince > 0
                ? place.looseSince <= m_ground.moment && around.last < m_ground.presentEnd
                : around.last == noEvent && around.next >= m_ground.presentEnd);
    if (place.isServer)
        applyAlive(server, around, isAsNow, place);
    else
        applyService(server, around, isAsNow, place);
}

void PastServers::applyAlive(FleetServer &server, const Around &around, bool isAsNow, Place &place)
{
    const EventArchive &archive = m_ground.archive;
    const FleetServer *present = m_servers[size_t(place.server)].present;
    std::optional<bool> alive;
    qint64 since = 0;
    bool isTold = true;
    if (present && isAsNow) {
        alive = present->alive;
        since = present->since;
    } else if (around.last != noEvent) {
        alive = archive.at(around.last).isAlive;
        since = archive.at(around.last).since;
    } else if (around.next != noEvent && archive.at(around.next).change == EventChange::Died) {
        alive = true;
    } else if (around.next == noEvent && present && !present->alive && present->wasSeen) {
        alive = true; // it is unknown since its lease is missing: until then it had one
    } else {
        isTold = false;
    }
    setForgotten(place, !isTold);
    server.alive = alive;
    server.since = since;
    server.wasSeen = server.wasSeen || around.last != noEvent || around.next != noEvent;
}

void PastServers::applyService(FleetServer &server, const Around &around, bool isAsNow,
                               Place &place)
{
    const ServiceId &id = place.present
        ? place.present->id
        : m_ground.archive.subjects()[size_t(place.subject)].service;
    if (place.present && isAsNow) {
        setForgotten(place, false);
        server.services.insert(id, *place.present);
        return;
    }
    const bool isEnded
        = around.last != noEvent && m_ground.archive.at(around.last).change == EventChange::Ended;
    if (isEnded) {
        setForgotten(place, false);
        server.services.remove(id);
        return;
    }
    auto shown = server.services.find(id);
    if (shown == server.services.end()) {
        if (server.services.size() >= maximumServices)
            return;
        shown = server.services.insert(id, {id, {}, {}});
    }
    shown->state = serviceState(around, place);
    shown->workload = {};
}

ServiceState PastServers::serviceState(const Around &around, Place &place)
{
    const EventArchive &archive = m_ground.archive;
    const bool wasAlive = around.last == noEvent && around.next != noEvent
        && archive.at(around.next).change == EventChange::Died;
    setForgotten(place, around.last == noEvent && !wasAlive);
    ServiceState state;
    if (around.last != noEvent) {
        const ArchivedEvent &event = archive.at(around.last);
        if (event.change != EventChange::Unknown)
            state.alive = event.isAlive;
        EventDetail detail = archive.detail(around.last);
        state.since = event.since;
        state.reason = std::move(detail.reason);
        state.code = std::move(detail.code);
        state.args = std::move(detail.args);
        state.flapping = detail.flapping;
        state.timestamp = event.since;
    } else if (wasAlive) {
        state.alive = true;
    } else {
        state.reason = PastText::tr("how it was then is not remembered");
    }
    return state;
}

void PastServers::setForgotten(Place &place, bool isForgotten)
{
    if (std::exchange(place.isForgotten, isForgotten) == isForgotten)
        return;
    (place.isServer ? m_forgottenServers : m_forgottenServices) += isForgotten ? 1 : -1;
}

} // namespace Treewarden
