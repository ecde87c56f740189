// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/discardedstates.h"

#include <QDeadlineTimer>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr auto sliceOfFreeing = 5ms;
constexpr int freedBetweenLooks = 64; ///< servers; at the clock

} // namespace

DiscardedStates::DiscardedStates(QObject *parent)
    : QObject(parent)
{
    connect(&m_slices, &QTimer::timeout, this, &DiscardedStates::freeSome);
}

void DiscardedStates::add(FleetState &&state)
{
    if (state.servers.isEmpty())
        return;
    m_states.push_back(std::move(state));
    m_slices.start();
}

/// One that somebody else has as well costs nothing.
void DiscardedStates::freeSome()
{
    QHash<QString, FleetServer> &servers = m_states.front().servers;
    const QDeadlineTimer deadline(sliceOfFreeing);
    if (!m_isBegun && servers.isDetached())
        m_next = servers.begin();
    else if (!m_isBegun)
        servers = {};
    m_isBegun = true;
    for (int done = 1; !servers.isEmpty() && m_next != servers.end(); ++done) {
        m_next->services = {};
        ++m_next;
        if (done % freedBetweenLooks == 0 && deadline.hasExpired())
            return;
    }
    m_isBegun = false;
    m_states.pop_front();
    if (m_states.empty())
        m_slices.stop();
}

} // namespace Treewarden
