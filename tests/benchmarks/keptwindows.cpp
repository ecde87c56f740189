// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window of a site that was left costs while it is kept: memory, and CPU for what its
// fleet tells; three sites, two of them large, drawn offscreen.
//     keptwindows [SERVERS]     (10,000, each with ten services)
#include "console/app/appearance.h"
#include "console/app/windowkeeper.h"
#include "console/settings/passwords.h"
#include "console/settings/preferences.h"
#include "console/settings/sitebook.h"
#include "console/settings/sitesaver.h"
#include "console/views/mainwindow.h"
#include "console/views/page.h"
#include "tests/benchmarks/console/loopwatch.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/memorystore.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <malloc.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000;
constexpr int seconds = 10, samplesPerTurn = 100, turnsPerSecond = 100, changesPerSecond = 20;

void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

double heapMiB()
{
    malloc_trim(0);
    const auto heap = mallinfo2();
    return double(heap.uordblks + heap.hblkhd) / 1048576;
}

double residentMiB()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return double(line.mid(6).simplified().split(' ').first().toLongLong()) / 1024;
    }
    return 0;
}

struct KeptStage
{
    explicit KeptStage(int servers)
        : settings(folder.filePath(u"console.ini"_s), QSettings::IniFormat)
        , preferences(settings)
        , book(settings)
        , saver(book, *memory.passwords)
    {
        appearance.apply();
        for (const auto &[id, count] :
             {std::pair(u"small"_s, 30), std::pair(u"b"_s, servers), std::pair(u"c"_s, servers)}) {
            auto source = std::make_unique<FixedSource>(hugeFleet(count, now), now);
            sources.insert(id, source.get());
            sites.add(
                std::make_unique<Site>(id, id, std::move(source), std::make_unique<FixedDesk>()));
        }
        windows.frame().resize(1440, 900);
        windows.frame().show();
        wait(3000);
    }

    /// Looks at every page, and leaves this one in front.
    void look(const QString &site, const QString &last)
    {
        sites.setCurrent(site);
        for (const QString &page : {u"fleet"_s, u"tree"_s, u"events"_s, u"commands"_s}) {
            windows.window().showPage(page);
            wait(1500);
        }
        windows.window().showPage(u"server"_s, sources[site]->state().servers.cbegin()->ip);
        wait(1500);
        windows.window().showPage(last);
        wait(3000);
    }

    /// Percent of a core while a site tells of 10,000 samples and some changes a second.
    double cpuFor(const QString &site)
    {
        FixedSource &source = *sources[site];
        const QStringList ips = source.state().servers.keys();
        const double before = threadCpu();
        QElapsedTimer clock;
        clock.start();
        int told = 0;
        for (int turn = 0; turn < seconds * turnsPerSecond; ++turn) {
            for (int i = 0; i < samplesPerTurn; ++i, ++told)
                source.setCpu(ips[told % ips.size()], told % 100);
            if (turn % (turnsPerSecond / changesPerSecond) == 0)
                source.setAlive(ips[told / 7 % ips.size()], turn % 2 == 0);
            wait(std::max(1, int((turn + 1) * 1000 / turnsPerSecond - clock.elapsed())));
        }
        return (threadCpu() - before) / double(clock.elapsed()) * 100;
    }

    void print(const char *what, const QString &site)
    {
        const double cpu = cpuFor(site);
        std::printf("%-46s %6.1f MiB heap %6.1f MiB resident  %5.1f %% of a core\n", what,
                    heapMiB(), residentMiB(), cpu);
        std::fflush(stdout);
    }

    QTemporaryDir folder;
    QSettings settings;
    Preferences preferences;
    MemoryPasswords memory;
    SiteBook book;
    SiteSaver saver;
    Appearance appearance{preferences};
    SiteList sites;
    QHash<QString, FixedSource *> sources;
    WindowKeeper windows{sites, saver, preferences};
};

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    KeptStage stage(argc > 1 ? QByteArray(argv[1]).toInt() : 10'000);
    stage.print("b tells, its window was never built", u"b"_s);
    for (const QString &page : {u"overview"_s, u"fleet"_s, u"tree"_s}) {
        stage.look(u"b"_s, page);
        stage.print(qPrintable(u"b tells, in front with "_s + page), u"b"_s);
        stage.sites.setCurrent(u"small"_s);
        wait(1000);
        stage.print(qPrintable(u"b tells, kept with "_s + page), u"b"_s);
    }
    stage.look(u"c"_s, u"fleet"_s);
    stage.sites.setCurrent(u"small"_s);
    wait(1000);
    stage.print("b tells, kept beside c", u"b"_s);
    return 0;
}
