// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/fleetsnapshot.h"
#include "console/web/livestream.h"
#include "console/web/webassets.h"
#include "console/web/webserver.h"
#include "tests/support/demofleet.h"

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

    FleetState state;
    WebAssets assets;
    FleetSnapshot snapshot;
    LiveStream stream;
    WebServer server;
};

} // namespace Treewarden
