// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionscope.h"

#include <QMenu>

namespace Treewarden {

class ActionCentre;

/// The actions of a target. Those that can't be done now are grey and say why not.
class ActionMenu : public QMenu
{
    Q_OBJECT
public:
    /// Only one menu of a window may have the shortcuts.
    enum class Shortcuts { No, Yes };

    ActionMenu(ActionCentre &centre, Shortcuts shortcuts, QWidget *parent = nullptr);

    void setTarget(const ActionScope &target);

Q_SIGNALS:
    void actionRequested(const QString &action, const Treewarden::ActionScope &target);
    void maintenanceRequested(const Treewarden::ActionScope &target);

private:
    void rebuild();
    void addChoice(const ActionChoice &choice);
    void addMaintenance();

    ActionCentre &m_centre;
    Shortcuts m_shortcuts;
    ActionScope m_target;
    QList<ActionChoice> m_choices;
};

/// "Restart…": the three dots say that it is asked first.
QString actionLabel(const ActionChoice &choice);

/// The shortcut of an action, or an empty one.
QKeySequence actionShortcut(const QString &action);

} // namespace Treewarden
