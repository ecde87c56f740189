// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>
#include <sys/types.h>

namespace Treewarden {

/// A socket that accepts connections.
struct Listener
{
    QString address; ///< "0.0.0.0", "::1"; empty for a Unix socket
    int port = 0; ///< 0 for a Unix socket
    QString path; ///< of a Unix socket; "@name" for an abstract one
    quint64 inode = 0;
};

/// Listening sockets in the text of /proc/net/tcp or tcp6
/// (Documentation/networking/proc_net_tcp.rst). They stand before all others there, so reading ends
/// at the first other one.
QList<Listener> parseTcpListeners(QByteArrayView text);
/// Sockets that receive from anybody in the text of /proc/net/udp or udp6: unconnected ones.
QList<Listener> parseUdpReceivers(QByteArrayView text);
/// Listening stream sockets with a name in the text of /proc/net/unix.
QList<Listener> parseUnixListeners(QByteArrayView text);

/// All of this network namespace.
QList<Listener> readListeners(const QString &procRoot);
/// The sockets that listen on this TCP port, at any address.
QSet<quint64> socketsOnPort(const QString &procRoot, int port);
/// The inodes of the sockets that a process has open; nothing for a process of somebody else when
/// the agent runs without privileges.
std::optional<QSet<quint64>> socketsOf(const QString &procRoot, pid_t pid);

} // namespace Treewarden
