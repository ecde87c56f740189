// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/configissues.h"

#include <QJsonObject>
#include <QSet>

namespace Treewarden {

/// Checks `controlled`: role → instance or `default` → action → WHAT, where WHAT is a command line,
/// {"unit":…} or
/// {"argv":[…],"timeout":s}. Warns about actions that can never run, for their role is one of
/// `protectedRoles`.
void checkControlled(const QJsonObject &controlled, const QSet<QString> &protectedRoles,
                     ConfigIssues &issues);

} // namespace Treewarden
