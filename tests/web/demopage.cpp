// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/unixsignals.h"
#include "tests/console/web/demosite.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// demo-page problems|normal|empty|stale|huge: serves a made-up fleet for the tests of the page and
/// prints its address.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QString kind = application.arguments().value(1, u"problems"_s);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    DemoSite site(kind == u"normal"      ? calmFleet(now)
                      : kind == u"empty" ? emptyFleet()
                      : kind == u"huge"  ? hugeFleet(10'000, now)
                                         : demoFleet(now));
    if (kind == u"stale")
        site.snapshot.setLiveness({true, false, now - 150'000});
    site.tell();
    if (const auto started = site.server.start(); !started) {
        std::fputs(qUtf8Printable(started.error().text + u'\n'), stderr);
        return 1;
    }
    UnixSignals stopping({SIGTERM, SIGINT});
    QObject::connect(&stopping, &UnixSignals::received, &application, [&] {
        site.server.stop();
        application.quit();
    });
    std::printf("%s/\n", qUtf8Printable(site.server.url()));
    std::fflush(stdout);
    return application.exec();
}
