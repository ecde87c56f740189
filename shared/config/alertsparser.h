// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/alertrule.h"
#include "shared/config/configissues.h"

#include <QJsonArray>

namespace Treewarden {

/// Reads `alerts`: a list of at most 64 rules {"name","metric","filesystem" or "host","above" or
/// "below","until","for":60,"severity":"warning","text"}.
QList<AlertRule> parseAlerts(const QJsonArray &rules, ConfigIssues &issues);

} // namespace Treewarden
