// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/console/loopwatch.h"

#include <QAbstractEventDispatcher>

#include <ctime>

namespace Treewarden {

namespace {

constexpr double stall = 50; // ms

double milliseconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

} // namespace

double processCpu()
{
    return milliseconds(CLOCK_PROCESS_CPUTIME_ID);
}

double threadCpu()
{
    return milliseconds(CLOCK_THREAD_CPUTIME_ID);
}

LoopWatch::LoopWatch(QObject *parent)
    : QObject(parent)
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &LoopWatch::wake,
            Qt::DirectConnection);
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &LoopWatch::block,
            Qt::DirectConnection);
}

void LoopWatch::wake()
{
    if (m_isAwake)
        block(); // it did not wait in between: work came in at once, and was looked at
    m_isAwake = true;
    m_wokeWall = milliseconds(CLOCK_MONOTONIC);
    m_wokeCpu = threadCpu();
}

void LoopWatch::block()
{
    if (!m_isAwake)
        return;
    m_isAwake = false;
    const double wall = milliseconds(CLOCK_MONOTONIC) - m_wokeWall, cpu = threadCpu() - m_wokeCpu;
    m_worstWall = qMax(m_worstWall, wall);
    m_worstCpu = qMax(m_worstCpu, cpu);
    m_stallsWall += wall > stall;
    m_stallsCpu += cpu > stall;
}

} // namespace Treewarden
