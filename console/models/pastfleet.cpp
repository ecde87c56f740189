// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastfleet.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace Treewarden {

namespace {

constexpr EventPosition eventsBetweenLooks = 1024; ///< at the clock

} // namespace

PastFleet::PastFleet(const EventArchive &archive)
    : m_ground{archive, {}, 0, 0, {}, 0, 0}
    , m_servers(m_ground)
    , m_maintenance(m_ground)
    , m_trees(m_ground)
    , m_events(m_ground)
{
}

void PastFleet::begin(const FleetState &present, qint64 now)
{
    m_ground.present = present;
    m_ground.present.events.clear();
    m_ground.present.commands.clear();
    m_ground.present.pending.clear();
    for (FleetServer &server : m_ground.present.servers)
        server.workload = {};
    m_ground.presentTime = now;
    m_ground.presentEnd = m_ground.archive.end();
    m_events.clear();
    restart();
}

void PastFleet::restart()
{
    m_ground.state = m_ground.present;
    m_ground.moment = m_ground.presentTime;
    m_ground.position = std::max(m_ground.presentEnd, m_ground.archive.first());
    m_seen.clear();
    m_round = 0;
    m_servers.restart();
    m_maintenance.restore();
    PastChange change;
    m_trees.apply(change);
    m_events.collect();
}

std::array<FleetState, 2> PastFleet::end()
{
    std::array<FleetState, 2> last{std::exchange(m_ground.state, {}),
                                   std::exchange(m_ground.present, {})};
    m_ground.presentTime = m_ground.moment = 0;
    m_servers.restart();
    m_events.clear();
    return last;
}

void PastFleet::setTreeHistory(const TreeHistory &history)
{
    m_trees.setHistory(history);
    m_trees.apply(m_change);
}

FleetServer *PastFleet::server(const QString &ip)
{
    const auto found = m_ground.state.servers.find(ip);
    return found == m_ground.state.servers.end() ? nullptr : &*found;
}

qsizetype PastFleet::distanceTo(qint64 moment) const
{
    return std::abs(m_ground.archive.after(moment) - m_ground.position)
        + m_servers.looseBetween(m_ground.moment, moment);
}

void PastFleet::beginMove(qint64 moment)
{
    m_change = {};
    if (m_ground.position < m_ground.archive.first()) {
        // The archive has dropped events that the picture is made from.
        restart();
        m_change.isAll = true;
    }
    m_leftMoment = std::exchange(m_ground.moment, moment);
    m_leftPosition = std::exchange(m_ground.position, m_ground.archive.after(moment));
    m_gathered = 0;
    m_isLooseGathered = false;
    m_seen.resize(m_ground.archive.subjects().size());
    ++m_round;
}

bool PastFleet::moveOn(const QDeadlineTimer &deadline)
{
    if (!m_servers.learn(deadline) || !gather(deadline) || !m_servers.apply(deadline, m_change))
        return false;
    m_maintenance.findRunOut(m_leftMoment, m_change);
    m_trees.apply(m_change);
    if (m_leftPosition != m_ground.position)
        m_events.collect();
    return true;
}

/// Looks once at each subject of the events between: forward at the last of them, back at the first
/// and at what stands before it.
bool PastFleet::gather(const QDeadlineTimer &deadline)
{
    const EventPosition from = m_leftPosition, to = m_ground.position;
    const EventPosition count = std::abs(to - from);
    while (m_gathered < count) {
        const EventPosition i = m_gathered++;
        gatherEvent(from < to ? to - 1 - i : to + i, from < to);
        if (m_gathered % eventsBetweenLooks == 0 && deadline.hasExpired())
            return false;
    }
    if (!std::exchange(m_isLooseGathered, true))
        m_servers.touchLoose(m_leftMoment);
    return true;
}

void PastFleet::gatherEvent(EventPosition at, bool isForward)
{
    const EventArchive &archive = m_ground.archive;
    if (at < archive.first())
        return; // dropped while the move was under way
    const int subject = archive.at(at).subject;
    if (subject < 0 || std::exchange(m_seen[size_t(subject)], m_round) == m_round)
        return;
    if (isForward)
        touch(subject, at, noEvent);
    else
        touch(subject, archive.previous(at), at);
}

void PastFleet::touch(int number, EventPosition last, EventPosition next)
{
    const EventSubject &subject = m_ground.archive.subjects()[size_t(number)];
    switch (subject.kind) {
    case EventSubject::Kind::Server:
    case EventSubject::Kind::Membership:
    case EventSubject::Kind::Service:
        return m_servers.touch(number, last, next);
    case EventSubject::Kind::Maintenance:
        return m_maintenance.apply(subject, last, next, m_change);
    case EventSubject::Kind::Tree:
        return; // their times are told with their versions
    }
}

PastChange PastFleet::takeChange()
{
    PastChange change = std::exchange(m_change, {});
    for (const QString &ip : std::as_const(change.added) + change.removed)
        change.servers.remove(ip);
    change.isAll |= change.added.size() + change.removed.size() > PastChange::mostTold;
    return change;
}

PastChange PastFleet::moveTo(qint64 moment)
{
    beginMove(moment);
    moveOn(QDeadlineTimer(QDeadlineTimer::Forever));
    return takeChange();
}

} // namespace Treewarden
