// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QAction;
class QMenuBar;

namespace Treewarden {

/// One thing that can be done from the menus.
struct MenuEntry
{
    QAction *action = nullptr;
    QString title; ///< "Signing key…", "Dark"
    QString menu; ///< where it stands: "Key", "Theme"
    bool isNested = false; ///< that is a menu within another
    QString key; ///< its object name, or the way to it: stays the same as long as the language does
};

/// Everything in the menus that has a text and is shown, submenus included, in their order.
QList<MenuEntry> menuEntries(const QMenuBar &bar);

/// A menu's text without the marks of its keys: "&File" → "File".
QString plainTitle(const QString &text);

/// "Ctrl+K or Ctrl+P", as this system writes keys; empty when the action has none.
QString shortcutText(const QAction &action);

} // namespace Treewarden
