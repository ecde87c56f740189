// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"
#include "agent/probes/systemdclient.h"

namespace Treewarden {

/// The properties of a unit that its verdict and its workload are made of, by the names of
/// SystemdClient.
QStringList unitProperties(const QString &unit);

/// The verdict on one unit: alive while it is active. systemd's word for how it ended is in the
/// sentence.
CheckResult judgeUnit(const SystemdUnit &unit, const QVariantMap &properties);

/// The verdict on a host by the units that failed: alive when none did.
CheckResult judgeFailedUnits(const QList<SystemdUnit> &failed);

} // namespace Treewarden
