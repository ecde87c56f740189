// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/chartpanel.h"

#include <QImage>

namespace Treewarden {

/// What charts show, to be kept outside of the console.

/// The charts below one another under a title ("db-01, 26 Nov, 16:20 – 17:20"), with times under
/// the lowest.
QImage chartsImage(const QString &title, const QString &subtitle,
                   const QList<ChartPanel *> &panels);

/// The numbers behind charts from `from` to `to` (Unix ms) as CSV of RFC 4180, in the steps they
/// are shown in: the time, then each metric as it is kept; where a point stands for a span of time
/// its average, least and most.
QByteArray chartsCsv(const QList<ChartSpec> &specs, const WorkloadTracks &tracks, qint64 from,
                     qint64 to);

/// Writes a file whole or not at all; what went wrong is a sentence.
QString writeFile(const QString &path, const QByteArray &bytes);

/// "db-01-2026-11-26-1720.png": a name for a file that any system takes.
QString exportName(const QString &server, qint64 time, const QString &ending);

} // namespace Treewarden
