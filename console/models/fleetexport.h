// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetmodel.h"

namespace Treewarden {

/// The rows of a fleet as text for other programs: numbers are raw (a point, neither unit nor
/// thousands), times are UTC (ISO 8601), states and heads the words of the wire whatever the
/// language. What is not known is empty.

/// RFC 4180 in UTF-8 with a head, lines end with CR LF. No cell that begins like a formula reaches
/// a spreadsheet as one.
QByteArray fleetCsv(const FleetModel &model, const QList<int> &rows, const QList<int> &columns);

/// What the table shows, a line for each row, cells parted by tabs.
QString fleetTsv(const FleetModel &model, const QList<int> &rows, const QList<int> &columns);

} // namespace Treewarden
