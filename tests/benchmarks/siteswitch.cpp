// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long it takes from a key to the page of another site, the first time and on the way back, and
// what a new snapshot costs while a page is in front: the console's own window, drawn offscreen.
//     siteswitch [SERVERS]     (10,000, each with ten services)
#include "console/app/appearance.h"
#include "console/app/windowkeeper.h"
#include "console/settings/passwords.h"
#include "console/settings/preferences.h"
#include "console/settings/sitebook.h"
#include "console/settings/sitesaver.h"
#include "console/views/mainwindow.h"
#include "console/views/page.h"
#include "tests/benchmarks/console/loopwatch.h"
#include "tests/benchmarks/console/paintwait.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/memorystore.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000;

void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Two sites of the same size, and the window that shows them.
struct Stage
{
    explicit Stage(int servers)
        : settings(folder.filePath(u"console.ini"_s), QSettings::IniFormat)
        , preferences(settings)
        , book(settings)
        , saver(book, *memory.passwords)
    {
        appearance.apply();
        for (const QString &id : {u"a"_s, u"b"_s}) {
            auto source = std::make_unique<FixedSource>(hugeFleet(servers, now), now);
            sources << source.get();
            sites.add(
                std::make_unique<Site>(id, id, std::move(source), std::make_unique<FixedDesk>()));
        }
        windows.rebuild();
        windows.frame().resize(1440, 900);
        windows.frame().show();
    }

    QTemporaryDir folder;
    QSettings settings;
    Preferences preferences;
    MemoryPasswords memory;
    SiteBook book;
    SiteSaver saver;
    Appearance appearance{preferences};
    SiteList sites;
    QList<FixedSource *> sources;
    WindowKeeper windows{sites, saver, preferences};
    LoopWatch loop;
};

/// Does `act` and waits for the picture; ms of CPU until then, and the longest stretch from the
/// begin until all is done.
template<typename Act>
void measure(Stage &stage, const char *what, const Act &act)
{
    wait(500);
    stage.loop.reset();
    const double before = threadCpu();
    QElapsedTimer clock;
    clock.start();
    act();
    MainWindow &window = stage.windows.window();
    PaintWait({window.page(window.currentPage())}).wait();
    const double cpu = threadCpu() - before;
    const auto wall = clock.elapsed();
    wait(1500);
    std::printf("   %s %5.0f ms CPU %5lld ms clock, stretch %4.0f ms", what, cpu,
                static_cast<long long>(wall), stage.loop.worst());
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const int servers = argc > 1 ? QByteArray(argv[1]).toInt() : 10'000;
    std::printf("%d servers on each of two sites\n", servers);
    for (const char *name : {"overview", "fleet", "tree", "events", "server"}) {
        Stage stage(servers);
        const QString page = QString::fromLatin1(name);
        const QString what
            = page == u"server" ? stage.sources.first()->state().servers.cbegin()->ip : QString();
        stage.windows.window().showPage(page, what);
        std::printf("%-9s", name);
        measure(stage, "there", [&] {
            stage.sites.setCurrent(u"b"_s);
            if (!what.isEmpty())
                stage.windows.window().showPage(page, what);
        });
        measure(stage, "back", [&] { stage.sites.setCurrent(u"a"_s); });
        stage.loop.reset();
        Q_EMIT stage.sources.first()->reset();
        Q_EMIT stage.sources.first()->liveChanged();
        wait(1500);
        std::printf("   snapshot: stretch %4.0f ms\n", stage.loop.worst());
        std::fflush(stdout);
    }
    return 0;
}
