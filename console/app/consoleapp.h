// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actioncentre.h"
#include "console/models/fleetdesk.h"
#include "console/models/watchersource.h"
#include "console/settings/preferences.h"
#include "shared/core/programoptions.h"

#include <QPalette>
#include <QSettings>

#include <memory>

namespace Treewarden {

class MainWindow;

/// The desktop console put together: preferences, the fleet's source, theme, language, window and
/// connection dialog.
class ConsoleApp : public QObject
{
    Q_OBJECT
public:
    /// `preferencesFile` is an INI file; empty: the user's own.
    explicit ConsoleApp(const QString &preferencesFile = {});
    ~ConsoleApp() override;

    /// Shows the window and watches the Redis of the command line, INI or environment, else the
    /// remembered one, else asks for one.
    Result<void> start(const ProgramOptions &options);

    MainWindow &window() { return *m_window; }

    FleetSource &source() { return m_source; }

private:
    void buildWindow();
    void connectActions();
    void watch(const RedisUrl &url);
    void askForConnection();
    void applyTheme();
    void applyLanguage();
    void react(Preference preference);

    std::unique_ptr<QSettings> m_settings;
    Preferences m_preferences;
    WatcherSource m_source;
    FleetDesk m_desk;
    ActionCentre m_actions;
    QPalette m_systemPalette;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Treewarden
