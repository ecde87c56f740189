// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/eventarchive.h"

#include <QSet>

namespace Treewarden {

/// How the picture of one moment differs from the one before.
struct PastChange
{
    static constexpr qsizetype mostTold = 500; ///< servers that come and go; beyond that all do

    bool isAll = false; ///< nothing stays: the rest says nothing
    QSet<QString> servers; ///< ips whose state or services differ
    QStringList added, removed; ///< ips
    bool areTreesOther = false, isMaintenanceOther = false;
};

/// The picture of a moment and what it is made from: the parts of PastFleet work on it together.
struct PastGround
{
    const EventArchive &archive;
    FleetState present; ///< stands still: others keep pointers into it
    qint64 presentTime = 0; ///< when it was so, Unix ms
    EventPosition presentEnd = 0; ///< the first event that it does not know
    FleetState state; ///< the picture
    qint64 moment = 0;
    EventPosition position = 0; ///< the first event that has not happened yet
};

} // namespace Treewarden
