// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/historyreader.h"

#include <QString>

#include <optional>

namespace Treewarden {

/// "90s", "30m", "24h", "7d", "2w", "1y" in ms; nothing for what is no such text, or not between a
/// second and twenty years.
std::optional<qint64> parseSpan(QStringView text);

/// A value of a metric as people read it: "12.5 %", "3.4 GiB", "1.2 MiB/s".
QString metricText(QByteArrayView metric, double value);

/// The averages of a slice as one line of bars, `width` at most; blank where nothing is known.
QString sparkline(const HistorySlice &slice, const HistorySeries &series, int width);

/// A bar of at most `width` columns for `value` between 0 and `most`, in eighths of a column.
QString barText(double value, double most, int width);

} // namespace Treewarden
