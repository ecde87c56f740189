// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/notificationplanner.h"
#include "console/settings/preferences.h"

#include <QMenu>
#include <QTimer>

class QSystemTrayIcon;

namespace Treewarden {

class ProblemTeller;
class SiteList;

/// The icon in the desktop's tray, where there is one: the worst state of all sites as a shape,
/// totals under the mouse, and a menu that leads to the problems.
class TrayKeeper : public QObject
{
    Q_OBJECT
public:
    TrayKeeper(SiteList &sites, ProblemTeller &teller, Preferences &preferences);
    ~TrayKeeper() override;

    bool isShown() const { return m_icon != nullptr; }

    /// Closing the window is to leave the console in the tray, where it can be found again.
    bool keepsProgram() const;

    /// Says, the first time only, that the console goes on.
    void sayThatItGoesOn();
    void showMessage(const ProblemNotice &notice);

    /// The menu as it stands, for tests.
    const QMenu &menu() const { return m_menu; }

    void rebuildMenu();

Q_SIGNALS:
    void openRequested();
    void problemChosen(const QString &site, const QString &ip);
    void quitRequested();

private:
    void applyPreferences();
    void showState();

    SiteList &m_sites;
    ProblemTeller &m_teller;
    Preferences &m_preferences;
    QMenu m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    QString m_shape; ///< that the icon shows
    QTimer m_soon; ///< a burst of changes is drawn once
    QTimer m_retry; ///< the desktop's tray may come later than this program
};

/// What the tray shows: the program's icon while all is well, else the worst state's shape.
QIcon trayIcon(const SiteList &sites);

} // namespace Treewarden
