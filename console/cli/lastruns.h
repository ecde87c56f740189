// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"
#include "shared/protocol/updatemessage.h"

#include <QMap>
#include <QStringList>

namespace Treewarden {

/// What the `commands` stream tells last of runs that the schedule of `ip` asked for, by id of the
/// entry; what a service's check said afterwards is left out. An entry that is not in the stream
/// any more, or never ran, is not in the answer.
RedisAnswer<QMap<QString, CommandMessage>> lastScheduledRuns(RedisSession &redis, const QString &ip,
                                                             const QStringList &entryIds);

} // namespace Treewarden
