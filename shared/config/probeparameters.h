// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/configissues.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Treewarden {

/// The probes that a configuration may name, in the order of docs/probes.md.
QStringList probeNames();

/// The probe that {"probe":"auto"} stands for: the one of the role's name (`fs` → `filesystem`).
/// Empty when none is.
QString automaticProbe(const QString &role);

/// True for what may be an address or a host's name: letters, digits and ".-:_", at most 253.
bool isHostName(const QString &text);

/// Checks the parameters of `probe` (placeholders already replaced) and tells `issues` what is
/// wrong. Gives them back with ports as numbers and, where the probe connects to one and none is
/// given, with `rolePort` as `port` (0: there is none).
QJsonObject checkProbeParameters(const QString &probe, QJsonObject parameters, int rolePort,
                                 const QString &path, ConfigIssues &issues);

} // namespace Treewarden
