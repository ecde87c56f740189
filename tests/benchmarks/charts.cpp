// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetsource.h"
#include "console/views/chartstack.h"
#include "console/views/theme.h"
#include "console/views/workloadpanel.h"
#include "shared/redis/redisconnection.h"
#include "tests/support/demofleet.h"
#include "tests/support/demohistory.h"
#include "tests/support/fixedsource.h"
#include "tests/support/redisserver.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// What the charts of a server cost: opening each range over a real Redis that holds a day of
// seconds, two weeks of minutes and two years of hours, then one update with a new sample.
// Usage: charts [UPDATES [CHARTS]] (200, 4): CHARTS: how many are shown.

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString ip = u"10.207.26.250"_s;
constexpr int patience = 30'000;

class LinkedSource : public FixedSource
{
public:
    LinkedSource(const FleetState &state, const RedisServer &redis)
        : FixedSource(state, evening)
        , m_connection(redis.url())
    {
        m_connection.open();
    }

    RedisConnection *connection() override { return &m_connection; }

private:
    RedisConnection m_connection;
};

/// CPU time of all threads.
double cpuNow()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double residentMegabytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

bool isShown(const WorkloadPanel &panel, qint64 length)
{
    const WorkloadTracks &tracks = panel.feed().tracks();
    return !panel.feed().isLoading() && tracks.from > 0 && tracks.from <= evening - length
        && tracks.to >= evening;
}

/// Opens the server with this range in a new panel until all is drawn.
void openRange(LinkedSource &source, const ChartRange &range, qsizetype charts)
{
    WorkloadPanel panel(source);
    panel.resize(1000, 800);
    panel.setRange(range.length);
    panel.show();
    QCoreApplication::processEvents();
    for (const QString &id : {u"load"_s, u"pressure"_s, u"diskbusy"_s, u"filesystems"_s, u"ping"_s})
        if (charts == 4)
            Q_EMIT panel.bar()->chartToggled(id, false);
    const double cpu = cpuNow();
    QElapsedTimer wall;
    wall.start();
    qint64 longest = 0;
    panel.open(ip);
    while (!isShown(panel, range.length) && wall.elapsed() < patience) {
        QElapsedTimer turn;
        turn.start();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        longest = std::max(longest, turn.nsecsElapsed());
    }
    panel.repaint();
    QCoreApplication::processEvents();
    std::printf("open %-5s %7.1f ms  CPU %7.1f ms  longest turn %5.1f ms  %6.1f MB resident\n",
                qPrintable(range.id), double(wall.nsecsElapsed()) / 1e6, cpuNow() - cpu,
                double(longest) / 1e6, residentMegabytes());
}

void update(LinkedSource &source, const ChartRange &range, int updates, qsizetype charts,
            const DemoHistory &history)
{
    WorkloadPanel panel(source);
    panel.resize(1000, 800);
    for (const QString &id : {u"load"_s, u"pressure"_s, u"diskbusy"_s, u"filesystems"_s, u"ping"_s})
        if (charts == 4)
            Q_EMIT panel.bar()->chartToggled(id, false);
    panel.setRange(range.length);
    panel.open(ip);
    panel.show();
    if (!QTest::qWaitFor([&] { return isShown(panel, range.length); }, patience))
        qFatal("nothing is shown");
    ToldWorkload &sample = source.edit().servers[ip].workload;
    sample.timestamp = evening;
    std::vector<double> costs;
    for (int i = 0; i < updates; ++i) {
        sample.timestamp += 1000;
        sample.info = history.at(sample.timestamp);
        source.setNow(sample.timestamp);
        const double before = cpuNow();
        Q_EMIT source.workloadChanged(ip);
        QCoreApplication::processEvents();
        costs.push_back(cpuNow() - before);
    }
    std::sort(costs.begin(), costs.end());
    std::printf("update %-5s %2d charts: median %5.2f ms, 95th %5.2f ms, highest %5.2f ms CPU\n",
                qPrintable(range.id), int(panel.charts()->panels().size()), costs[costs.size() / 2],
                costs[costs.size() * 95 / 100], costs.back());
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setPalette(lightTheme().palette());
    QApplication::setFont(uiFont());
    const int updates = argc > 1 ? std::max(1, atoi(argv[1])) : 200;
    const qsizetype charts = argc > 2 ? atoi(argv[2]) : 4;
    const FleetState fleet = calmFleet(evening);
    DemoHistory history;
    history.end = evening;
    history.usual = fleet.servers[ip].workload.info.read();
    history.usual.ping = {{u"10.207.26.240"_s, 0.42}};
    history.usual.pressure = {1.2, 0.1, 3.4};
    RedisServer redis;
    history.fill(redis, ip);
    std::printf("%.1f MB resident without charts\n", residentMegabytes());
    for (const ChartRange &range : chartRanges()) {
        LinkedSource source(fleet, redis);
        openRange(source, range, charts);
    }
    for (const size_t range : {0, 1, 3, 7, 8}) {
        LinkedSource source(fleet, redis);
        update(source, chartRanges()[range], updates, charts, history);
    }
    return 0;
}
