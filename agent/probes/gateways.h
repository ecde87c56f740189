// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace Treewarden {

/// The gateways of the default routes in /proc/net/route, best metric first.
/// Source: https://man7.org/linux/man-pages/man5/proc_pid_net.5.html (route)
QStringList parseGateways4(QByteArrayView text);

/// The same for /proc/net/ipv6_route, without link-local ones (they would need their interface).
QStringList parseGateways6(QByteArrayView text);

/// The best default gateway of each address family; empty where there is none.
QStringList readGateways(const QString &procRoot);

} // namespace Treewarden
