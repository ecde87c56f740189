// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/refreshrounds.h"

#include <chrono>

namespace Treewarden {

using namespace std::chrono_literals;

namespace {

// Ten rounds a second are as good as a thousand. A check that hangs longer has its own timeout.
constexpr std::chrono::milliseconds betweenRounds = 100ms, longestRound = 3s;

} // namespace

RefreshRounds::RefreshRounds(QObject *parent)
    : QObject(parent)
{
    for (QTimer *timer : {&m_due, &m_giveUp})
        timer->setSingleShot(true);
    m_due.setTimerType(Qt::PreciseTimer);
    connect(&m_due, &QTimer::timeout, this, [this] {
        if (m_isAsked && !m_isOut)
            Q_EMIT due();
    });
    connect(&m_giveUp, &QTimer::timeout, this, &RefreshRounds::end);
}

void RefreshRounds::ask()
{
    if (std::exchange(m_isAsked, true) || m_isOut || m_due.isActive())
        return;
    m_due.start(0);
}

void RefreshRounds::noteBegun(bool isChecking)
{
    m_isOut = true;
    m_isAsked = false;
    if (isChecking)
        m_giveUp.start(longestRound);
    else
        end();
}

void RefreshRounds::noteSettled()
{
    if (m_isOut)
        end();
}

void RefreshRounds::end()
{
    m_isOut = false;
    m_giveUp.stop();
    m_due.start(betweenRounds);
    Q_EMIT ended();
}

} // namespace Treewarden
