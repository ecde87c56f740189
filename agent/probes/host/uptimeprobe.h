// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>

namespace Treewarden {

/// The text of /proc/uptime: whole seconds since boot (proc(5)).
Result<qint64> parseUptime(QByteArrayView text);

} // namespace Treewarden
