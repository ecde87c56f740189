// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QJsonObject>

namespace Treewarden {

/// The page "?auto" of Apache's mod_status as workload: workers_busy and workers_idle, and what its
/// version and ExtendedStatus tell beside them: accesses, bytes, uptime (s), processes,
/// connections, version, mpm. Empty for any other page.
QJsonObject parseModStatus(QByteArrayView page);

} // namespace Treewarden
