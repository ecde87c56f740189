// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/configissues.h"
#include "shared/protocol/serviceid.h"

#include <QJsonObject>
#include <QSet>

namespace Treewarden {

/// Checks `controlled`: role → instance or `default` → action → WHAT, where WHAT is a command line,
/// {"unit":…} or
/// {"argv":[…],"timeout":s}. Warns about actions that can never run, for their role is one of
/// `protectedRoles`.
void checkControlled(const QJsonObject &controlled, const QSet<QString> &protectedRoles,
                     ConfigIssues &issues);

/// WHAT an action of the service is: the instance's own, else that of `default`; undefined when
/// `controlled` has none. An instance that shall never be stopped is protected, not left without
/// the action.
QJsonValue controlledAction(const QJsonObject &controlled, const ServiceId &service,
                            const QString &action);
/// All actions that controlledAction() finds for the service, sorted.
QStringList controlledActions(const QJsonObject &controlled, const ServiceId &service);

inline bool hasAction(const QJsonObject &controlled, const ServiceId &service,
                      const QString &action)
{
    return !controlledAction(controlled, service, action).isUndefined();
}

} // namespace Treewarden
