// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alerts/alertkeeper.h"
#include "console/web/visitorspage.h"
#include "shared/core/programoptions.h"
#include "shared/core/unixsignals.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/fleet/sweeper.h"

#include <QCoreApplication>
#include <QDebug>

#include <csignal>
#include <cstdio>
#include <sys/resource.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString program = u"treewarden-web"_s;

/// Each visitor is a descriptor, and many systems start programs with 1,024.
void allowManyConnections()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 4096) {
        limit.rlim_cur = std::min<rlim_t>(4096, limit.rlim_max);
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

struct Setup
{
    RedisUrl redis;
    WebOptions web;
};

/// The settings as plain structs, or the code to leave with after the error was printed.
std::variant<Setup, ExitCode> readSetup(const ProgramOptions &options)
{
    const auto redis = RedisUrl::fromSettings(options.settings());
    if (!redis)
        return fail(program, redis.error(), options.codeForWrong(u"redis"_s));
    auto web = WebOptions::fromSettings(options.settings());
    if (!web)
        return fail(program, web.error(), ExitCode::BadConfiguration);
    const bool isListenGiven = options.parser().isSet(u"listen"_s);
    if (isListenGiven) {
        if (const auto set = web->setListen(options.parser().value(u"listen"_s)); !set)
            return fail(program, set.error(), ExitCode::Usage);
    }
    if (const auto checked = web->check(); !checked)
        return fail(program, checked.error(),
                    isListenGiven ? ExitCode::Usage : ExitCode::BadConfiguration);
    return Setup{*redis, *web};
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    ProgramOptions options(
        program,
        u"Serves the visitors' read-only page of a fleet, declares dead the servers that went silent, and judges alerts."_s,
        u"web"_s);
    options.parser().addOptions({
        {u"listen"_s, u"Listen here (default: 127.0.0.1:8420)."_s, u"ADDRESS:PORT"_s},
        {u"no-sweep"_s, u"Leave it to other readers to declare silent servers dead."_s},
        {u"no-alerts"_s, u"Leave it to other readers to judge the alerts of configurations."_s},
    });
    if (const auto code = options.read(application.arguments()))
        return static_cast<int>(*code);
    const auto setup = readSetup(options);
    if (const auto *code = std::get_if<ExitCode>(&setup))
        return static_cast<int>(*code);
    const auto &[redis, web] = std::get<Setup>(setup);

    allowManyConnections();
    UnixSignals signals_({SIGTERM, SIGINT});
    FleetWatcher watcher(redis);
    VisitorsPage page(watcher, web);
    Sweeper sweeper(watcher.connection());
    QObject::connect(&sweeper, &Sweeper::failed, &sweeper, [](const QString &reason) {
        qWarning().noquote() << "cannot sweep:" << reason;
    });
    AlertKeeper alerts(watcher);
    QObject::connect(&alerts, &AlertKeeper::failed, &alerts, [](const QString &reason) {
        qWarning().noquote() << "cannot judge alerts:" << reason;
    });
    QObject::connect(
        &watcher, &FleetWatcher::liveChanged, &watcher, [&watcher, wasLive = false]() mutable {
            if (watcher.isLive() != std::exchange(wasLive, watcher.isLive()) && wasLive)
                qInfo().noquote() << "the fleet is live:" << watcher.state().servers.size()
                                  << "servers";
        });
    QObject::connect(&signals_, &UnixSignals::received, &application, [&] {
        page.stop();
        application.quit();
    });

    if (const auto started = page.start(); !started)
        return static_cast<int>(fail(program, started.error(), ExitCode::Unavailable));
    watcher.start();
    if (!options.parser().isSet(u"no-sweep"_s))
        sweeper.start();
    if (!options.parser().isSet(u"no-alerts"_s))
        alerts.start();
    std::printf("%s\n", qUtf8Printable(page.url() + u'/'));
    std::fflush(stdout);
    return application.exec();
}
