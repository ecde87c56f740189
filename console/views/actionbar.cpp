// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/actionbar.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/views/actionmenu.h"
#include "console/views/stateicon.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int moreWidth = 36;

} // namespace

ActionBar::ActionBar(ActionCentre &centre, const QStringList &shown, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_more(new QPushButton(u"⋯"_s))
    , m_locked(new QPushButton(tr("Actions are off in the past")))
    , m_menu(new ActionMenu(centre, ActionMenu::Shortcuts::No, this))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    for (const QString &action : shown) {
        auto *button = new QPushButton;
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, action] {
            if (action == maintenanceAction)
                Q_EMIT maintenanceRequested(m_target);
            else
                Q_EMIT actionRequested(action, m_target);
        });
        m_buttons.append({action, button});
        line->addWidget(button);
    }
    m_more->setAccessibleName(tr("All actions"));
    m_more->setToolTip(tr("All actions"));
    m_more->setAutoDefault(false);
    connect(m_more, &QPushButton::clicked, this,
            [this] { m_menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2))); });
    line->addWidget(m_more);
    m_locked->setEnabled(false);
    m_locked->setIcon(toolPixmap(u"lock"_s, 14, devicePixelRatioF(), themeOf(this).text3));
    m_locked->setToolTip(FleetSource::pastSentence().toHtmlEscaped());
    m_locked->setAccessibleDescription(FleetSource::pastSentence());
    line->addWidget(m_locked);
    connect(m_menu, &ActionMenu::actionRequested, this, &ActionBar::actionRequested);
    connect(m_menu, &ActionMenu::maintenanceRequested, this, &ActionBar::maintenanceRequested);
    connect(&centre, &ActionCentre::choicesChanged, this, &ActionBar::refresh);
    refresh();
}

void ActionBar::setTarget(const ActionScope &target)
{
    if (target == m_target)
        return;
    m_target = target;
    refresh();
}

QPushButton *ActionBar::button(const QString &action) const
{
    for (const auto &[name, button] : m_buttons) {
        if (name == action)
            return button;
    }
    return nullptr;
}

QString ActionBar::whyNoMaintenance() const
{
    if (m_centre.source().isPast())
        return FleetSource::pastSentence();
    return m_target.maintenanceKeys().isEmpty() ? tr("Nothing is chosen.") : QString();
}

void ActionBar::refresh()
{
    m_menu->setTarget(m_target);
    const bool isAnything = !m_target.maintenanceKeys().isEmpty();
    const bool isPast = m_centre.source().isPast();
    m_more->setEnabled(isAnything);
    m_more->setVisible(!isPast);
    m_locked->setVisible(isPast);
    bool isAnyShown = false;
    for (const auto &[action, button] : std::as_const(m_buttons)) {
        const bool isMaintenance = action == maintenanceAction;
        const ActionChoice choice = isMaintenance
            ? ActionChoice{action, tr("Maintenance"), whyNoMaintenance()}
            : m_centre.choice(m_target, action);
        const bool isShown = !isPast && (isMaintenance || !m_target.isTree());
        isAnyShown |= isShown;
        button->setVisible(isShown);
        const QString label = actionLabel(choice);
        if (button->text() != label)
            button->setText(label);
        button->setAccessibleName(choice.name);
        button->setAccessibleDescription(choice.whyNot);
        button->setEnabled(choice.isPossible());
        button->setToolTip(choice.whyNot.toHtmlEscaped());
    }
    // Beside others three dots say enough, alone they say nothing.
    m_more->setText(isAnyShown ? u"⋯"_s : tr("All actions"));
    m_more->setMinimumWidth(isAnyShown ? moreWidth : 0);
    m_more->setMaximumWidth(isAnyShown ? moreWidth : QWIDGETSIZE_MAX);
}

} // namespace Treewarden
