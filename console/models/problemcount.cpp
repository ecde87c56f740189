// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/problemcount.h"

#include "console/models/fleetsource.h"
#include "console/models/pacedwork.h"

#include <utility>

namespace Treewarden {
using namespace std::chrono_literals;

ProblemCount::ProblemCount(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(1000ms);
    connect(&m_soon, &QTimer::timeout, this, &ProblemCount::recount);
    const auto countSoon = [this] {
        if (m_isWanted && !m_soon.isActive())
            m_soon.start();
    };
    for (const auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(&source, signal, this, countSoon);
    for (const auto signal :
         {&FleetSource::reset, &FleetSource::treesChanged, &FleetSource::maintenanceChanged})
        connect(&source, signal, this, countSoon);
}

void ProblemCount::begin()
{
    m_isWanted = true;
    // Whoever shows the past comes first.
    QTimer::singleShot(pauseUntil(2, m_source.state().servers.size()), this, [this] {
        if (m_isWanted)
            recount();
    });
}

void ProblemCount::end()
{
    m_isWanted = false;
    m_soon.stop();
}

void ProblemCount::recount()
{
    const auto count = int(m_source.problems().size());
    if (std::exchange(m_count, count) != count)
        Q_EMIT changed();
}

} // namespace Treewarden
