// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/procsnapshot.h"

#include <QJsonObject>

namespace Treewarden {

/// The services of the role table that run here now, as a `services` object of a configuration,
/// ready to enrol: role → instance → {"alive":{…}}. Instances are named by the port they listen on,
/// or `default` where there is none. ssh is protected. Touches nothing.
QJsonObject discoverServices(const ProcSnapshot &processes, const QString &procRoot);

} // namespace Treewarden
