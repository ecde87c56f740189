// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>

namespace Treewarden {

/// The text of one file of /proc/pressure: `some avg10`, the percentage of the last 10 s in which
/// something waited (Documentation/accounting/psi.rst).
Result<double> parsePressure(QByteArrayView text);

} // namespace Treewarden
