// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QString>

namespace Treewarden {

class SiteList;

/// One problem in the tray's menu.
struct TrayLine
{
    QString site, ip; ///< where it leads to
    QString text;
    Health health = Health::Died;

    friend bool operator==(const TrayLine &, const TrayLine &) = default;
};

/// Totals over all sites, and below them a line for each site that has problems or is away.
QString trayToolTip(const SiteList &sites);
/// The worst problems of all sites, at most `most`.
QList<TrayLine> trayProblems(const SiteList &sites, qsizetype most);

} // namespace Treewarden
