// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

/// What a program can check of a window that is used without a mouse. The window has to be the
/// active one.
namespace Treewarden {

/// Who can't see needs a name for whatever can have the focus.
QStringList namelessWidgets(const QWidget &root);

/// What takes the focus in `part` but is not come by with Tab, from where the focus is now. Texts
/// that keep Tab for themselves are left with Escape.
QStringList unreachedByTab(const QWidget &part);

/// What looks the same with the focus as without.
QStringList unseenFocus(QWidget &part);

/// A key where the focus is.
void pressKey(Qt::Key key, Qt::KeyboardModifiers modifiers = {});

} // namespace Treewarden
