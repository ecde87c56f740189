// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/check.h"
#include "shared/config/configissues.h"

#include <QJsonObject>
#include <QList>
#include <QSet>

namespace Treewarden {

/// Reads `services` of the server `ip`: role → instance →
/// {"alive":CHECK,"workload":CHECK,"protected":bool}. What the instance `_` says is true of all
/// instances of its role: they inherit its checks and can't take its protection back. Gives the
/// services sorted by id, without `_`, and adds to `protectedRoles` those that are protected as a
/// whole.
QList<ServiceDefinition> parseServices(const QJsonObject &services, const QString &ip,
                                       QSet<QString> &protectedRoles, ConfigIssues &issues);

} // namespace Treewarden
