// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/dialogs/configflow.h"
#include "console/models/actioncentre.h"
#include "console/models/fleetdesk.h"
#include "console/models/watchersource.h"
#include "console/settings/preferences.h"
#include "console/views/mainwindow.h"
#include "tests/support/redisserver.h"

#include <QSettings>
#include <QTemporaryDir>

namespace Treewarden {

/// A window over a real Redis, that saves configurations in it.
struct WatchedConsole
{
    explicit WatchedConsole(const RedisServer &redis)
        : settings(folder.filePath(QStringLiteral("console.ini")), QSettings::IniFormat)
        , preferences(settings)
        , desk(source)
        , centre(source, desk)
        , window(source, preferences, &centre)
        , flow(centre, preferences, &window)
    {
        source.watch(redis.url());
        window.resize(1280, 860);
    }

    QTemporaryDir folder;
    QSettings settings;
    Preferences preferences;
    WatcherSource source;
    FleetDesk desk;
    ActionCentre centre;
    MainWindow window;
    ConfigFlow flow;
};

} // namespace Treewarden
