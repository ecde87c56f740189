// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/configissues.h"
#include "shared/config/intervals.h"

#include <QJsonObject>

namespace Treewarden {

/// Reads `intervals`: seconds, fractions allowed. What is wrong keeps its default and is told. A
/// lease that is not given is three heartbeats.
Intervals parseIntervals(const QJsonObject &object, ConfigIssues &issues);

} // namespace Treewarden
