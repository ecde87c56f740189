// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the desktop console costs: the real one, on a real Redis, while another process plays a
// fleet.
#include "tests/benchmarks/console/consolestage.h"
#include "tests/benchmarks/console/fleetplayer.h"
#include "tests/support/redisserver.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

QCommandLineParser &options()
{
    static QCommandLineParser parser;
    return parser;
}

int number(const QString &option)
{
    return options().value(option).toInt();
}

void declareOptions()
{
    options().setApplicationDescription(
        u"Measures the desktop console while a fleet is played to it: CPU, the longest stretches "
        u"of "
        "its event loop, keystrokes, sorting, scrolling, memory."_s);
    options().addHelpOption();
    options().addOptions({
        {u"servers"_s, u"Servers of the fleet, each with ten services (10000)."_s, u"n"_s,
         u"10000"_s},
        {u"rate"_s, u"Messages a second (10000)."_s, u"n"_s, u"10000"_s},
        {u"seconds"_s, u"How long each page is measured (10)."_s, u"n"_s, u"10"_s},
        {u"pages"_s, u"Which pages come to the front."_s, u"names"_s,
         u"fleet,overview,tree,events,server"_s},
        {u"rounds"_s, u"Rounds of keystrokes and sorts (6); 0 leaves them out."_s, u"n"_s, u"6"_s},
        {u"play"_s, u"For the benchmark itself: plays to this socket."_s, u"socket"_s},
        {u"fill"_s, u"With --play: writes the keys and ends."_s},
    });
}

int playFleet()
{
    FleetPlayer player(options().value(u"play"_s).toLocal8Bit(), number(u"servers"_s),
                       number(u"rate"_s));
    options().isSet(u"fill"_s) ? player.fill() : player.play();
    return 0;
}

QStringList playerArguments(const RedisServer &redis)
{
    return {u"--play"_s,    redis.socketPath(),           u"--rate"_s, options().value(u"rate"_s),
            u"--servers"_s, options().value(u"servers"_s)};
}

int measure()
{
    const RedisServer redis;
    QProcess player;
    player.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    player.start(QCoreApplication::applicationFilePath(), playerArguments(redis) << u"--fill"_s);
    player.waitForFinished(-1);
    player.start(QCoreApplication::applicationFilePath(), playerArguments(redis));
    player.waitForStarted(-1);

    std::printf("%d servers, %d messages a second; before the start %.0f MiB\n",
                number(u"servers"_s), number(u"rate"_s), ConsoleStage::residentMiB());
    ConsoleStage stage(redis.folder(), redis.urlText(), number(u"servers"_s));
    stage.start();
    const QStringList pages = options().value(u"pages"_s).split(u',', Qt::SkipEmptyParts);
    for (const QString &page : pages)
        stage.runPage(page, number(u"seconds"_s));
    if (const int rounds = number(u"rounds"_s); rounds > 0) {
        stage.typeFilters(rounds);
        stage.sort(rounds);
        stage.scroll(rounds * 20);
    }
    player.closeWriteChannel();
    player.waitForFinished(5000);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    // Drawn without a screen, by the processor: what is measured is the same everywhere.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    ConsoleApp::tuneMemory();
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    declareOptions();
    const bool isPlayer = std::any_of(
        argv, argv + argc, [](const char *word) { return qstrcmp(word, "--play") == 0; });
    const std::unique_ptr<QCoreApplication> application = isPlayer
        ? std::make_unique<QCoreApplication>(argc, argv)
        : std::unique_ptr<QCoreApplication>(std::make_unique<QApplication>(argc, argv));
    options().process(*application);
    return isPlayer ? playFleet() : measure();
}
