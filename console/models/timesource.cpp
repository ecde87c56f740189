// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/timesource.h"

#include "console/models/pasttext.h"
#include "shared/core/textformat.h"

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto paceOfMoves = 40ms, paceOfPlay = 100ms, paceOfProblems = 1000ms;

} // namespace

TimeSource::TimeSource(FleetSource &live, QObject *parent)
    : FleetSource(parent)
    , m_live(live)
    , m_reader(live)
    , m_past(m_reader.archive())
    , m_workloads(live)
    , m_address(live.address())
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(paceOfMoves);
    connect(&m_pace, &QTimer::timeout, this, &TimeSource::move);
    m_player.setInterval(paceOfPlay);
    connect(&m_player, &QTimer::timeout, this, &TimeSource::advance);
    m_problemTimer.setSingleShot(true);
    m_problemTimer.setInterval(paceOfProblems);
    connect(&m_problemTimer, &QTimer::timeout, this, &TimeSource::countProblems);
    connect(&m_reader, &ArchiveReader::finished, this, [this] {
        if (m_isPast)
            rebuild(); // what was not remembered may be now
        Q_EMIT wantedChanged();
        move();
    });
    connect(&m_reader, &ArchiveReader::grownBack, this, [this] {
        if (m_isPast && !m_reader.isReading())
            move(); // of a stream that began anew
    });
    connect(&m_reader, &ArchiveReader::dropped, this, &TimeSource::startAgain);
    connect(&m_treeReader, &TreeHistoryReader::finished, this, [this](const TreeHistory &history) {
        m_trees = history;
        if (m_isPast)
            rebuild();
    });
    connect(&m_workloads, &PastWorkloads::found, this, &TimeSource::takeWorkload);
    forwardSignals();
}

TimeSource::~TimeSource() = default;

void TimeSource::forwardSignals()
{
    const auto forward = [this](auto signal) {
        connect(&m_live, signal, this, [this, signal](const auto &...arguments) {
            if (!m_isPast)
                Q_EMIT(this->*signal)(arguments...);
        });
    };
    forward(&FleetSource::workloadChanged);
    forward(&FleetSource::treesChanged);
    forward(&FleetSource::pendingChanged);
    forward(&FleetSource::eventsAdded);
    forward(&FleetSource::configChanged);
    forward(&FleetSource::commandChanged);
    forward(&FleetSource::serverChanged);
    forward(&FleetSource::serverAdded);
    forward(&FleetSource::serverRemoved);
    forward(&FleetSource::maintenanceChanged);
    const auto countSoon = [this] {
        if (m_isPast && !m_problemTimer.isActive())
            m_problemTimer.start();
    };
    for (const auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(&m_live, signal, this, countSoon);
    for (const auto signal :
         {&FleetSource::reset, &FleetSource::treesChanged, &FleetSource::maintenanceChanged})
        connect(&m_live, signal, this, countSoon);
    connect(&m_live, &FleetSource::liveChanged, this, &FleetSource::liveChanged);
    connect(&m_live, &FleetSource::reset, this, [this] {
        const bool isOther = std::exchange(m_address, m_live.address()) != m_live.address();
        if (m_isPast && isOther)
            leave(); // the past of another fleet
        else if (!m_isPast)
            Q_EMIT reset();
    });
}

const FleetState &TimeSource::state() const
{
    return m_isPast ? m_past.state() : m_live.state();
}

bool TimeSource::hasState() const
{
    return m_isPast || m_live.hasState();
}

bool TimeSource::isLive() const
{
    return m_isPast || m_live.isLive();
}

qint64 TimeSource::staleSince() const
{
    return m_isPast ? 0 : m_live.staleSince();
}

QString TimeSource::trouble() const
{
    return m_live.trouble();
}

qint64 TimeSource::retryIn() const
{
    return m_live.retryIn();
}

qint64 TimeSource::messageCount() const
{
    return m_live.messageCount();
}

QString TimeSource::address() const
{
    return m_live.address();
}

qint64 TimeSource::now() const
{
    return m_isPast ? m_past.moment() : m_live.now();
}

RedisConnection *TimeSource::connection()
{
    return m_live.connection();
}

void TimeSource::retryNow()
{
    m_live.retryNow();
}

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

/// To where somebody wants to be; later when events have to be read first.
void TimeSource::move()
{
    const bool isThere = m_isPast && m_wanted == m_past.moment();
    if (m_wanted == 0 || (isThere && m_wanted >= m_reader.archive().firstTime()))
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
    if (!m_isPast || moment > m_past.presentTime())
        enter();
    else
        tell(m_past.moveTo(moment));
}

/// Starts from the present, which is looked at only once.
void TimeSource::enter()
{
    const bool isNew = !std::exchange(m_isPast, true);
    m_past.begin(m_live.state(), m_live.now());
    m_past.setTreeHistory(m_trees);
    m_past.moveTo(std::max(m_wanted, m_reader.archive().firstTime()));
    tell({true, {}, {}, {}, true, true});
    if (!isNew)
        return;
    countProblems();
    Q_EMIT liveChanged();
    readTrees();
}

/// The events that told of the moment are gone; those that are there now may tell of it too.
void TimeSource::startAgain()
{
    if (!m_isPast)
        return;
    enter();
    move();
}

void TimeSource::rebuild()
{
    const qint64 moment = m_past.moment();
    m_past.restart();
    m_past.setTreeHistory(m_trees);
    m_past.moveTo(moment);
    tell({true, {}, {}, {}, true, true});
}

void TimeSource::tell(const PastChange &change)
{
    if (change.isAll) {
        Q_EMIT reset();
    } else {
        for (const QString &ip : change.removed)
            Q_EMIT serverRemoved(ip);
        for (const QString &ip : change.added)
            Q_EMIT serverAdded(ip);
        for (const QString &ip : change.servers)
            Q_EMIT serverChanged(ip);
        if (change.areTreesOther)
            Q_EMIT treesChanged();
        if (change.isMaintenanceOther)
            Q_EMIT maintenanceChanged();
    }
    dropWorkloads();
    m_workloads.setMoment(m_past.moment());
    Q_EMIT momentChanged();
}

void TimeSource::goLive()
{
    pause();
    const bool wasWanted = std::exchange(m_wanted, 0) > 0;
    if (m_isPast)
        leave();
    if (wasWanted)
        Q_EMIT wantedChanged();
}

void TimeSource::leave()
{
    pause();
    m_wanted = 0;
    m_isPast = false;
    m_problemTimer.stop();
    m_trees = {};
    m_past.begin({}, 0);
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
    m_speed = std::clamp(speed, 1, 3600);
    if (m_isPast && !m_player.isActive()) {
        m_played.start();
        m_player.start();
    }
    Q_EMIT playingChanged();
}

void TimeSource::setSpeed(int speed)
{
    m_speed = std::clamp(speed, 1, 3600);
    Q_EMIT playingChanged();
}

void TimeSource::pause()
{
    if (!m_player.isActive())
        return;
    m_player.stop();
    Q_EMIT playingChanged();
}

void TimeSource::advance()
{
    const qint64 passed = m_played.restart();
    if (!isReading())
        goTo(m_wanted + passed * m_speed);
}

void TimeSource::countProblems()
{
    const auto count = int(fleetProblems(m_live.state(), m_live.now()).size());
    if (std::exchange(m_problemsNow, count) != count)
        Q_EMIT problemsNowChanged();
}

void TimeSource::wantWorkload(const QObject *who, const QStringList &ips)
{
    m_workloads.want(who, ips);
}

void TimeSource::takeWorkload(const QString &ip, const WorkloadSample &sample)
{
    FleetServer *server = m_isPast ? m_past.server(ip) : nullptr;
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

void TimeSource::readTrees()
{
    RedisConnection *redis = m_live.connection();
    if (redis && redis->isConnected())
        m_treeReader.read(*redis, m_live.state().trees.keys());
}

QString TimeSource::gaps() const
{
    if (!m_isPast)
        return {};
    QStringList sentences;
    const QString trouble = m_live.isLive() ? m_reader.trouble() : m_live.trouble();
    if (!trouble.isEmpty())
        sentences << PastText::tr("Only what was read before is shown: %1").arg(oneLine(trouble));
    if (m_past.moment() <= m_reader.archive().firstTime())
        sentences << PastText::tr("What was before is not remembered.");
    if (const QStringList trees = m_past.vagueTrees(); !trees.isEmpty())
        sentences << PastText::tr("Not remembered as it was then: PaaS %1.")
                         .arg(oneLine(trees.join(u", "_s), 100));
    return sentences.join(u' ');
}

} // namespace Treewarden
