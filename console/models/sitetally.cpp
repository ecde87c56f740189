// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/sitetally.h"

#include "console/models/fleetsource.h"
#include "console/models/pacedwork.h"

#include <QElapsedTimer>

#include <algorithm>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr qint64 pausesPerCount = 100; ///< so many times as long as the count took it rests

} // namespace

TallyCounter::TallyCounter(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(1s);
    connect(&m_soon, &QTimer::timeout, this, &TallyCounter::count);
    for (auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(&source, signal, this, &TallyCounter::countSoon);
    for (auto signal : {&FleetSource::treesChanged, &FleetSource::maintenanceChanged})
        connect(&source, signal, this, &TallyCounter::countSoon);
    for (auto signal : {&FleetSource::reset, &FleetSource::liveChanged})
        connect(&source, signal, this, &TallyCounter::countAgain);
    count();
}

void TallyCounter::countSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

/// Another fleet, or one of which less is known. Who looks at it comes first.
void TallyCounter::countAgain()
{
    const auto pause = pauseUntil(3, m_source.state().servers.size());
    if (pause == 0ms)
        count();
    else
        m_soon.start(pause);
}

void TallyCounter::count()
{
    QElapsedTimer took;
    took.start();
    SiteTally tally;
    tally.isLive = m_source.isLive();
    tally.isKnown = m_source.hasState();
    tally.servers = int(m_source.state().servers.size());
    if (tally.isKnown)
        m_problems = m_source.problems();
    else
        m_problems.clear();
    tally.problems = int(m_problems.size());
    for (const Problem &problem : std::as_const(m_problems))
        tally.worst = std::max(tally.worst, problem.health);
    m_tally = tally;
    m_soon.stop();
    m_soon.setInterval(std::max<std::chrono::milliseconds>(
        1s, std::chrono::milliseconds(took.elapsed() * pausesPerCount)));
    Q_EMIT counted();
}

} // namespace Treewarden
