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
    for (auto signal : {&QAbstractEventDispatcher::awake, &QAbstractEventDispatcher::aboutToBlock})
        connect(dispatcher, signal, this, &LoopWatch::look, Qt::DirectConnection);
    m_last = threadCpu();
}

void LoopWatch::look()
{
    const double present = threadCpu(), stretch = present - m_last;
    m_last = present;
    m_worst = qMax(m_worst, stretch);
    m_stalls += stretch > stall;
}

} // namespace Treewarden
