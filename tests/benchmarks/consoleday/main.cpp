// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An administrator's day in minutes: the console under Xvfb before a fleet that changes all the
// time, while keys are pressed, pages turned, themes and languages switched. Before the day begins
// its lists are filled as far as they go. Its memory must stay flat, and it must have nothing to
// say on stderr.
//     consoleday [MINUTES [SERVERS [RATE]]]     (24, 200, 6000 messages a second)
// Exit status 1: it ended, said something, or its heap rose by more than 2 MiB over the day.
#include "tests/benchmarks/console/fleetplayer.h"
#include "tests/benchmarks/consoleday/dayconsole.h"
#include "tests/benchmarks/consoleday/dayfleet.h"
#include "tests/benchmarks/consoleday/dayvisitor.h"
#include "tests/support/redisserver.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sys/prctl.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

// The stream keeps 100,000 events, the console 120,000.
constexpr int eventsBefore = 99'000, eventsThen = 22'000, commandsBefore = 10'500;
constexpr int changingServers = 60; ///< those that die and come back; the others go on
constexpr int languageEvery = 8; ///< rounds
constexpr int settlingRounds = 2;
constexpr double mostRise = 2048; ///< KiB of heap over the day

std::unique_ptr<QProcess> startChild(const QString &program, const QStringList &arguments,
                                     const QProcessEnvironment &environment)
{
    auto process = std::make_unique<QProcess>();
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->setProcessEnvironment(environment);
    process->start(program, arguments);
    if (!process->waitForStarted())
        qFatal("cannot start %s", qPrintable(program));
    return process;
}

QProcessEnvironment environmentIn(const QString &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(name, home);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    return environment;
}

/// A player of all servers but those that change; writes their keys first.
std::unique_ptr<QProcess> startPlayer(const RedisServer &redis, int servers, int rate)
{
    const QStringList arguments{u"--play"_s, redis.socketPath(), QString::number(servers),
                                QString::number(rate)};
    return startChild(QCoreApplication::applicationFilePath(), arguments,
                      QProcessEnvironment::systemEnvironment());
}

int play(const QStringList &arguments)
{
    FleetPlayer player(arguments.value(2).toLocal8Bit(), arguments.value(3).toInt(),
                       arguments.value(4).toInt());
    player.fill();
    player.play();
    return 0;
}

int verdict(const QList<DayMeasure> &day, const QByteArray &said, bool hasEnded)
{
    const double heap = rise(day, &DayMeasure::heap), resident = rise(day, &DayMeasure::resident);
    std::printf("rise over the day: heap %.0f KiB, resident %.0f KiB (the straight line that fits "
                "best)\nstderr: %lld bytes\n%s",
                heap, resident, (long long)said.size(), said.constData());
    const bool hasGrown = heap > mostRise;
    std::printf("%s\n",
                hasEnded             ? "FAILED: the console ended"
                    : hasGrown       ? "FAILED: it grows"
                    : said.isEmpty() ? "passed"
                                     : "FAILED: it said something");
    return hasEnded || hasGrown || !said.isEmpty() ? 1 : 0;
}

/// One walk through all pages after the other; a look at the memory after each.
QList<DayMeasure> playDay(DayVisitor &visitor, const DayFleet &fleet, int minutes)
{
    QList<DayMeasure> day;
    ObjectCounts before;
    QElapsedTimer clock;
    clock.start();
    DayMeasure::printHead();
    for (int round = 0; clock.elapsed() < minutes * 60'000LL && visitor.isConsoleThere(); ++round) {
        if (round % languageEvery == 0) {
            visitor.switchLanguage();
            visitor.fillLists();
        }
        visitor.walk();
        visitor.switchTheme();
        DayMeasure measure = visitor.measure();
        measure.hour = double(clock.elapsed()) / 60'000 / minutes * 24;
        measure.changes = fleet.changes();
        measure.print();
        if (round == settlingRounds)
            before = visitor.objects();
        if (round >= settlingRounds)
            day << measure;
    }
    if (visitor.isConsoleThere())
        printGrown(before, visitor.objects());
    return day;
}

int measure(int minutes, int servers, int rate)
{
    RedisServer redis;
    const QTemporaryDir home;
    QProcessEnvironment environment = environmentIn(home.path());
    const auto screen = startChild(
        u"Xvfb"_s,
        {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1440x900x24"_s, u"-nolisten"_s, u"tcp"_s},
        environment);
    screen->waitForReadyRead(10'000);
    environment.insert(u"DISPLAY"_s, u':' + QString::fromLatin1(screen->readLine().trimmed()));
    const auto manager = startChild(u"openbox"_s, {}, environment);
    fillStreams(redis, Happened::Yesterday, eventsBefore, commandsBefore);
    DayFleet fleet(redis, std::min(servers, changingServers));
    const auto console = startChild(
        QCoreApplication::applicationFilePath(),
        {u"--console"_s, home.filePath(u"console.ini"_s), redis.urlText()}, environment);
    wait(5000);
    DayVisitor visitor(*console, environment);
    visitor.fillLists(); // as far back as the stream reaches; the rest comes now
    fillStreams(redis, Happened::Now, eventsThen, 0);
    const auto player = startPlayer(redis, std::max(1, servers - changingServers), rate);
    const QList<DayMeasure> day = playDay(visitor, fleet, minutes);

    const bool hasEnded = !visitor.isConsoleThere();
    if (!hasEnded) {
        console->terminate();
        console->waitForFinished(10'000);
    }
    const QByteArray said = console->readAllStandardError();
    for (QProcess *process : {player.get(), manager.get(), screen.get()}) {
        process->kill();
        process->waitForFinished();
    }
    return verdict(day, said, hasEnded);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && qstrcmp(argv[1], "--console") == 0)
        return runDayConsole(argc, argv);
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--play")
        return play(arguments);
    return measure(arguments.value(1, u"24"_s).toInt(), arguments.value(2, u"200"_s).toInt(),
                   arguments.value(3, u"6000"_s).toInt());
}
