// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/app/appearance.h"
#include "console/app/desktopnotifier.h"
#include "console/app/passwordasker.h"
#include "console/app/problemteller.h"
#include "console/app/sharedpage.h"
#include "console/app/sitekeeper.h"
#include "console/app/traykeeper.h"
#include "console/app/windowkeeper.h"
#include "console/settings/passwords.h"
#include "console/settings/sitebook.h"
#include "console/settings/sitesaver.h"
#include "shared/core/programoptions.h"

#include <QSettings>

namespace Treewarden {

/// The desktop console put together: preferences, sites and their passwords, theme, language,
/// window, notifications and tray.
class ConsoleApp : public QObject
{
    Q_OBJECT
public:
    /// `preferencesFile` is an INI file; empty: the user's own. Without `passwords` those of the
    /// desktop.
    explicit ConsoleApp(const QString &preferencesFile = {},
                        std::unique_ptr<Passwords> passwords = {});
    ~ConsoleApp() override;

    /// Shows the window and watches the Redis of the command line, INI or environment, else the
    /// sites of the book, else asks for one.
    Result<void> start(const ProgramOptions &options);

    /// For main(): fits the allocator of this process to messages that come by the thousand.
    static void tuneMemory();

    MainWindow &window() { return m_windows.window(); }

    ConsoleFrame &frame() { return m_windows.frame(); }

    SiteList &sites() { return m_sites; }

private:
    void connectParts();
    void connectNotices();
    void showExample();
    void leaveExample();
    void setUpNotifications();
    void equip(MainWindow &window, Site &site);

    std::unique_ptr<QSettings> m_settings;
    Preferences m_preferences;
    SiteBook m_book;
    std::unique_ptr<Passwords> m_passwords;
    SiteSaver m_saver;
    SiteList m_sites;
    SiteKeeper m_keeper;
    SharedPage m_sharing;
    Appearance m_appearance;
    WindowKeeper m_windows;
    PasswordAsker m_asker;
    ProblemTeller m_teller;
    DesktopNotifier m_notifier;
    TrayKeeper m_tray;
};

} // namespace Treewarden
