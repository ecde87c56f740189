// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/fleetsnapshot.h"
#include "console/web/livestream.h"
#include "console/web/representation.h"
#include "console/web/webassets.h"
#include "console/web/webserver.h"
#include "shared/fleet/historyfetch.h"
#include "tests/support/demofleet.h"

#include <cmath>

namespace Treewarden {

/// A web server over a fleet that stands in memory: everything but Redis.
class DemoSite : public WebContent
{
public:
    explicit DemoSite(FleetState fleet, const WebOptions &options = localOptions(),
                      Now now = systemNow())
        : state(std::move(fleet))
        , assets(options.title)
        , snapshot(state, options.title, now)
        , stream([this] { return snapshot.wholeState(); }, options.limits)
        , server(options, *this, stream)
    {
        snapshot.setSelfNumbers([this] {
            return FleetSnapshot::SelfNumbers{server.requestCount(), server.connectionCount(),
                                              stream.listenerCount()};
        });
        snapshot.setLiveness({true, true, 0});
        snapshot.nextGeneration(true, false);
    }

    static WebOptions localOptions()
    {
        WebOptions options;
        options.port = 0;
        options.title = QStringLiteral("Shanghai");
        return options;
    }

    Found find(QByteArrayView path) override
    {
        if (path.contains("/history?"))
            return {&history};
        const Found asset = assets.find(path);
        return asset.representation ? asset : snapshot.find(path);
    }

    /// What VisitorsPage does when its pause is over.
    void tell(bool withWorkloads = true)
    {
        if (const auto change = snapshot.nextGeneration(withWorkloads, stream.listenerCount() > 0))
            stream.push(*change);
        else
            stream.restart();
    }

    /// A day of every server, with a gap of an hour.
    static QByteArray historyOf(qint64 now)
    {
        constexpr qint64 step = 180'000, steps = 480;
        const qint64 start = now - now % step - steps * step;
        HistorySlice slice{start, now, step, {}};
        for (const auto &[metric, height] : {std::pair("cpu.busy", 40.0),
                                             {"memory.used", 6e9},
                                             {"memory.total", 16e9},
                                             {"network.receive", 3e6},
                                             {"network.transmit", 8e5},
                                             {"disk.write", 5e5}}) {
            HistorySeries series{metric, {}};
            for (qint64 i = 0; i < steps; ++i) {
                if (i < 200 || i >= 220) {
                    const double value = height * (1 + std::sin(double(i) / 40) / 3);
                    series.points << HistoryPoint{start + i * step, value, value * 0.7,
                                                  value * 1.4};
                }
            }
            slice.series << series;
        }
        return historyJson(QStringLiteral("10.0.0.1"), slice);
    }

    FleetState state;
    WebAssets assets;
    FleetSnapshot snapshot;
    LiveStream stream;
    Representation history{historyOf(systemNow()()), "application/json"};
    WebServer server;
};

} // namespace Treewarden
