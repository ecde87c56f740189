// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/dialogs/windowtools.h"
#include "console/models/actioncentre.h"
#include "console/settings/preferences.h"
#include "console/views/mainwindow.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QSettings>

namespace Treewarden {

/// A window with its tools over the demo fleet, on the evening at which that stands still.
struct DemoConsole
{
    static constexpr qint64 evening = 1'700'068'841'000;

    /// `file`: where its settings are kept.
    explicit DemoConsole(const QString &file)
        : settings(file, QSettings::IniFormat)
        , preferences(settings)
        , source(demoFleet(evening), evening)
        , centre(source, desk)
        , window(source, preferences, &centre)
        , tools(*new WindowTools(source, &centre, preferences, window)) // the window's
    {
    }

    QSettings settings;
    Preferences preferences;
    FixedSource source;
    FixedDesk desk;
    ActionCentre centre;
    MainWindow window;
    WindowTools &tools;
};

} // namespace Treewarden
