// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/timesource.h"

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr auto paceOfMoves = 40ms, paceOfTelling = 30ms;

} // namespace

TimeSource::TimeSource(FleetSource &live, QObject *parent)
    : FleetSource(parent)
    , m_live(live)
    , m_reader(live)
    , m_past(m_reader.archive())
    , m_workloads(live)
    , m_problems(live)
    , m_address(live.address())
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(paceOfMoves);
    connect(&m_pace, &QTimer::timeout, this, &TimeSource::move);
    connect(&m_player, &TimePlayer::passed, this, &TimeSource::advance);
    connect(&m_player, &TimePlayer::changed, this, &TimeSource::playingChanged);
    connect(&m_problems, &ProblemCount::changed, this, &TimeSource::problemsNowChanged);
    m_slices.setSingleShot(true);
    connect(&m_slices, &QTimer::timeout, this, &TimeSource::goOn);
    m_telling.setSingleShot(true);
    m_telling.setInterval(paceOfTelling);
    connect(&m_telling, &QTimer::timeout, this, &TimeSource::tellServers);
    connect(&m_reader, &ArchiveReader::finished, this, [this] {
        m_isOld = m_isPast; // what was not remembered may be now
        if (m_isPast)
            readTrees();
        Q_EMIT wantedChanged();
        move();
    });
    connect(&m_reader, &ArchiveReader::grownBack, this, [this] {
        if (m_isPast && !m_reader.isReading())
            move(); // of a stream that began anew
    });
    connect(&m_reader, &ArchiveReader::dropped, this, &TimeSource::startAgain);
    connect(&m_treeReader, &TreeHistoryReader::finished, this, &TimeSource::takeTrees);
    connect(&m_workloads, &PastWorkloads::found, this, &TimeSource::takeWorkload);
    forwardSignals();
}

TimeSource::~TimeSource() = default;

void TimeSource::goTo(qint64 moment)
{
    if (!m_live.hasState())
        return;
    if (moment >= m_live.now()) {
        goLive();
        return;
    }
    m_wanted = std::max<qint64>(moment, 1);
    Q_EMIT wantedChanged();
    if (!m_pace.isActive())
        move();
}

void TimeSource::goLive()
{
    pause();
    const bool wasWanted = std::exchange(m_wanted, 0) > 0;
    if (m_isPast)
        leave();
    else if (m_isMoving)
        dropPicture();
    if (wasWanted)
        Q_EMIT wantedChanged();
}

void TimeSource::leave()
{
    pause();
    m_wanted = 0;
    m_isPast = false;
    m_problems.end();
    m_trees = {};
    m_treesRead.clear();
    dropPicture();
    m_workloads.setMoment(0);
    m_loaded.clear();
    Q_EMIT reset();
    Q_EMIT liveChanged();
    Q_EMIT momentChanged();
}

void TimeSource::stepEvent(bool isForward)
{
    const EventArchive &archive = m_reader.archive();
    const qint64 from = m_wanted > 0 ? m_wanted : m_live.now();
    EventPosition at = archive.after(from);
    if (isForward) {
        if (at < archive.end())
            goTo(archive.at(at).time);
        else
            goLive();
        return;
    }
    while (at > archive.first() && archive.at(at - 1).time >= from)
        --at;
    if (at > archive.first())
        goTo(archive.at(at - 1).time);
    else if (!m_reader.isComplete())
        goTo(from - 1);
}

void TimeSource::play(int speed)
{
    m_player.setSpeed(speed);
    if (m_isPast)
        m_player.play();
}

void TimeSource::advance(qint64 time)
{
    if (!isReading())
        goTo(m_wanted + time);
}

void TimeSource::wantWorkload(const QObject *who, const QStringList &ips)
{
    m_workloads.want(who, ips);
}

/// Those that are there, and those of which it is known that they were.
void TimeSource::readTrees()
{
    QStringList ids = removedTrees(m_reader.archive());
    const QMap<QString, PaasTree> &present = m_live.state().trees;
    for (auto tree = present.keyBegin(); tree != present.keyEnd(); ++tree) {
        if (!ids.contains(*tree))
            ids << *tree;
    }
    RedisConnection *redis = m_live.connection();
    if (!redis || !redis->isConnected() || ids == m_treesRead)
        return;
    m_treesRead = ids;
    m_treeReader.read(*redis, ids);
}

PastGaps TimeSource::gaps() const
{
    if (!m_isPast)
        return {};
    const qint64 first = m_reader.archive().firstTime();
    return {m_past.servers().forgottenServers(),
            m_past.servers().forgottenServices(),
            m_past.trees().vague(),
            m_past.trees().lost(),
            moment() <= first ? first : 0,
            m_live.isLive() ? m_reader.trouble() : m_live.trouble()};
}

} // namespace Treewarden
