// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pacedwork.h"

#include <QElapsedTimer>

#include <algorithm>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr int mostShare = 200; ///< of the time, the reciprocal
constexpr std::chrono::milliseconds longestPause = 2s;
constexpr qsizetype manyServers = 1000; ///< that take some milliseconds to look at
constexpr std::chrono::milliseconds betweenTurns = 60ms;

} // namespace

PacedWork::PacedWork(std::chrono::milliseconds pause, std::function<void()> work, QObject *parent)
    : QObject(parent)
    , m_pause(pause)
    , m_work(std::move(work))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (!m_isHeld)
            doNow();
    });
}

void PacedWork::ask()
{
    m_isAsked = true;
    if (!m_isHeld && !m_timer.isActive())
        m_timer.start();
}

void PacedWork::doIn(std::chrono::milliseconds pause)
{
    m_isAsked = true;
    if (m_isHeld)
        return;
    if (pause == 0ms)
        doNow();
    else
        m_timer.start(pause);
}

void PacedWork::doNow()
{
    m_isAsked = false;
    m_timer.stop();
    QElapsedTimer clock;
    clock.start();
    m_work();
    const std::chrono::milliseconds took(clock.elapsed());
    m_timer.setInterval(std::clamp(took * mostShare, m_pause, std::max(m_pause, longestPause)));
}

void PacedWork::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    if (!isHeld && m_isAsked)
        doNow();
}

std::chrono::milliseconds pauseUntil(int turn, qsizetype servers)
{
    return servers < manyServers ? 0ms : 1ms + turn * betweenTurns;
}

} // namespace Treewarden
