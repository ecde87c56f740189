// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/serverinfo.h"

#include <QHash>
#include <QJsonObject>

namespace Treewarden {

/// What a server writes into servers:pending: its facts, and the `services` that it found running.
/// `removed`: when it was removed from the fleet, 0 when it was not.
QJsonObject enrolmentRequest(const ServerInfo &info, const QJsonObject &services, qint64 now,
                             qint64 removed = 0);

/// The same for a server whose configuration vanished while it ran: with the configuration's last
/// good copy.
QJsonObject enrolmentRequest(const ServerInfo &info,
                             const QHash<QByteArray, QByteArray> &configuration, qint64 now);

} // namespace Treewarden
