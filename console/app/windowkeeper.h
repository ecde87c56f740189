// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/app/keptwindows.h"
#include "console/models/sitelist.h"
#include "console/views/consoleframe.h"
#include "console/views/pageplace.h"

#include <functional>

namespace Treewarden {

class SiteSaver;

/// Builds what is in the console's window: for the site in front, in the present language; and
/// brings whoever looks at it back to where they were on that site, at once when it was left
/// lately.
class WindowKeeper : public QObject
{
    Q_OBJECT
public:
    WindowKeeper(SiteList &sites, SiteSaver &saver, Preferences &preferences);
    ~WindowKeeper() override;

    ConsoleFrame &frame() { return m_frame; }

    MainWindow &window() const { return *m_frame.content(); }

    /// Builds it anew in the same place, and those that are kept when somebody comes back to them.
    void rebuild();

    /// Brings it to the front with a server of a site, or with what is wrong there; an open dialog
    /// comes first.
    void show(const QString &site, const QString &ip = {});
    /// Ends the program, tray or not, when nothing that is not saved has to be asked about.
    void quit();

    /// Who keeps the program while its window is closed; asked each time.
    void setTray(std::function<bool()> keepsProgram)
    {
        m_trayKeepsProgram = std::move(keepsProgram);
    }

Q_SIGNALS:
    void exampleRequested();
    void exampleLeft();
    void notificationsRequested();
    /// The window was closed and the program goes on.
    void wentToTray();
    /// There is a window for a site, not yet shown: whoever has something to add does so.
    void built(Treewarden::MainWindow &window, Treewarden::Site &site);
    /// Another site came to the front, or the same one with another window.
    void siteShown(Treewarden::Site &site);

private:
    Site &frontSite() const { return m_sites.current() ? *m_sites.current() : *m_nowhere; }

    void showSite();
    MainWindow *setContent(MainWindow *window);
    MainWindow *build();
    void keepOrDrop(MainWindow *window, const QString &site);
    void finishWriting();
    void remember();
    void connectWindow(MainWindow &window);
    void connectActions(MainWindow &window, Site &site);
    void editSites();
    void resetLayout();
    void showTitle();
    bool chooseSite(const QString &id);
    bool isAsking(const QString &why);

    void close() { m_frame.close(); }

    void checkClosing(QCloseEvent *event);
    void closeAnyway(void (WindowKeeper::*again)());

    SiteList &m_sites;
    SiteSaver &m_saver;
    Preferences &m_preferences;
    std::unique_ptr<Site> m_nowhere; ///< while no site is configured
    ConsoleFrame m_frame;
    KeptWindows m_kept;
    QString m_shownSite; ///< id
    QMap<QString, WindowPlace> m_places; ///< by the site's id
    std::function<bool()> m_trayKeepsProgram;
    bool m_isQuitting = false;
    bool m_isLetGo = false; ///< somebody agreed to lose what is not saved
};

} // namespace Treewarden
