// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastfleet.h"

#include "console/models/pasttext.h"
#include "shared/core/json.h"
#include "shared/fleet/fleetreading.h"

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostCommands = 200;
constexpr EventPosition farthestCommand = 5'000; ///< events that are looked through for commands
constexpr qsizetype mostTold = 500; ///< servers; when more differ all do

} // namespace

void PastChange::add(const PastChange &later)
{
    isAll |= later.isAll || servers.size() + later.servers.size() > mostTold
        || added.size() + removed.size() > mostTold
        // Who comes and goes in between is told in no other order.
        || ((!added.isEmpty() || !removed.isEmpty())
            && (!later.added.isEmpty() || !later.removed.isEmpty()));
    servers += later.servers;
    added += later.added;
    removed += later.removed;
    areTreesOther |= later.areTreesOther;
    isMaintenanceOther |= later.isMaintenanceOther;
}

PastFleet::PastFleet(const EventArchive &archive)
    : m_archive(archive)
    , m_events(2 * maximumEvents)
    , m_commands(2 * mostCommands)
{
}

void PastFleet::begin(const FleetState &present, qint64 now)
{
    m_present = present;
    m_present.events.clear();
    m_present.commands.clear();
    m_present.pending.clear();
    for (FleetServer &server : m_present.servers)
        server.workload = {};
    m_presentTime = now;
    m_presentEnd = m_archive.end();
    m_events.clear();
    m_commands.clear();
    restart();
}

void PastFleet::restart()
{
    m_state = m_present;
    m_moment = m_presentTime;
    m_position = m_presentEnd;
    m_seen.clear();
    m_round = 0;
    findLoose(m_archive.firstTime());
    restoreMaintenance();
    PastChange change;
    moveTrees(change);
    collectEvents();
}

void PastFleet::setTreeHistory(const TreeHistory &history)
{
    m_trees = history;
    for (const EventSubject &subject : m_archive.subjects()) {
        if (subject.kind != EventSubject::Kind::Tree)
            continue;
        for (EventPosition at = m_archive.newest(m_archive.subjectOf(subject));
             at >= m_archive.first(); at = m_archive.at(at).previous) {
            if (m_archive.at(at).change == EventChange::Ended)
                m_trees.addRemoval(subject.ip, m_archive.at(at).since);
        }
    }
    PastChange change;
    moveTrees(change);
}

FleetServer *PastFleet::server(const QString &ip)
{
    const auto found = m_state.servers.find(ip);
    return found == m_state.servers.end() ? nullptr : &*found;
}

const FleetServer *PastFleet::presentServer(const QString &ip) const
{
    const auto found = m_present.servers.constFind(ip);
    return found == m_present.servers.cend() ? nullptr : &*found;
}

PastChange PastFleet::moveTo(qint64 moment)
{
    PastChange change;
    const qint64 from = std::exchange(m_moment, moment);
    moveSubjects(m_archive.after(moment), change);
    moveLoose(from, moment, change);
    moveMaintenance(from, moment, change);
    moveTrees(change);
    for (const QString &ip : std::as_const(change.added) + change.removed)
        change.servers.remove(ip);
    change.isAll |= change.servers.size() > mostTold
        || change.added.size() + change.removed.size() > mostTold;
    return change;
}

/// Looks once at each subject of the events between: forward at the last of them, back at the first
/// and at what stands before it.
void PastFleet::moveSubjects(EventPosition to, PastChange &change)
{
    const EventPosition from = std::exchange(m_position, to);
    if (from == to)
        return;
    m_seen.resize(m_archive.subjects().size());
    ++m_round;
    const bool isForward = from < to;
    for (EventPosition i = 0; i < std::abs(to - from); ++i) {
        const EventPosition at = isForward ? to - 1 - i : to + i;
        const int subject = m_archive.at(at).subject;
        if (subject < 0 || std::exchange(m_seen[size_t(subject)], m_round) == m_round)
            continue;
        if (isForward)
            apply(subject, at, noEvent, change);
        else
            apply(subject, m_archive.previous(at), at, change);
    }
    collectEvents();
}

void PastFleet::findLoose(qint64 oldest)
{
    m_loose.clear();
    m_looseSince.clear();
    const auto look
        = [&](const EventSubject &subject, qint64 since, const std::optional<ServiceId> &service) {
              if (since <= oldest)
                  return;
              const int number = m_archive.subjectOf(subject);
              if (number >= 0 && m_archive.at(m_archive.newest(number)).since >= since)
                  return;
              m_loose << Loose{since, subject.ip, service};
              m_looseSince.insert(subject, since);
          };
    for (const FleetServer &server : std::as_const(m_present.servers)) {
        look({EventSubject::Kind::Server, server.ip, {}}, server.since, {});
        for (const FleetService &service : server.services) {
            if (service.state.since > oldest)
                look({EventSubject::Kind::Service, server.ip, service.id}, service.state.since,
                     service.id);
        }
    }
    std::sort(m_loose.begin(), m_loose.end(),
              [](const Loose &a, const Loose &b) { return a.since < b.since; });
}

bool PastFleet::isAsNow(const EventSubject &subject, EventPosition last, EventPosition next) const
{
    if (!isSameLife(subject.ip))
        return false;
    const auto since = m_looseSince.constFind(subject);
    if (since != m_looseSince.cend())
        return *since <= m_moment && last < m_presentEnd;
    return last == noEvent && next >= m_presentEnd;
}

void PastFleet::moveLoose(qint64 from, qint64 to, PastChange &change)
{
    const auto isBefore = [](qint64 time, const Loose &loose) { return time < loose.since; };
    const auto begin
        = std::upper_bound(m_loose.cbegin(), m_loose.cend(), std::min(from, to), isBefore);
    const auto end
        = std::upper_bound(m_loose.cbegin(), m_loose.cend(), std::max(from, to), isBefore);
    for (auto loose = begin; loose != end; ++loose) {
        const EventSubject subject{loose->service ? EventSubject::Kind::Service
                                                  : EventSubject::Kind::Server,
                                   loose->ip, loose->service.value_or(ServiceId{})};
        const int number = m_archive.subjectOf(subject);
        const auto [last, next]
            = number < 0 ? std::pair(noEvent, noEvent) : m_archive.around(number, m_position);
        loose->service ? applyService(subject, last, next, change)
                       : applyAlive(subject, last, next, change);
    }
}

void PastFleet::apply(int number, EventPosition last, EventPosition next, PastChange &change)
{
    const EventSubject &subject = m_archive.subjects()[size_t(number)];
    const bool isOfServer
        = subject.kind == EventSubject::Kind::Server || subject.kind == EventSubject::Kind::Service;
    if (isOfServer) {
        // What was before it was enrolled (again) is over, what comes after its end another story.
        const auto [begin, end] = lifeOf(subject.ip);
        if (last < begin)
            last = noEvent;
        if (end != noEvent && next > end)
            next = noEvent;
        if (last == noEvent && next == noEvent)
            return; // as addServer() left it
    }
    switch (subject.kind) {
    case EventSubject::Kind::Server:
        return applyAlive(subject, last, next, change);
    case EventSubject::Kind::Service:
        return applyService(subject, last, next, change);
    case EventSubject::Kind::Membership:
        return applyMembership(subject, last, next, change);
    case EventSubject::Kind::Maintenance:
        return applyMaintenance(subject, last, next, change);
    case EventSubject::Kind::Tree:
        return; // moveTrees() does: their times are told with their versions
    }
}

void PastFleet::applyAlive(const EventSubject &subject, EventPosition last, EventPosition next,
                           PastChange &change)
{
    FleetServer *server = this->server(subject.ip);
    if (!server)
        return;
    const FleetServer *present = presentServer(subject.ip);
    std::optional<bool> alive;
    qint64 since = 0;
    if (present && isAsNow(subject, last, next)) {
        alive = present->alive;
        since = present->since;
    } else if (last != noEvent) {
        alive = m_archive.at(last).isAlive;
        since = m_archive.at(last).since;
    } else if (next != noEvent && m_archive.at(next).change == EventChange::Died) {
        alive = true;
    } else if (next == noEvent && present && !present->alive && present->wasSeen) {
        alive = true; // it is unknown since its lease is missing: until then it had one
    }
    server->alive = alive;
    server->since = since;
    server->wasSeen = server->wasSeen || last != noEvent || next != noEvent;
    change.servers.insert(subject.ip);
}

void PastFleet::applyService(const EventSubject &subject, EventPosition last, EventPosition next,
                             PastChange &change)
{
    FleetServer *server = this->server(subject.ip);
    if (!server)
        return;
    change.servers.insert(subject.ip);
    const FleetServer *present = presentServer(subject.ip);
    const auto now = present ? present->services.constFind(subject.service)
                             : QMap<ServiceId, FleetService>::const_iterator();
    if (present && now != present->services.cend() && isAsNow(subject, last, next)) {
        server->services.insert(subject.service, *now);
        return;
    }
    if (last != noEvent && m_archive.at(last).change == EventChange::Ended) {
        server->services.remove(subject.service);
        return;
    }
    if (!server->services.contains(subject.service) && server->services.size() >= maximumServices)
        return;
    ServiceState state;
    if (last != noEvent) {
        const ArchivedEvent &event = m_archive.at(last);
        if (event.change != EventChange::Unknown)
            state.alive = event.isAlive;
        const EventDetail detail = m_archive.detail(last);
        state.since = event.since;
        state.reason = detail.reason;
        state.code = detail.code;
        state.args = detail.args;
        state.flapping = detail.flapping;
        state.timestamp = event.since;
    } else if (next != noEvent && m_archive.at(next).change == EventChange::Died) {
        state.alive = true;
    } else {
        state.reason = PastText::tr("how it was then is not remembered");
    }
    server->services.insert(subject.service, {subject.service, state, {}});
}

void PastFleet::applyMembership(const EventSubject &subject, EventPosition last, EventPosition next,
                                PastChange &change)
{
    bool isThere = presentServer(subject.ip);
    if (last != noEvent)
        isThere = m_archive.at(last).change == EventChange::Began;
    else if (next != noEvent)
        isThere = m_archive.at(next).change == EventChange::Ended || wasHeard(subject.ip);
    const bool wasThere = m_state.servers.remove(subject.ip);
    if (isThere)
        addServer(subject.ip, change);
    if (isThere && wasThere)
        change.servers << subject.ip; // it may have gone and come in between
    else if (isThere || wasThere)
        (isThere ? change.added : change.removed) << subject.ip;
}

/// True when an event up to here is about the server: it was one of the fleet before.
bool PastFleet::wasHeard(const QString &ip) const
{
    const int number = m_archive.subjectOf({EventSubject::Kind::Server, ip, {}});
    return number >= 0 && m_archive.around(number, m_position).first != noEvent;
}

/// The events that enrolled or removed a server last, and will next; or noEvent.
std::pair<EventPosition, EventPosition> PastFleet::lifeOf(const QString &ip) const
{
    const int number = m_archive.subjectOf({EventSubject::Kind::Membership, ip, {}});
    return number < 0 ? std::pair(noEvent, noEvent) : m_archive.around(number, m_position);
}

/// False when the server was removed, and maybe enrolled again, between the moment and m_present.
bool PastFleet::isSameLife(const QString &ip) const
{
    const auto [begin, end] = lifeOf(ip);
    return begin < m_presentEnd && (end == noEvent || end >= m_presentEnd);
}

/// As it is now where it still is, with everything that is told of it up to here.
void PastFleet::addServer(const QString &ip, PastChange &change)
{
    if (m_state.servers.size() >= maximumServers)
        return;
    const FleetServer *present = isSameLife(ip) ? presentServer(ip) : nullptr;
    FleetServer server = present ? *present : FleetServer();
    server.ip = ip;
    if (const FleetServer *later = presentServer(ip))
        server.info = later->info;
    m_state.servers.insert(ip, server);
    const std::vector<EventSubject> &subjects = m_archive.subjects();
    for (size_t i = 0; i < subjects.size(); ++i) {
        if (subjects[i].ip != ip || subjects[i].kind == EventSubject::Kind::Membership)
            continue;
        const auto [last, next] = m_archive.around(int(i), m_position);
        if (next != noEvent || !present)
            apply(int(i), last, next, change);
    }
}

void PastFleet::applyMaintenance(const EventSubject &subject, EventPosition last,
                                 EventPosition next, PastChange &change)
{
    const EventPosition at = last != noEvent ? last : next;
    const bool isDeclared = (m_archive.at(at).change == EventChange::Began) == (last != noEvent);
    change.isMaintenanceOther = true;
    if (!isDeclared) {
        m_state.maintenance.remove(subject.ip);
        return;
    }
    // An end tells when, but not what was planned before.
    const QJsonObject json = last != noEvent ? m_archive.event(at).json : QJsonObject();
    m_state.maintenance.insert(
        subject.ip,
        {last != noEvent ? jsonInteger(json.value(u"until")).value_or(0) : m_archive.at(at).time,
         json.value(u"by").toString().left(256), json.value(u"reason").toString().left(500)});
}

/// What ran out by itself is told by no event, and after a day nobody remembers it but its begin.
void PastFleet::restoreMaintenance()
{
    PastChange change;
    const std::vector<EventSubject> &subjects = m_archive.subjects();
    for (size_t i = 0; i < subjects.size(); ++i) {
        if (subjects[i].kind != EventSubject::Kind::Maintenance
            || m_state.maintenance.contains(subjects[i].ip))
            continue;
        const EventPosition last = m_archive.around(int(i), m_presentEnd).first;
        if (last != noEvent && m_archive.at(last).change == EventChange::Began)
            applyMaintenance(subjects[i], last, noEvent, change);
    }
}

/// Some may have run out in between, or not yet.
void PastFleet::moveMaintenance(qint64 from, qint64 to, PastChange &change) const
{
    for (const Maintenance &maintenance : m_state.maintenance) {
        if (change.isMaintenanceOther)
            return;
        change.isMaintenanceOther
            = maintenance.until > std::min(from, to) && maintenance.until <= std::max(from, to);
    }
}

/// A tree that no event is about since then is as it is now.
TreeHistory::Answer PastFleet::treeAt(const QString &id) const
{
    const auto found = m_present.trees.constFind(id);
    const auto present
        = found == m_present.trees.cend() ? std::nullopt : std::optional<PaasTree>(*found);
    const int subject = m_archive.subjectOf({EventSubject::Kind::Tree, id, {}});
    if (present && (subject < 0 || m_archive.newest(subject) < m_position))
        return {present, false};
    return m_trees.at(id, m_moment, present);
}

void PastFleet::moveTrees(PastChange &change)
{
    QStringList ids = m_trees.ids();
    for (auto tree = m_present.trees.keyBegin(); tree != m_present.trees.keyEnd(); ++tree) {
        if (!ids.contains(*tree))
            ids << *tree;
    }
    m_vagueTrees.clear();
    for (const QString &id : std::as_const(ids)) {
        const TreeHistory::Answer answer = treeAt(id);
        if (answer.isVague && answer.tree)
            m_vagueTrees << id;
        const auto shown = m_state.trees.constFind(id);
        const bool isShown = shown != m_state.trees.cend();
        if (isShown == answer.tree.has_value()
            && (!isShown || shown->version == answer.tree->version))
            continue;
        change.areTreesOther = true;
        if (answer.tree)
            m_state.trees.insert(id, *answer.tree);
        else
            m_state.trees.remove(id);
    }
}

const Event &PastFleet::eventAt(EventPosition position)
{
    if (!m_events.contains(position))
        m_events.insert(position, new Event(m_archive.event(position)));
    return *m_events.object(position);
}

void PastFleet::collectEvents()
{
    m_state.events.clear();
    m_state.commands.clear();
    const EventPosition first = m_archive.first();
    for (EventPosition at = m_position - 1; at >= first && m_state.events.size() < maximumEvents;
         --at)
        m_state.events << eventAt(at);
    const EventPosition farthest = std::max(first, m_position - farthestCommand);
    for (EventPosition at = m_position - 1;
         at >= farthest && m_state.commands.size() < mostCommands; --at) {
        if (m_archive.typeOf(at) != u"command")
            continue;
        if (!m_commands.contains(at)) {
            const auto parsed = parseUpdateMessage(m_archive.at(at).json);
            const auto *command
                = parsed && *parsed ? std::get_if<CommandMessage>(&**parsed) : nullptr;
            m_commands.insert(at, new CommandMessage(command ? *command : CommandMessage()));
        }
        if (const CommandMessage &command = *m_commands.object(at); !command.id.isEmpty())
            m_state.commands << command;
    }
}

} // namespace Treewarden
