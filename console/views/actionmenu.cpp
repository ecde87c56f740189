// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/actionmenu.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "shared/protocol/commandrequest.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

QString actionLabel(const ActionChoice &choice)
{
    return isBuiltInAction(choice.action)
        ? choice.name
        : ActionMenu::tr("%1…", "an action that is asked first").arg(choice.name);
}

QKeySequence actionShortcut(const QString &action)
{
    static const QHash<QString, QKeySequence> keys{
        {u"start"_s, QKeySequence(u"Ctrl+Shift+S"_s)},
        {u"stop"_s, QKeySequence(u"Ctrl+Shift+X"_s)},
        {u"restart"_s, QKeySequence(u"Ctrl+R"_s)},
        {u"reload"_s, QKeySequence(u"Ctrl+Shift+R"_s)},
        {u"refresh"_s, QKeySequence(u"F5"_s)},
    };
    return keys.value(action);
}

ActionMenu::ActionMenu(ActionCentre &centre, Shortcuts shortcuts, QWidget *parent)
    : QMenu(parent)
    , m_centre(centre)
    , m_shortcuts(shortcuts)
{
    setToolTipsVisible(true);
    connect(&centre, &ActionCentre::choicesChanged, this, [this] { setTarget(m_target); });
    rebuild();
}

void ActionMenu::setTarget(const ActionScope &target)
{
    const QList<ActionChoice> choices = m_centre.choices(target);
    if (target == m_target && choices == m_choices)
        return;
    m_target = target;
    m_choices = choices;
    rebuild();
}

void ActionMenu::rebuild()
{
    clear();
    if (m_target.maintenanceKeys().isEmpty()) {
        addAction(tr("Choose a service or a server first"))->setEnabled(false);
        return;
    }
    for (const ActionChoice &choice : std::as_const(m_choices))
        addChoice(choice);
    if (!m_choices.isEmpty())
        addSeparator();
    addMaintenance();
}

void ActionMenu::addChoice(const ActionChoice &choice)
{
    QAction *action = addAction(actionLabel(choice));
    action->setEnabled(choice.isPossible());
    action->setToolTip(choice.whyNot.toHtmlEscaped());
    action->setStatusTip(choice.whyNot);
    action->setData(choice.action);
    if (m_shortcuts == Shortcuts::Yes)
        action->setShortcut(actionShortcut(choice.action));
    connect(action, &QAction::triggered, this,
            [this, name = choice.action] { Q_EMIT actionRequested(name, m_target); });
}

void ActionMenu::addMaintenance()
{
    QAction *action = addAction(tr("Maintenance…"));
    action->setData(u"maintenance"_s);
    action->setEnabled(!m_centre.source().isPast());
    if (m_shortcuts == Shortcuts::Yes)
        action->setShortcut(QKeySequence(u"Ctrl+M"_s));
    connect(action, &QAction::triggered, this, [this] { Q_EMIT maintenanceRequested(m_target); });
}

} // namespace Treewarden
