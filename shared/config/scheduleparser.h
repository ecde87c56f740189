// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/check.h"
#include "shared/config/configissues.h"
#include "shared/config/schedule.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

namespace Treewarden {

/// What the entries of a schedule are held against: the rest of their configuration.
struct ScheduleSurroundings
{
    const QJsonObject &controlled;
    const QSet<QString> &protectedRoles;
    const QList<ServiceDefinition> &services; ///< may be protected one by one
};

/// Reads `schedule`: a list of at most 256 entries {"id","cron","role","instance","action",
/// "timezone":"UTC","enabled":true,"not_while":[…],"missed":"skip"}. An action that `controlled`
/// does not have is an error; what will never run is a warning.
QList<ScheduleEntry> parseSchedule(const QJsonArray &entries,
                                   const ScheduleSurroundings &surroundings, ConfigIssues &issues);

} // namespace Treewarden
