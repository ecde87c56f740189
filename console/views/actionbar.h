// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionscope.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace Treewarden {

class ActionCentre;
class ActionMenu;

/// Among the actions of a bar it stands for the question for a maintenance.
inline constexpr QStringView maintenanceAction = u"maintenance";

/// The verbs of what is chosen, as buttons: the first ones by themselves, all of them in "⋯". In
/// the past there are none, and it says so.
class ActionBar : public QWidget
{
    Q_OBJECT
public:
    /// `shown`: the actions that have a button of their own, in their order.
    ActionBar(ActionCentre &centre, const QStringList &shown, QWidget *parent = nullptr);

    void setTarget(const ActionScope &target);

    const ActionScope &target() const { return m_target; }

    /// The button of an action, or nullptr.
    QPushButton *button(const QString &action) const;

Q_SIGNALS:
    void actionRequested(const QString &action, const Treewarden::ActionScope &target);
    void maintenanceRequested(const Treewarden::ActionScope &target);

private:
    void refresh();
    QString whyNoMaintenance() const;

    ActionCentre &m_centre;
    ActionScope m_target;
    QList<std::pair<QString, QPushButton *>> m_buttons;
    QPushButton *m_more;
    QPushButton *m_locked; ///< stands for all of them while the past is shown
    ActionMenu *m_menu;
};

} // namespace Treewarden
