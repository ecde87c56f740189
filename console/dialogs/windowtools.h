// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QObject>

class QAction;
class QMenu;

namespace Treewarden {

class ActionCentre;
class Announcer;
class CommandPalette;
class FleetSource;
class HelpGuide;
class MainWindow;
class Page;
class PageSharing;
class Preferences;

/// What every page of the window has: the command palette, ways back and forward, the key to the
/// page's filter, help, the list of shortcuts, the shared web page, and words for screen readers.
class WindowTools : public QObject
{
    Q_OBJECT
public:
    /// Lives and dies with `window`, whose menus get the entries.
    WindowTools(FleetSource &source, ActionCentre *actions, Preferences &preferences,
                MainWindow &window);

    /// Adds what shares the read-only page; it must outlive this.
    void addSharing(PageSharing &sharing);

    CommandPalette &palette() { return *m_palette; }

    Announcer &announcer() { return *m_announcer; }

    HelpGuide &help() { return *m_help; }

private:
    void addGoMenu(FleetSource &source);
    void addHelp();
    void showHistory();
    void filterPage();
    void giveSlash(Page &page);
    void yieldKeys();
    void showShortcuts();
    void showSharing();
    QAction *add(QMenu *menu, const QString &title, const QString &name, const QString &keys);

    Preferences &m_preferences;
    MainWindow &m_window;
    CommandPalette *m_palette;
    Announcer *m_announcer;
    HelpGuide *m_help;
    PageSharing *m_sharing = nullptr;
    QList<std::pair<QAction *, QList<QKeySequence>>> m_keys; ///< as they are wanted
    QAction *m_back = nullptr, *m_forward = nullptr;
};

} // namespace Treewarden
