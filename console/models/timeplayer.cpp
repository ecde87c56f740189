// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/timeplayer.h"

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr auto paceOfPlay = 100ms;
constexpr int fastestPlay = 3600;

} // namespace

TimePlayer::TimePlayer(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(paceOfPlay);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { Q_EMIT passed(m_played.restart() * m_speed); });
}

void TimePlayer::play()
{
    if (isPlaying())
        return;
    m_played.start();
    m_timer.start();
    Q_EMIT changed();
}

void TimePlayer::pause()
{
    if (!isPlaying())
        return;
    m_timer.stop();
    Q_EMIT changed();
}

void TimePlayer::setSpeed(int speed)
{
    speed = std::clamp(speed, 1, fastestPlay);
    if (std::exchange(m_speed, speed) != speed)
        Q_EMIT changed();
}

} // namespace Treewarden
