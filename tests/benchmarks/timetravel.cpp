// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a step through the past takes: a fleet, as many events as the stream keeps, and moves as
// a hand on the slider makes them.
//     timetravel [SERVERS [EVENTS]]     (10,000 and 100,000)
#include "console/models/fleetmodel.h"
#include "console/models/pastfleet.h"
#include "console/models/timesource.h"
#include "shared/core/json.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000, spacing = 6'000; ///< ms between two events

QList<ArchiveEntry> makeEvents(const FleetState &state, int count)
{
    QRandomGenerator random(1);
    const QStringList ips = state.servers.keys();
    QList<ArchiveEntry> entries;
    for (int i = 0; i < count; ++i) {
        const qint64 time = now - qint64(count - i) * spacing;
        const QString ip = ips[random.bounded(int(ips.size()))];
        const bool isAlive = random.bounded(2);
        QJsonObject json{{u"ip"_s, ip}, {u"alive"_s, int(isAlive)}, {u"timestamp"_s, time}};
        const bool isService = random.bounded(10) > 0;
        if (isService) {
            const auto &services = state.servers[ip].services;
            const ServiceId id = services.keys()[random.bounded(int(services.size()))];
            json.insert(u"role"_s, id.role);
            json.insert(u"instance"_s, id.instance);
            json.insert(u"since"_s, time);
            json.insert(u"session"_s, u"0190163d-8694-739b-aea5-966c26f8ad91"_s);
            json.insert(u"n"_s, i);
        }
        if (isService && !isAlive) {
            json.insert(u"reason"_s, u"%1 processes match"_s.arg(random.bounded(9)));
            json.insert(u"code"_s, u"process.count"_s);
            json.insert(u"args"_s, QJsonObject{{u"found"_s, random.bounded(9)}});
        }
        const Event event{u"%1-0"_s.arg(time), isService ? u"service"_s : u"alive"_s, ip, json};
        entries << ArchiveEntry{event, compactJson(json)};
    }
    return entries;
}

double megabytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return double(file.readAll().split(' ').value(1).toLongLong()) * 4096 / (1 << 20);
}

class Times
{
public:
    void add(qint64 nanoseconds) { m_times << double(nanoseconds) / 1e6; }

    void print(const char *what)
    {
        std::sort(m_times.begin(), m_times.end());
        std::printf("%-44s median %7.3f ms, 99 %% %7.3f ms, most %7.3f ms\n", what,
                    m_times[m_times.size() / 2], m_times[m_times.size() * 99 / 100],
                    m_times.last());
    }

    double most() const { return m_times.last(); }

private:
    QList<double> m_times;
};

template<typename Move>
double measure(const char *what, int count, Move move)
{
    Times times;
    QElapsedTimer timer;
    for (int i = 0; i < count; ++i) {
        timer.start();
        move(i);
        times.add(timer.nsecsElapsed());
    }
    times.print(what);
    return times.most();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int servers = arguments.value(1, u"10000"_s).toInt(),
              count = arguments.value(2, u"100000"_s).toInt();
    const FleetState state = hugeFleet(servers, now);
    const QList<ArchiveEntry> entries = makeEvents(state, count);
    const double before = megabytes();
    EventArchive archive;
    QElapsedTimer timer;
    timer.start();
    archive.append(entries, now);
    std::printf("%d servers, %lld events: packed within %lld ms, %.0f MB\n", servers,
                static_cast<long long>(archive.size()), static_cast<long long>(timer.elapsed()),
                megabytes() - before);
    PastFleet past(archive);
    timer.start();
    past.begin(state, now);
    std::printf("begun within %lld ms, %.0f MB with both states\n",
                static_cast<long long>(timer.elapsed()), megabytes() - before);
    const qint64 span = count * spacing;
    QRandomGenerator random(2);
    double most
        = measure("one event back", 2000, [&](int i) { past.moveTo(now - (i + 1) * spacing); });
    past.moveTo(now - span / 2);
    most = std::max(most, measure("a pixel of 1,400 on", 600, [&](int i) {
                        past.moveTo(now - span / 2 + i * span / 1400);
                    }));
    most = std::max(most, measure("anywhere", 300, [&](int) {
                        past.moveTo(now - qint64(random.generateDouble() * double(span)));
                    }));
    most = std::max(most, measure("from one end to the other", 50, [&](int i) {
                        past.moveTo(i % 2 ? now - span : now);
                    }));
    // With the fleet's table over it, as a window has it.
    FixedSource live(state, now);
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry)
        live.edit().events << entry->event;
    TimeSource source(live);
    FleetModel model(source);
    source.goTo(now - span / 2);
    const auto settle = [&] {
        QEventLoop loop;
        QTimer::singleShot(60, &loop, &QEventLoop::quit);
        loop.exec();
    };
    settle();
    Times table;
    for (int i = 0; i < 60; ++i) {
        timer.start();
        source.goTo(now - span / 2 + i * span / 1400);
        table.add(timer.nsecsElapsed());
        settle();
    }
    table.print("a pixel on, the fleet's table told");
    Times leaps;
    for (int i = 0; i < 30; ++i) {
        timer.start();
        source.goTo(now - span + qint64(random.generateDouble() * double(span)) / 2);
        leaps.add(timer.nsecsElapsed());
        settle();
    }
    leaps.print("a leap, the fleet's table built anew");
    std::printf("%s: the slowest step of the picture took %.1f ms, 30 ms are allowed\n",
                most <= 30 ? "good" : "TOO SLOW", most);
    return most <= 30 ? 0 : 1;
}
