// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/app/consoleapp.h"
#include "tests/benchmarks/console/loopwatch.h"

#include <QElapsedTimer>

#include <functional>

namespace Treewarden {

class FleetPage;

/// What a number of equal steps took, ms of CPU and by the clock.
struct StepTimes
{
    QList<double> cpu, wall;

    /// "p50 / p99 / max" of one of them.
    static QString text(QList<double> times);
};

/// The real console on a real Redis, measured from inside its process.
class ConsoleStage
{
public:
    ConsoleStage(const QString &folder, const QString &redisUrl, int servers);

    /// Starts the console and waits until the fleet's page shows all servers.
    void start();
    /// Lets it run with this page in front and prints what that cost.
    void runPage(const QString &page, int seconds);
    void typeFilters(int rounds);
    void sort(int rounds);
    void scroll(int frames);
    static double residentMiB();

private:
    using Act = std::function<void()>;

    void wait(int milliseconds);
    /// Does `act` and waits until the fleet's page has been painted after it.
    void time(StepTimes &times, const Act &act);
    QList<QWidget *> content();
    FleetPage &fleet();
    QString anyServer();

    QString m_folder, m_redisUrl;
    int m_servers;
    LoopWatch m_loop;
    std::unique_ptr<ConsoleApp> m_console;
};

} // namespace Treewarden
