// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Treewarden {

/// The systemd service that a process belongs to, from the text of /proc/PID/cgroup (cgroups(7)):
/// "nginx.service", the innermost where one runs inside another. Empty without one. Version 1 names
/// it in the line of name=systemd, version 2 in the line that begins with "0::".
QByteArray unitOfCgroup(QByteArrayView text);

/// True for the unit `name`, or an instance of it: "comdb.service", "comdb@3301.service".
bool isUnitNamed(QByteArrayView unit, QByteArrayView name);

} // namespace Treewarden
