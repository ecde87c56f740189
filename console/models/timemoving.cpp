// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a TimeSource gets from one picture to the next: a small step at once, a leap in slices, while
// everybody still sees the picture before.
#include "console/models/timesource.h"

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr auto sliceOfMove = 12ms;
constexpr qsizetype mostAtOnce = 2'000; ///< events; many times as fast as the eye
constexpr qsizetype mostToldAtOnce = 1'000; ///< servers

} // namespace

/// To where somebody wants to be; later when events have to be read first.
void TimeSource::move()
{
    const bool isThere = m_isPast && !m_isOld && m_wanted == moment();
    if (m_wanted == 0 || m_isMoving || (isThere && m_wanted >= m_reader.archive().firstTime()))
        return;
    // After a failure what was read has to do.
    const bool mayRead = !m_reader.tellsOf(m_wanted) && m_reader.trouble().isEmpty();
    if (mayRead && m_reader.wantBack(m_wanted)) {
        Q_EMIT wantedChanged();
        return;
    }
    // Before the first event nothing is known, whoever asks.
    m_wanted = std::max(m_wanted, m_reader.archive().firstTime());
    if (m_reader.archive().isEmpty() || m_wanted >= m_live.now()) {
        goLive();
        return;
    }
    m_pace.start();
    show(m_wanted);
}

void TimeSource::show(qint64 moment)
{
    const bool isFresh = !m_isPast || m_isOld || moment > m_past.presentTime();
    if (!isFresh && m_past.distanceTo(moment) <= mostAtOnce) {
        tell(m_past.moveTo(moment));
        return;
    }
    hold();
    if (isFresh)
        beginPicture(moment);
    m_past.beginMove(moment);
    moveOn();
}

/// Everybody sees this picture while the next is made.
void TimeSource::hold()
{
    m_isMoving = true;
    if (m_isPast && !m_held)
        m_held = Held{m_past.state(), m_past.moment()};
}

/// Starts from the present, which is looked at only once.
void TimeSource::beginPicture(qint64 moment)
{
    const bool isOfNow = m_isPast && moment <= m_past.presentTime();
    m_isOld = false;
    m_isNew = true;
    if (isOfNow) {
        m_past.restart();
    } else {
        discardPicture();
        m_past.begin(m_live.state(), m_live.now());
    }
    m_past.setTreeHistory(m_trees);
}

/// What took one slice is shown at once.
void TimeSource::moveOn()
{
    m_isMade = false;
    if (m_past.moveOn(QDeadlineTimer(sliceOfMove)))
        arrive();
    else
        m_slices.start();
}

/// Whoever shows the picture has a lot to do: the last slice does not come on top of that.
void TimeSource::goOn()
{
    if (m_isMade) {
        arrive();
        return;
    }
    m_isMade = m_past.moveOn(QDeadlineTimer(sliceOfMove));
    m_slices.start();
}

void TimeSource::arrive()
{
    m_isMoving = false;
    dropHeld();
    PastChange change = m_past.takeChange();
    change.isAll |= std::exchange(m_isNew, false);
    const bool hasLeftLive = !std::exchange(m_isPast, true);
    tell(change);
    if (hasLeftLive) {
        m_problems.begin();
        Q_EMIT liveChanged();
        readTrees();
    }
    if ((m_isOld || m_wanted != m_past.moment()) && !m_pace.isActive())
        m_pace.start();
}

void TimeSource::dropHeld()
{
    if (m_held)
        m_discarded.add(std::move(std::exchange(m_held, {})->state));
}

/// The next picture begins from the present.
void TimeSource::dropPicture()
{
    m_slices.stop();
    m_telling.stop();
    m_untold.clear();
    m_isMoving = m_isOld = m_isNew = false;
    dropHeld();
    discardPicture();
}

void TimeSource::discardPicture()
{
    for (FleetState &state : m_past.end())
        m_discarded.add(std::move(state));
}

/// The events that told of the moment are gone; those that are there now may tell of it too.
void TimeSource::startAgain()
{
    if (m_isMoving && !m_isPast)
        dropPicture();
    if (!m_isPast)
        return;
    m_slices.stop();
    hold();
    m_isNew = true;
    discardPicture();
    m_past.begin(m_live.state(), m_live.now());
    m_past.setTreeHistory(m_trees);
    m_past.beginMove(std::max(m_wanted, m_reader.archive().firstTime()));
    moveOn();
    move();
}

void TimeSource::takeTrees(const TreeHistory &history)
{
    m_trees = history;
    if (!m_isPast)
        return;
    m_past.setTreeHistory(history);
    if (!m_isMoving)
        tell(m_past.takeChange());
}

void TimeSource::tell(const PastChange &change)
{
    if (change.isAll) {
        m_untold.clear();
        Q_EMIT reset();
    } else {
        m_untold += change.servers;
        m_untold -= QSet<QString>(change.removed.begin(), change.removed.end());
        for (const QString &ip : change.removed)
            Q_EMIT serverRemoved(ip);
        for (const QString &ip : change.added)
            Q_EMIT serverAdded(ip);
        tellSome(m_workloads.wanted()); // whatever somebody looks at
        tellServers();
        if (change.areTreesOther)
            Q_EMIT treesChanged();
        if (change.isMaintenanceOther)
            Q_EMIT maintenanceChanged();
    }
    dropWorkloads();
    m_workloads.setMoment(m_past.moment());
    Q_EMIT momentChanged();
}

/// After a leap thousands are others: a stall for all of them would be felt.
void TimeSource::tellServers()
{
    QStringList ips;
    for (auto ip = m_untold.cbegin(); ip != m_untold.cend() && ips.size() < mostToldAtOnce; ++ip)
        ips << *ip;
    tellSome(ips);
    if (!m_untold.isEmpty() && !m_telling.isActive())
        m_telling.start();
}

void TimeSource::tellSome(const QStringList &ips)
{
    for (const QString &ip : ips) {
        if (m_untold.remove(ip))
            Q_EMIT serverChanged(ip);
    }
}

void TimeSource::takeWorkload(const QString &ip, const WorkloadSample &sample)
{
    FleetServer *server = m_isPast && !m_isMoving ? m_past.server(ip) : nullptr;
    if (!server)
        return;
    server->workload = sample;
    m_loaded.insert(ip);
    Q_EMIT workloadChanged(ip);
}

/// Of the moment before.
void TimeSource::dropWorkloads()
{
    const QSet<QString> loaded = std::exchange(m_loaded, {});
    for (const QString &ip : loaded) {
        if (FleetServer *server = m_past.server(ip)) {
            server->workload = {};
            Q_EMIT workloadChanged(ip);
        }
    }
}

} // namespace Treewarden
