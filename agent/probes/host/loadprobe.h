// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QList>

namespace Treewarden {

/// The text of /proc/loadavg: the averages of 1, 5 and 15 minutes (proc(5)).
Result<QList<double>> parseLoad(QByteArrayView text);

} // namespace Treewarden
