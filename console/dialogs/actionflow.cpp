// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/actionflow.h"

#include "console/dialogs/keydialog.h"
#include "console/dialogs/maintenancedialog.h"
#include "console/dialogs/rollingdialog.h"
#include "console/models/actioncentre.h"
#include "console/models/actiondesk.h"
#include "console/models/fleetsource.h"
#include "console/models/maintenancetext.h"
#include "shared/protocol/commandrequest.h"

#include <QWidget>

namespace Treewarden {

ActionFlow::ActionFlow(ActionCentre &centre, Preferences &preferences, QWidget *window)
    : QObject(window)
    , m_centre(centre)
    , m_preferences(preferences)
    , m_window(window)
{
    applyKeyKeeping(centre.keys(), preferences);
    connect(&centre.desk(), &ActionDesk::maintenanceFailed, this, &ActionFlow::said);
}

void ActionFlow::request(const QString &action, const ActionScope &target)
{
    if (m_dialog)
        return;
    if (const ActionChoice choice = m_centre.choice(target, action); !choice.isPossible()) {
        Q_EMIT said(choice.whyNot);
        return;
    }
    withKey([this, action, target] {
        if (isBuiltInAction(action))
            m_centre.send(target.orders(action), false);
        else if (target.isRole() && target.places.size() > 1)
            confirmRolling(action, target);
        else
            confirm(target.orders(action));
    });
}

void ActionFlow::chooseKey()
{
    if (!m_dialog)
        open(new KeyDialog(m_centre.keys(), m_preferences, m_window), {});
}

void ActionFlow::withKey(std::function<void()> goOn)
{
    if (m_centre.keys().isUnlocked())
        goOn();
    else
        open(new KeyDialog(m_centre.keys(), m_preferences, m_window), std::move(goOn));
}

void ActionFlow::open(QDialog *dialog, std::function<void()> accepted)
{
    m_dialog = dialog;
    connect(dialog, &QDialog::finished, this, [this, dialog, accepted](int result) {
        m_dialog = nullptr;
        dialog->deleteLater();
        if (result == QDialog::Accepted && accepted)
            accepted();
    });
    dialog->open();
}

/// The state may have changed while the question stood: what is refused then is said, not sent.
void ActionFlow::confirm(const QList<CommandOrder> &orders)
{
    auto *dialog = new ConfirmDialog(questionOf(m_centre, orders), m_window);
    open(dialog, [this, dialog, orders] {
        QList<CommandOrder> meant = orders;
        for (CommandOrder &order : meant) {
            order.reason = dialog->reason();
            const ActionChoice choice
                = m_centre.choice({{{order.ip, order.service}}, {}, {}}, order.action);
            if (!choice.isPossible()) {
                Q_EMIT said(choice.whyNot);
                return;
            }
        }
        withKey(
            [this, meant, isOneByOne = dialog->isOneByOne()] { m_centre.send(meant, isOneByOne); });
    });
}

void ActionFlow::confirmRolling(const QString &action, const ActionScope &target)
{
    const RollingPlan plan = m_centre.desk().plan(target.tree, target.role, action);
    if (plan.instances.isEmpty()) {
        Q_EMIT said(plan.skipped.isEmpty()
                        ? tr("The role has no instance.")
                        : tr("Every instance is left out: %1").arg(plan.skipped.first().second));
        return;
    }
    auto *dialog = new RollingDialog(m_centre.source(), questionOf(m_centre, plan), plan, m_window);
    open(dialog, [this, dialog] {
        withKey([this, meant = dialog->plan()] {
            if (!m_centre.desk().roll(meant, *m_centre.keys().use()))
                Q_EMIT said(tr("Another rolling action is still running: wait for its end, or "
                               "stop it."));
        });
    });
}

/// The key's name where there is one, else who is logged in here.
QString ActionFlow::by() const
{
    if (m_centre.keys().isUnlocked())
        return m_centre.keys().name();
    return qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME"));
}

void ActionFlow::requestMaintenance(const ActionScope &target)
{
    const QStringList keys = target.maintenanceKeys();
    if (m_dialog || keys.isEmpty())
        return;
    const FleetSource &source = m_centre.source();
    if (source.isPast()) {
        Q_EMIT said(FleetSource::pastSentence());
        return;
    }
    if (!source.isLive()) {
        Q_EMIT said(tr("Redis does not answer: nothing can be declared now."));
        return;
    }
    auto *dialog = new MaintenanceDialog(targetText(source.state(), target),
                                         presentMaintenance(source.state(), keys, source.now()),
                                         source.now(), m_window);
    open(dialog, [this, dialog, keys] {
        if (dialog->isEnding())
            m_centre.desk().endMaintenance(keys, by());
        else
            m_centre.desk().startMaintenance(keys, {dialog->until(), by(), dialog->reason()});
    });
}

} // namespace Treewarden
