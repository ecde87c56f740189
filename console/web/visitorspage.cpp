// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/visitorspage.h"

#include "shared/fleet/fleetwatcher.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>

namespace Treewarden {

using namespace std::chrono_literals;

namespace {

/// At most four messages a second.
constexpr std::chrono::milliseconds pause = 250ms;
/// Agents tell their load every second, each at its own moment: told together.
constexpr std::chrono::milliseconds workloadPause = 1s;
/// So many servers' loads in a second at most; larger fleets get theirs less often.
constexpr qsizetype workloadsASecond = 1000;
/// Maintenance ends without a message.
constexpr std::chrono::milliseconds passagePause = 2s;

qsizetype countMaintenance(const FleetState &state)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    return std::count_if(state.maintenance.begin(), state.maintenance.end(),
                         [now](const Maintenance &m) { return m.until > now; });
}

} // namespace

VisitorsPage::VisitorsPage(FleetWatcher &watcher, const WebOptions &options, QObject *parent)
    : QObject(parent)
    , m_watcher(watcher)
    , m_assets(options.title)
    , m_snapshot(watcher.state(), options.title)
    , m_history(watcher.connection().url())
    , m_stream([this] { return m_snapshot.wholeState(); }, options.limits)
    , m_server(options, *this, m_stream)
{
    m_snapshot.setSelfNumbers([this] {
        return FleetSnapshot::SelfNumbers{m_server.requestCount(), m_server.connectionCount(),
                                          m_stream.listenerCount()};
    });
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &VisitorsPage::tell);
    connect(&m_passage, &QTimer::timeout, this, [this] {
        if (std::exchange(m_maintained, countMaintenance(m_watcher.state())) != m_maintained)
            noteMaintenance();
    });
    connect(&m_history, &HistoryAnswers::ready, this, [this] { m_server.answerWaiting(); });
    m_sinceTold.start();
    m_sinceWorkloads.start();
    watch();
    readLiveness();
}

VisitorsPage::~VisitorsPage() = default;

Result<void> VisitorsPage::start()
{
    m_passage.start(passagePause);
    return m_server.start();
}

void VisitorsPage::stop()
{
    m_next.stop();
    m_passage.stop();
    m_server.stop();
}

WebContent::Found VisitorsPage::find(QByteArrayView path)
{
    constexpr QByteArrayView servers = "/api/v1/servers/";
    if (path.startsWith(servers) && path.contains("/history?"))
        return findHistory(path.sliced(servers.size()));
    const Found asset = m_assets.find(path);
    return asset.representation ? asset : m_snapshot.find(path);
}

/// `rest` is "10.0.0.7/history?24h".
WebContent::Found VisitorsPage::findHistory(QByteArrayView rest)
{
    constexpr QByteArrayView history = "/history?";
    const qsizetype end = rest.indexOf(history);
    const auto server = m_watcher.state().servers.constFind(QString::fromUtf8(rest.first(end)));
    if (server == m_watcher.state().servers.cend())
        return {};
    return m_history.find(server->ip, rest.sliced(end + history.size()));
}

void VisitorsPage::watch()
{
    const auto noteServer = [this](const QString &ip) { m_snapshot.noteServer(ip), schedule(); };
    const auto noteTrees = [this] { m_snapshot.noteTrees(), schedule(); };
    connect(&m_watcher, &FleetWatcher::reset, this,
            [this] { m_snapshot.noteReset(), readLiveness(); });
    connect(&m_watcher, &FleetWatcher::serverChanged, this, noteServer);
    connect(&m_watcher, &FleetWatcher::serverAdded, this, noteServer);
    connect(&m_watcher, &FleetWatcher::serverRemoved, this, noteServer);
    connect(&m_watcher, &FleetWatcher::workloadChanged, this,
            [this](const QString &ip) { m_snapshot.noteWorkload(ip), schedule(); });
    connect(&m_watcher, &FleetWatcher::treesChanged, this, noteTrees);
    connect(&m_watcher, &FleetWatcher::maintenanceChanged, this, &VisitorsPage::noteMaintenance);
    connect(&m_watcher, &FleetWatcher::eventsAdded, this,
            [this](const QList<Event> &events) { m_snapshot.noteEvents(events), schedule(); });
    connect(&m_watcher, &FleetWatcher::liveChanged, this, &VisitorsPage::readLiveness);
}

/// It colours servers, services, roles and trees: everything is told anew.
void VisitorsPage::noteMaintenance()
{
    m_maintained = countMaintenance(m_watcher.state());
    m_snapshot.noteReset();
    schedule();
}

void VisitorsPage::readLiveness()
{
    m_snapshot.setLiveness({m_watcher.hasState(), m_watcher.isLive(), m_watcher.staleSince()});
    schedule();
}

bool VisitorsPage::areWorkloadsDue() const
{
    const auto share = 1 + m_watcher.state().servers.size() / workloadsASecond;
    return m_sinceWorkloads.elapsed() >= workloadPause.count() * share;
}

void VisitorsPage::schedule()
{
    if (m_next.isActive()
        || !(m_snapshot.hasChanges() || (m_snapshot.hasWorkloads() && areWorkloadsDue())))
        return;
    const std::chrono::milliseconds elapsed(m_sinceTold.elapsed());
    m_next.start(std::clamp(pause - elapsed, 0ms, pause));
}

void VisitorsPage::tell()
{
    const bool withWorkloads = areWorkloadsDue();
    if (withWorkloads)
        m_sinceWorkloads.restart();
    m_sinceTold.restart();
    const auto change = m_snapshot.nextGeneration(withWorkloads, m_stream.listenerCount() > 0);
    if (change)
        m_stream.push(*change);
    else
        m_stream.restart();
}

} // namespace Treewarden
